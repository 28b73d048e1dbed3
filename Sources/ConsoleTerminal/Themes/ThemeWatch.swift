/// The state of all theme files at one time.
package struct ThemeStamps: Equatable, Sendable {
    struct Stamp: Equatable, Sendable {
        /// Seconds since 1970.
        var modified: Double
        var bytes: Int
        /// The inode: an editor that saves by renaming makes a new one.
        var number: UInt64
    }

    /// By path.
    var files: [String: Stamp] = [:]

    package init() {}
}

/// Notices that theme files were saved.
///
/// Modification times are compared once a second: it costs some twenty `stat` calls, works on every file system, and
/// needs none of inotify's descriptors, races and special cases for editors that rename. It is a pure
/// value: the stamps and a way to load are passed in.
package struct ThemeWatch: Sendable {
    package enum Change: Equatable, Sendable {
        case none
        /// The theme in use looks different now.
        case theme(Theme)
        /// The file is broken and the theme in use stays: `harbor.toml:41: unknown role "tabel.row"`.
        case broken(String)
    }

    /// The theme in use.
    package private(set) var theme: Theme
    /// The requested theme.
    package let name: String
    private var stamps: ThemeStamps

    /// - Parameter name: what was asked for, when `theme` only stands in for a file that is broken.
    package init(_ theme: Theme, name: String? = nil, stamps: ThemeStamps) {
        self.theme = theme
        self.name = name ?? theme.name
        self.stamps = stamps
    }

    /// - Parameters:
    ///   - stamps: of now, from `ThemeLibrary.stamps()`.
    ///   - load: reads the theme called `name`; called only when a file has changed.
    package mutating func observe(
        _ stamps: ThemeStamps, load: (_ name: String) throws(ThemeError) -> Theme
    ) -> Change {
        guard stamps != self.stamps else { return .none }
        self.stamps = stamps
        do {
            let theme = try load(self.name)
            guard theme != self.theme else { return .none }
            self.theme = theme
            return .theme(theme)
        } catch {
            return .broken(error.description)
        }
    }
}
