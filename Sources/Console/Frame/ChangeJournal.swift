import GatewayModel

/// Changes of the configuration made in this session, to undo and redo, and the one under way.
struct ChangeJournal: Equatable, Sendable {
    struct Change: Equatable, Sendable {
        /// `rename listener 'a'`: completes "Undid: …".
        var title: String
        var undo: [PlannedCall]
        var redo: [PlannedCall]

        init(title: String, undo: [PlannedCall], redo: [PlannedCall]) {
            self.title = title
            self.undo = undo
            self.redo = redo
        }

        /// Calls whose ids are known and stay.
        init(title: String, undo: [ManagementCall], redo: [ManagementCall]) {
            self.init(title: title, undo: undo.map(PlannedCall.init), redo: redo.map(PlannedCall.init))
        }

        /// Secrets are not kept, so a client that had one cannot be made again.
        var canBeUndone: Bool { !self.undo.isEmpty && !self.undo.contains(where: \.needsSecret) }

        init(_ change: PlannedChange) {
            self.init(title: change.title, undo: change.undo, redo: change.calls)
        }
    }

    enum Purpose: Equatable, Sendable { case apply, undo, redo }

    /// A change whose calls are being made, one by one.
    struct Active: Equatable, Sendable {
        var requestID: Int
        var purpose: Purpose
        var change: Change
        var run: ConfigurationRun
    }

    private(set) var done: [Change] = []
    private(set) var undone: [Change] = []
    var active: Active?
    /// Ids that the last change learned, until the configuration is read again.
    private(set) var learned: [EntityKey: String] = [:]
    /// Secrets that the last change made, until they are shown.
    var lastSecrets: [ConfigurationRun.NewSecret] = []

    mutating func record(_ change: Change) {
        self.done.append(change)
        self.undone = []
        if self.done.count > 100 { self.done.removeFirst() }
    }

    mutating func finished(_ purpose: Purpose, _ change: Change, ids: [EntityKey: String]) {
        self.learned = ids
        switch purpose {
        case .apply:
            if change.canBeUndone { self.record(change) }
        case .undo:
            if self.done.last == change { self.done.removeLast() }
            self.undone.append(change)
        case .redo:
            if self.undone.last == change { self.undone.removeLast() }
            self.done.append(change)
        }
    }
}

/// What an answer meant for the change under way.
enum ChangeProgress: Equatable, Sendable {
    /// It was no answer to it.
    case none
    /// More calls are to be made.
    case goingOn
    case finished(ChangeJournal.Purpose, ChangeJournal.Change)
    case failed(ChangeJournal.Purpose, ConfigurationRun.Failure)
}

extension ConsoleState {
    /// Makes the calls of a change and keeps it for undoing. Answers come to the Map, which tells how it went.
    /// - Returns: false when another change is under way.
    @discardableResult
    mutating func perform(_ change: PlannedChange) -> Bool {
        self.start(ChangeJournal.Change(change), key: change.key, purpose: .apply)
    }

    private mutating func start(_ change: ChangeJournal.Change, key: EntityKey?, purpose: ChangeJournal.Purpose) -> Bool
    {
        guard self.changes.active == nil else {
            self.say("A change is still under way.", .warning)
            return false
        }
        let planned = PlannedChange(
            .update, key ?? EntityKey(.gateway, []), title: change.title,
            calls: purpose == .undo ? change.undo : change.redo)
        let ids = self.data.configuration.ids.merging(self.changes.learned) { now, _ in now }
        let run = ConfigurationRun([planned], ids: ids, undoesOnFailure: false)
        self.changes.active = ChangeJournal.Active(requestID: 0, purpose: purpose, change: change, run: run)
        self.tellProgress(self.takeNextStep())
        return true
    }

    private mutating func takeNextStep() -> ChangeProgress {
        guard var active = self.changes.active else { return .none }
        switch active.run.next() {
        case .call(let call, _):
            active.requestID = self.ask(.manage([call]), for: .map)
            self.changes.active = active
            return .goingOn
        case .finished:
            self.changes.active = nil
            self.changes.lastSecrets = active.run.secrets
            self.changes.finished(active.purpose, active.change, ids: active.run.ids)
            self.ask(.refreshConfiguration, for: .map)
            return .finished(active.purpose, active.change)
        case .failed(let failure):
            self.changes.active = nil
            // Part of it may have happened.
            self.ask(.refreshConfiguration, for: .map)
            return .failed(active.purpose, failure)
        }
    }

    /// Takes an answer that may belong to the change under way.
    mutating func receiveChange(_ answer: Answer) -> ChangeProgress {
        guard var active = self.changes.active, active.requestID == answer.id else { return .none }
        switch answer.result {
        case .success(.managed(let answers)):
            if let last = answers.last { active.run.received(last) } else { active.run.lost("There was no answer.") }
        case .success: active.run.lost("The answer was of another kind.")
        case .failure(let error): active.run.lost(error.message)
        }
        self.changes.active = active
        let progress = self.takeNextStep()
        self.tellProgress(progress)
        return progress
    }

    private mutating func tellProgress(_ progress: ChangeProgress) {
        switch progress {
        case .none, .goingOn: break
        case .finished(.apply, let change):
            self.say("Done: \(change.title)." + (change.canBeUndone ? " u takes it back." : ""), .success)
        case .finished(.undo, let change): self.say("Undid: \(change.title). Ctrl-R does it again.", .success)
        case .finished(.redo, let change): self.say("Did again: \(change.title).", .success)
        case .failed(let purpose, let failure):
            let verb = purpose == .undo ? "Could not undo" : "Could not"
            self.say("\(verb) \(failure.title): \(failure.reason)", .error)
        }
    }

    mutating func undoChange() {
        guard let change = self.changes.done.last else { return self.say("Nothing was changed in this session.") }
        _ = self.start(change, key: nil, purpose: .undo)
    }

    mutating func redoChange() {
        guard let change = self.changes.undone.last else { return self.say("Nothing was undone in this session.") }
        _ = self.start(change, key: nil, purpose: .redo)
    }

    mutating func chooseGateway(_ name: String) {
        let gateways = self.data.configuration.gateways.map(\.gateway)
        if name.isEmpty {
            guard gateways.count > 1 else {
                return self.say(
                    gateways.isEmpty ? "There is no gateway yet. 9 sets one up." : "There is only one gateway.")
            }
            return self.show(
                .picker(
                    PickerOverlay(
                        title: "Gateway",
                        items: gateways.map { .init(id: $0.name, title: $0.name, detail: $0.id) },
                        command: "gateway", selected: self.data.gateway?.name)))
        }
        guard let gateway = gateways.first(where: { $0.name == name || $0.id == name }) else {
            let names = gateways.map { "'\($0.name)'" }.joined(separator: ", ")
            return self.say(
                "There is no gateway '\(name)'. \(names.isEmpty ? "There is none yet" : "There are: \(names)").", .error
            )
        }
        self.data.chosenGateway = gateway.id
        self.guardProduction()
        for place in Place.allCases { place.screen.dataChanged(&self) }
        self.place.screen.arrived(&self)
    }
}
