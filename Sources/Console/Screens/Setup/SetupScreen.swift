/// What the place shows and where the user is in it.
struct SetupScreen: Screen {
    static let place = Place.setup
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Setup", isFocused: true, glyphs: state.glyphs)
    }
}
