/// What the configuration asks for: `theme = "harbor"`, or one theme for each kind of background.
package enum ThemeChoice: Equatable, Sendable {
    case named(String)
    /// `fallback` is used when the terminal does not tell its background.
    case byBackground(dark: String, light: String, fallback: String)

    package static let standard = ThemeChoice.byBackground(dark: "harbor", light: "paper", fallback: "harbor")

    /// - Parameter mode: what the terminal said of its background; `.any` when it said nothing.
    package func name(for mode: ThemeMode) -> String {
        switch (self, mode) {
        case (.named(let name), _): name
        case (.byBackground(let dark, _, _), .dark): dark
        case (.byBackground(_, let light, _), .light): light
        case (.byBackground(_, _, let fallback), .any): fallback
        }
    }
}
