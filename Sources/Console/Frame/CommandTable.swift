/// All commands, and the keys that run them in each place.
package enum CommandTable {
    package static let all: [Command] =
        FrameCommands.all + Place.allCases.flatMap { $0.screen.commands }

    private static let byName: [String: Command] = Dictionary(
        Self.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    package static func command(named name: String) -> Command? { self.byName[name] }

    /// The command that a key runs in a place. The place's own commands come before those that work everywhere.
    package static func command(for key: Key, in place: Place) -> Command? {
        let here = self.all.first { $0.scope == .place(place) && $0.keys.contains(key) }
        return here ?? self.all.first { $0.scope == .everywhere && $0.keys.contains(key) }
    }

    /// The command that a text behind `:` names, by the longest matching name, and the rest as its argument.
    package static func resolve(_ text: String) -> (command: Command, argument: String)? {
        let words = text.split(separator: " ").map(String.init)
        for count in stride(from: min(3, words.count), to: 0, by: -1) {
            let name = words.prefix(count).joined(separator: " ")
            if let command = self.byName[name], !command.isHidden {
                return (command, words.dropFirst(count).joined(separator: " "))
            }
        }
        // An unambiguous beginning of a name is enough.
        guard let first = words.first else { return nil }
        let fitting = self.all.filter { !$0.isHidden && $0.name.hasPrefix(first) }
        guard fitting.count == 1, let only = fitting.first else {
            // `:q` quits, as in every pager.
            return first == "q" ? self.byName["quit"].map { ($0, "") } : nil
        }
        return (only, words.dropFirst().joined(separator: " "))
    }

    /// Keys that two commands of one place claim, or that terminals and multiplexers need. A test checks that there are
    /// none.
    package static var conflicts: [String] {
        var problems: [String] = []
        let forbidden: [Key] = ["a", "b", "s", "q", "y"].map { .control($0) }
        for place in Place.allCases {
            var owners: [Key: String] = [:]
            for command in self.all where command.scope == .place(place) {
                for key in command.keys {
                    if let owner = owners[key] {
                        problems.append("\(place.title): \(key) is \(owner) and \(command.name)")
                    }
                    owners[key] = command.name
                }
            }
        }
        var owners: [Key: String] = [:]
        for command in self.all {
            for key in command.keys {
                if forbidden.contains(key) { problems.append("\(key) may not be bound: \(command.name)") }
                if case .alt = key { problems.append("\(key) may not be bound: \(command.name)") }
                guard command.scope == .everywhere else { continue }
                if let owner = owners[key] { problems.append("\(key) is \(owner) and \(command.name)") }
                owners[key] = command.name
            }
        }
        let names = Dictionary(grouping: self.all, by: \.name).filter { $0.value.count > 1 }
        problems += names.keys.sorted().map { "two commands are named \($0)" }
        return problems
    }
}
