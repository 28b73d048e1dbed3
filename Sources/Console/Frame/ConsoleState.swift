package import Foundation

/// The whole console as a value: the engine's data, the open views, the typed text. It takes events, returns effects,
/// and draws itself as a grid. It has no clock, terminal or network.
package struct ConsoleState: Sendable {
    // MARK: Surroundings
    package var size: Size
    package var glyphs: Glyphs
    package var now: Date
    package var options: ConsoleOptions
    package var preferences: Preferences

    // MARK: The engine's data
    package var data: EngineData

    // MARK: The user's place
    package internal(set) var place: Place = .live
    var visited: [Place] = []
    var live = LiveScreen()
    var principals = PrincipalsScreen()
    var map = MapScreen()
    var decisions = DecisionsScreen()
    var tokens = TokensScreen()
    var topics = TopicsScreen()
    var groups = GroupsScreen()
    var logs = LogsScreen()
    var setup = SetupScreen()
    var filters: [Place: PlaceFilter] = [:]
    var columnChoices: [Place: ColumnChoice] = [:]
    var prompt: Prompt?
    var overlays: [Overlay] = []
    var messages = MessageLog()
    /// Counts events.
    private(set) var turn = 0
    /// The way of leaving that was warned about, and the time until which repeating it confirms.
    var leaving: (by: Leaving, until: Date)?
    /// The user's attempt to reach the engine.
    var reconnecting: Int?
    var changes = ChangeJournal()
    var recentCommands: [String] = []
    /// The theme in use, and the last problem with one.
    var theme = ThemeState()
    var isZoomed = false
    /// Whether Tab moved to the second pane, which may have no room now.
    var wantsSecondPane = false
    var secondPaneTop = 0
    var mark: MarkedView?
    /// Gateways labelled prod that the user wants to change, by id.
    var writableProduction: Set<String> = []
    var isLinkSlow = false
    /// The reason why the console ended, if it failed.
    package private(set) var failure: String?
    /// The time of the last key. Live tables keep their order for a while after it.
    var lastKey: Date = .distantPast
    var lastInterrupt: Date?
    private var nextRequest = 1
    private(set) var outstanding: Set<Int> = []
    private var effects: [Effect] = []

    package init(
        size: Size, glyphs: Glyphs, now: Date, options: ConsoleOptions = ConsoleOptions(),
        preferences: Preferences = Preferences()
    ) {
        self.size = size
        self.glyphs = glyphs
        self.now = now
        self.options = options
        self.preferences = preferences
        self.data = EngineData(isRemote: !options.isEngineInside)
    }

    /// Whether an answer is pending.
    package var isWaiting: Bool { !self.outstanding.isEmpty }

    // MARK: Events

    package mutating func update(_ event: ConsoleEvent) -> [Effect] {
        self.turn += 1
        switch event {
        case .input(let input): self.receive(input)
        case .tick(let now):
            self.now = now
            self.messages.tick(now)
            self.data.tick(now)
            self.tellScreens()
        case .feed(let feed):
            self.data.receive(feed, at: self.now)
            self.tellScreens()
        case .configuration(let tree):
            self.data.configuration = tree
            self.data.isConfigurationKnown = true
            self.guardProduction()
            self.tellScreens()
        case .answer(let answer):
            self.outstanding.remove(answer.id)
            if !self.receiveInOverlay(answer) { answer.owner.screen.receive(answer, &self) }
        case .sandbox(let brokers):
            self.options.sandbox = brokers
            SetupScreen.sandboxIsKnown(&self)
        case .theme(let name, let problem):
            self.theme.inUse = name
            self.theme.problem = problem
            if let problem { self.say(problem, .warning) }
        case .notice(let text): self.say(text, .info)
        case .link(let isSlow): self.isLinkSlow = isSlow
        case .ended(let reason):
            self.failure = reason
            self.emit(.quit)
        }
        defer { self.effects = [] }
        return self.effects
    }

    private mutating func tellScreens() {
        for place in Place.allCases { place.screen.dataChanged(&self) }
    }

    // MARK: Calls of screens and commands

    mutating func emit(_ effect: Effect) { self.effects.append(effect) }

    /// Asks a question; the answer goes to `owner`.
    /// - Returns: The id of the answer.
    @discardableResult
    mutating func ask(_ question: Question, for owner: Place) -> Int {
        let id = self.takeRequestID()
        self.emit(.ask(Request(id: id, owner: owner, question: question)))
        return id
    }

    /// Opens `text` in the user's editor; the answer goes to `owner`.
    @discardableResult
    mutating func edit(_ text: String, name: String, for owner: Place) -> Int {
        let id = self.takeRequestID()
        self.emit(.edit(id: id, owner: owner, name: name, text: text))
        return id
    }

    private mutating func takeRequestID() -> Int {
        let id = self.nextRequest
        self.nextRequest += 1
        self.outstanding.insert(id)
        return id
    }

    mutating func go(to place: Place) {
        self.messages.dismiss(before: self.turn)
        if place != self.place { self.visited.append(self.place) }
        if self.visited.count > 50 { self.visited.removeFirst() }
        self.place = place
        self.leavePanes()
        place.screen.arrived(&self)
    }

    /// Runs a command by name, as a key or the palette would.
    mutating func run(_ call: CommandCall) {
        guard let command = CommandTable.command(named: call.name) else {
            self.say("There is no command '\(call.name)'. Press ? for the list.", .error)
            return
        }
        self.run(command, call.argument)
    }

    mutating func run(_ command: Command, _ argument: String = "") {
        if let reason = self.reasonAgainst(command) {
            self.say(reason, .warning)
            return
        }
        if case .place(let place) = command.scope, place != self.place { self.go(to: place) }
        command.run(&self, argument)
    }

    /// The reason why a command cannot run now; nil when it can.
    func reasonAgainst(_ command: Command) -> String? {
        if command.writes, let reason = self.options.readOnlyReason {
            return "'\(command.name)' is off: \(reason)"
        }
        return command.unavailable(self)
    }

    // MARK: Filters

    /// The filter of a place; nil if there is none.
    func filter(of place: Place) -> Filter? {
        guard let entry = self.filters[place], entry.isOn else { return nil }
        return entry.filter
    }

    /// Sets a new filter. If it has an error, the one before stays in force, and the prompt shows where it is
    /// wrong.
    mutating func setFilter(_ text: String, for place: Place) {
        var entry = self.filters[place] ?? PlaceFilter()
        entry.text = text
        entry.problem = nil
        entry.isOn = true
        do throws(FilterError) {
            entry.filter = text.isEmpty ? nil : try Filter(parsing: text)
            entry.applied = text
        } catch {
            entry.problem = error
            if self.prompt == nil {
                self.prompt = Prompt(
                    kind: .filter(place), field: TextField(text, cursor: error.position), original: entry.applied)
            }
            // The typed text was applied as a filter until its first error.
            let kept = self.prompt?.original ?? ""
            entry.applied = kept
            entry.filter = kept.isEmpty ? nil : try? Filter(parsing: kept)
        }
        self.filters[place] = entry
        place.screen.filterChanged(&self)
    }
}

/// The options of the console's start.
package struct ConsoleOptions: Equatable, Sendable {
    /// Why nothing may be changed; nil when it may.
    package var readOnlyReason: String?
    /// Started with --read-only: no command lifts it.
    package var isReadOnlyForced: Bool
    /// The place of the engine: ``inside``, or a URL.
    package var attachedTo: String
    /// `host:port` of the sandbox's brokers, once they are known.
    package var sandbox: [String]?
    /// Whether `startSandbox` can work: the engine is in this process.
    package var canStartSandbox: Bool
    package var managementURL: String
    /// The terminal's capabilities for the theme picker, a line each.
    package var terminalFacts: [String] = []
    /// The data directory or the URL of the instance, as drafts are kept by it; empty when it is not known.
    package var instance = ""
    /// The folder of relative paths; empty when it is not known.
    package var workingDirectory = ""

    /// The engine is in this process.
    package static let inside = "this process"

    package var isEngineInside: Bool { self.attachedTo == Self.inside }

    package init(
        readOnlyReason: String? = nil, isReadOnlyForced: Bool = false, attachedTo: String = Self.inside,
        sandbox: [String]? = nil,
        canStartSandbox: Bool = false, managementURL: String = "http://localhost:9190"
    ) {
        self.readOnlyReason = readOnlyReason
        self.isReadOnlyForced = isReadOnlyForced
        self.attachedTo = attachedTo
        self.sandbox = sandbox
        self.canStartSandbox = canStartSandbox
        self.managementURL = managementURL
    }
}

/// The settings that are kept between runs.
package struct Preferences: Codable, Equatable, Sendable {
    /// Nil: chosen by the terminal's background.
    package var theme: String?
    package var mouse = false
    /// Column by place, `-` in front when reversed.
    package var sort: [String: String] = [:]
    /// By place: columns that are on or off against the usual, `+VCLUSTER` or `-AUTH`.
    package var columns: [String: [String]]?
    /// The last place, by name.
    package var place: String?
    /// The position of second panes: `below` or `alone`; nil is beside the list where there is room.
    package var panes: String?

    package init() {}
}

struct ThemeState: Equatable, Sendable {
    var inUse = ""
    var problem: String?
    var known: [ThemeSummary] = []
}

/// A filter as typed and as understood.
struct PlaceFilter: Equatable, Sendable {
    var text = ""
    /// The text of `filter`: not `text` while that cannot be read.
    var applied = ""
    /// The last filter without an error.
    var filter: Filter?
    var problem: FilterError?
    var isOn = true
}
