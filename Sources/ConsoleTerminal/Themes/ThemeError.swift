/// One problem of a theme, with its place.
package struct ThemeProblem: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; nil when the whole file is meant.
    package var line: Int?
    /// From 1; known for mistakes in the TOML itself.
    package var column: Int?
    package var message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `harbor.toml:41: unknown role "tabel.row"`
    package var description: String {
        let place = ([self.file] + [self.line, self.column].compactMap { $0.map(String.init) }).joined(separator: ":")
        return "\(place): \(self.message)"
    }
}

/// The problems that make a theme unusable, in the order of the files' lines. There is at least one.
package struct ThemeError: Error, Equatable, CustomStringConvertible {
    package var problems: [ThemeProblem]

    package init(_ problems: [ThemeProblem]) {
        self.problems = problems
    }

    /// The first problem, for a message line.
    package var description: String {
        guard let first = self.problems.first else { return "The theme cannot be read." }
        let more = self.problems.count - 1
        return more == 0 ? first.description : "\(first) (and \(more) more)"
    }
}
