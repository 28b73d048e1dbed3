/// What the place shows and where the user is in it.
struct TopicsScreen: Screen {
    static let place = Place.topics
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Topics", isFocused: true, glyphs: state.glyphs)
    }
}
