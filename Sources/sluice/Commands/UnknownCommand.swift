import ArgumentParser

/// A word in the place of a subcommand that names none. The parser would take it for an argument of the default command, and
/// with `--help` it would answer with that command's help.
struct UnknownCommand: Equatable {
    /// The word as it was typed, with the commands before it.
    var path: [String]
    var suggestion: String?

    /// - Parameter arguments: those of the process, without its name.
    init?(_ arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path: [String] = []
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !argument.hasPrefix("-"), path != [] || argument != "help" else { return nil }
            path.append(argument)
            guard let next = subcommands.first(where: { Self.name($0) == argument }) else {
                self.path = path
                self.suggestion = Self.nearest(to: argument, of: subcommands.map(Self.name))
                return
            }
            command = next
        }
        return nil
    }

    var failure: CommandFailure {
        let parents = ["sluice"] + self.path.dropLast()
        let hint = self.suggestion.map { " Did you mean `\((parents + [$0]).joined(separator: " "))`?" } ?? ""
        return CommandFailure(
            "There is no command '\(self.path.joined(separator: " "))'.\(hint) `\(parents.joined(separator: " ")) --help` "
                + "lists them.", isWrongUse: true)
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? String(describing: command).lowercased()
    }

    /// The nearest name, unless more than a third of the word would have to change.
    private static func nearest(to word: String, of names: [String]) -> String? {
        names.map { (name: $0, distance: Self.distance(Array(word.lowercased()), Array($0))) }
            .filter { $0.distance <= max(1, word.count / 3) }.min { $0.distance < $1.distance }?.name
    }

    /// Letters to change, add or leave out (Levenshtein), where two neighbours that changed places count once.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var rows = [[Int]](
            repeating: [Int](repeating: 0, count: other.count + 1), count: one.count + 1)
        for i in 0...one.count { rows[i][0] = i }
        for j in 0...other.count { rows[0][j] = j }
        for i in one.indices {
            for j in other.indices {
                var least = min(rows[i][j + 1], rows[i + 1][j]) + 1
                least = min(least, rows[i][j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                rows[i + 1][j + 1] = least
            }
        }
        return rows[one.count][other.count]
    }
}
