import Foundation
import Resources

/// The commands that work in every place.
enum FrameCommands {
    static let all: [Command] = Self.moving + Self.places + Self.looking + Self.program

    static let moving: [Command] = [
        Command("enter", "open what is under the cursor", keys: [.enter]) { state, _ in
            state.place.screen.enter(&state)
        },
        Command("back", "go back", keys: [.escape]) { state, _ in state.goOut(quitting: false) },
        Command("out", "go back; at the top level, quit after a question", hint: "quit", keys: [.character("q")]) {
            state, _ in
            state.goOut(quitting: true)
        },
        Self.motion("up", "move one row up", .up, [.up, .character("k")]),
        Self.motion("down", "move one row down", .down, [.down, .character("j")]),
        Self.motion("left", "move left, or close", .left, [.left, .character("h")]),
        Self.motion("right", "move right, or open", .right, [.right, .character("l")]),
        Self.motion("page up", "move one screen up", .pageUp, [.pageUp]),
        Self.motion("page down", "move one screen down", .pageDown, [.pageDown]),
        Self.motion("top", "go to the first row", .first, [.home, .character("g")]),
        Self.motion("tail", "go to the last row, which is the newest", .last, [.end, .character("G")]),
    ]

    private static func motion(_ name: String, _ title: String, _ motion: Motion, _ keys: [Key]) -> Command {
        Command(name, title, keys: keys) { state, _ in
            if state.focusesSecondPane { return state.scrollSecondPane(motion) }
            state.place.screen.move(motion, &state)
        }
    }

    private static let places: [Command] = Place.allCases.map { place in
        let digit = Character(String(place.rawValue))
        return Command(
            place.name, "go to \(place.title)", keys: [.character(digit), .function(place.rawValue)]
        ) { state, argument in
            state.go(to: place)
            if !argument.isEmpty, !place.screen.jump(to: argument, &state) { state.setFilter(argument, for: place) }
        }
    }

    private static let looking: [Command] = [
        Command("filter", "filter this place", hint: "filter", keys: [.character("/")], argument: "[FILTER]") {
            state, argument in
            if argument.isEmpty { state.openFilterPrompt() } else { state.setFilter(argument, for: state.place) }
        },
        Command("filter toggle", "switch the filter off or on", keys: [.control("t")]) { state, _ in
            guard var entry = state.filters[state.place], !entry.text.isEmpty else {
                return state.say("No filter is set here. / sets one.")
            }
            entry.isOn.toggle()
            state.filters[state.place] = entry
            state.place.screen.filterChanged(&state)
            state.say(entry.isOn ? "The filter is on again." : "The filter is off; Ctrl-T brings it back.")
        },
        Command("yaml", "show as YAML or text", keys: [.character("y")]) { state, _ in
            guard let document = state.place.screen.document(state) else {
                return state.say("Nothing under the cursor can be shown as YAML.")
            }
            state.show(.text(TextOverlay(title: document.title, text: document.text, isYAML: true)))
        },
        Command("open", "open in $PAGER", keys: [.character("o")]) { state, _ in
            guard let document = state.place.screen.document(state) else {
                return state.say("Nothing here can be opened in a pager.")
            }
            state.emit(.page(title: document.title, text: document.text))
        },
        Command("copy", "copy what is under the cursor", keys: [.character("c")]) { state, _ in
            guard let copied = state.place.screen.copyText(state) else {
                return state.say("Nothing under the cursor can be copied.")
            }
            state.copy(copied.text, what: copied.what)
        },
        Command("copy command", "copy the command line that shows this", keys: [.character("C")]) { state, _ in
            guard let line = state.place.screen.commandLine(state) else {
                return state.say("No command line shows this.")
            }
            state.copy(line, what: "'\(line)'")
        },
        Command("zoom", "show only the pane with the cursor, or both", keys: [.character("z")]) { state, _ in
            state.isZoomed.toggle()
        },
        Command("pane", "go to the other pane; cursor keys scroll it", keys: [.tab, .backTab]) { state, _ in
            state.turnPane()
        },
        Command("layout", "put the second pane beside, below or away", keys: [.character("-")]) { state, _ in
            state.cycleLayout()
        },
        Command("mark", "remember this view", keys: [.character("m")]) { state, _ in state.setMark() },
        Command("mark jump", "go to the marked view", keys: [.character("'")]) { state, _ in state.jumpToMark() },
        Command("last", "go to the place before", keys: [.control("o"), .character("`")]) { state, _ in
            guard let last = state.visited.popLast() else { return state.say("There was no place before.") }
            state.place = last
            state.leavePanes()
            last.screen.arrived(&state)
        },
    ]

    private static let program: [Command] = [
        Command("command", "run a command by name", hint: "command", keys: [.character(":")]) { state, _ in
            state.openCommandPrompt()
        },
        Command("palette", "search commands and objects", hint: "palette", keys: [.control("p")]) { state, _ in
            state.show(.palette(PaletteOverlay()))
        },
        Command("help", "list the commands; typing searches them", hint: "help", keys: [.character("?")]) { state, _ in
            state.show(.help(HelpOverlay(place: state.place)))
        },
        Command("undo", "undo the last configuration change", keys: [.character("u")], writes: true) { state, _ in
            state.undoChange()
        },
        Command("redo", "make the undone change again", keys: [.control("r")], writes: true) { state, _ in
            state.redoChange()
        },
        Command(
            "gateway", "choose the gateway to show", argument: "[NAME]",
            completions: { $0.data.configuration.gateways.map(\.gateway.name) }
        ) { state, name in
            state.chooseGateway(name)
        },
        Command("themes", "choose a theme", keys: [.character("T")]) { state, _ in state.openThemes() },
        Command("theme", "use a theme", argument: "NAME", completions: { $0.theme.known.map(\.name) }) { state, name in
            guard !name.isEmpty else { return state.openThemes() }
            state.emit(.useTheme(name))
        },
        Command("theme keep", "keep the theme in use", isHidden: true) { state, _ in
            state.preferences.theme = state.theme.inUse
            state.emit(.savePreferences(state.preferences))
            state.say("Theme \(state.theme.inUse) is kept for the next start.", .success)
        },
        Command("mouse", "switch the mouse on or off") { state, _ in
            state.preferences.mouse.toggle()
            state.emit(.useMouse(state.preferences.mouse))
            state.emit(.savePreferences(state.preferences))
            state.say(
                state.preferences.mouse
                    ? "The mouse is on. Hold Shift to select text with it."
                    : "The mouse is off, so that it selects text.")
        },
        Command("refresh", "read the configuration again", keys: [.function(10)]) { state, _ in
            state.ask(.refreshConfiguration, for: state.place)
            state.place.screen.arrived(&state)
        },
        Command("readonly", "forbid changes in this session, as at the start with a prod gateway") { state, _ in
            if state.options.readOnlyReason == nil {
                state.options.readOnlyReason = "this session is read-only (:readwrite ends that)."
                state.say("Read-only: commands that change the gateway are off.")
            } else {
                state.say("The session is read-only already.")
            }
        },
        Command("readwrite", "allow changes in this session, also of a prod gateway") { state, _ in
            guard state.options.readOnlyReason != nil else {
                return state.say("The session may change the gateway already.")
            }
            guard !state.options.isReadOnlyForced else {
                return state.say(
                    "The console was started read-only. Start it without --read-only to change things.", .warning)
            }
            state.confirm(
                Confirmation(
                    title: "Allow changes?", lines: ["Commands that change the gateway will work in this session."],
                    verb: "Allow", accept: CommandCall("readwrite confirmed")))
        },
        Command("readwrite confirmed", "allow changes in this session", isHidden: true) { state, _ in
            state.allowChanges()
            state.say("Changes are allowed in this session.", .warning)
        },
        Command("repaint", "draw the screen again", keys: [.control("l")]) { state, _ in state.emit(.repaint) },
        Command("message", "show the last message in full", keys: [.character("!")]) { state, _ in
            state.showLastMessage()
        },
        Command("messages", "show all messages of this session with their times") { state, _ in state.showMessages() },
        Command("reconnect", "try to reach the engine again") { state, _ in state.reconnect() },
        Command("suspend", "go to the shell; fg returns", keys: [.control("z")]) { state, _ in
            state.leave(by: .suspending)
        },
        Command("quit", "leave Sluice") { state, _ in state.leave(by: .quitting) },
        Command("quit confirmed", "leave Sluice", isHidden: true) { state, _ in state.emit(.quit) },
    ]
}
