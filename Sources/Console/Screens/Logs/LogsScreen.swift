/// What the place shows and where the user is in it.
struct LogsScreen: Screen {
    static let place = Place.logs
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Logs", isFocused: true, glyphs: state.glyphs)
    }
}
