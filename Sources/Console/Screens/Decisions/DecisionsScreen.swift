/// What the place shows and where the user is in it.
struct DecisionsScreen: Screen {
    static let place = Place.decisions
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Decisions", isFocused: true, glyphs: state.glyphs)
    }
}
