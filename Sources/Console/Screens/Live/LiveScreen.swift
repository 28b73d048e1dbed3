/// What the place shows and where the user is in it.
struct LiveScreen: Screen {
    static let place = Place.live
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Live", isFocused: true, glyphs: state.glyphs)
    }
}
