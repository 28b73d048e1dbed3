/// What the place shows and where the user is in it.
struct GroupsScreen: Screen {
    static let place = Place.groups
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Groups", isFocused: true, glyphs: state.glyphs)
    }
}
