/// What the place shows and where the user is in it.
struct PrincipalsScreen: Screen {
    static let place = Place.principals
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Principals", isFocused: true, glyphs: state.glyphs)
    }
}
