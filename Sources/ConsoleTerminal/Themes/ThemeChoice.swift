/// The theme in the configuration: `theme = "harbor"`, or one theme for each kind of background.
package enum ThemeChoice: Equatable, Sendable {
    case named(String)
    /// `fallback` is used if the terminal does not report its background.
    case byBackground(dark: String, light: String, fallback: String)

    package static let standard = ThemeChoice.byBackground(dark: "harbor", light: "paper", fallback: "harbor")

    /// - Parameter mode: The terminal's background; `.any` if it is unknown.
    package func name(for mode: ThemeMode) -> String {
        switch (self, mode) {
        case (.named(let name), _): name
        case (.byBackground(let dark, _, _), .dark): dark
        case (.byBackground(_, let light, _), .light): light
        case (.byBackground(_, _, let fallback), .any): fallback
        }
    }
}
