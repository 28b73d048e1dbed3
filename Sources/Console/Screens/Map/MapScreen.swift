/// What the place shows and where the user is in it.
struct MapScreen: Screen {
    static let place = Place.map
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Map", isFocused: true, glyphs: state.glyphs)
    }
}
