/// A named action of the console. Keys, the palette, help, the mouse and tests run commands.
package struct Command: Sendable {
    package enum Scope: Hashable, Sendable {
        case everywhere
        case place(Place)
    }

    /// The name as typed behind `:`, in words with spaces: `token paste`.
    package var name: String
    /// The command's effect in a few words, as help lists it.
    package var title: String
    /// One word for the hint line; nil keeps it out of there.
    package var hint: String?
    package var keys: [Key]
    package var scope: Scope
    /// The name of its argument, such as `FILTER`; nil for a command without one.
    package var argument: String?
    /// Whether it changes the gateway. Such a command is off in a read-only session.
    package var writes: Bool
    /// Whether only other commands and confirmations run it, so that it is not listed.
    package var isHidden: Bool
    /// The reason why it cannot run now; nil when it can.
    package var unavailable: @Sendable (ConsoleState) -> String?
    /// The possible arguments, for completion.
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

/// A command with its argument, as confirmations, pickers and the palette run it.
package struct CommandCall: Equatable, Sendable {
    package var name: String
    package var argument: String

    package init(_ name: String, _ argument: String = "") {
        self.name = name
        self.argument = argument
    }
}
