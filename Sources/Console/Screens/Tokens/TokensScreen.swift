/// What the place shows and where the user is in it.
struct TokensScreen: Screen {
    static let place = Place.tokens
    static let commands: [Command] = []

    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        grid.panel(area, title: "Tokens", isFocused: true, glyphs: state.glyphs)
    }
}
