/// Something the console can do, by name. Keys, palette, help, mouse and tests all run these.
package struct Command: Sendable {
    package enum Scope: Hashable, Sendable {
        case everywhere
        case place(Place)
    }

    /// As typed behind `:`; words with spaces: `token paste`.
    package var name: String
    /// What it does, in a few words, as help lists it.
    package var title: String
    /// One word for the hint line; nil keeps it out of there.
    package var hint: String?
    package var keys: [Key]
    package var scope: Scope
    /// What follows the name, in words: `FILTER`; nil for nothing.
    package var argument: String?
    /// Whether it changes the gateway: off in a read-only session.
    package var writes: Bool
    /// Not listed: only other commands and confirmations run it.
    package var isHidden: Bool
    /// Why it cannot run now; nil when it can.
    package var unavailable: @Sendable (ConsoleState) -> String?
    /// What could follow the name, for completion.
    package var completions: @Sendable (ConsoleState) -> [String]
    package var run: @Sendable (inout ConsoleState, String) -> Void

    package init(
        _ name: String, _ title: String, hint: String? = nil, keys: [Key] = [], in scope: Scope = .everywhere,
        argument: String? = nil, writes: Bool = false, isHidden: Bool = false,
        unavailable: @escaping @Sendable (ConsoleState) -> String? = { _ in nil },
        completions: @escaping @Sendable (ConsoleState) -> [String] = { _ in [] },
        run: @escaping @Sendable (inout ConsoleState, String) -> Void
    ) {
        self.name = name
        self.title = title
        self.hint = hint
        self.keys = keys
        self.scope = scope
        self.argument = argument
        self.writes = writes
        self.isHidden = isHidden
        self.unavailable = unavailable
        self.completions = completions
        self.run = run
    }
}

/// A command with its argument: what confirmations, pickers and the palette run.
package struct CommandCall: Equatable, Sendable {
    package var name: String
    package var argument: String

    package init(_ name: String, _ argument: String = "") {
        self.name = name
        self.argument = argument
    }
}
