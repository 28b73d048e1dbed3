import EngineInterface
import Resources

/// The configuration changes of this session, for undo and redo, and the one in progress.
struct ChangeJournal: Equatable, Sendable {
    struct Change: Equatable, Sendable {
        /// `rename listener 'a'`: completes "Undid: …".
        var title: String
        var undo: [PlannedCall]
        var redo: [PlannedCall]
        /// The versions before the change, then those after it, by path, so that neither the change nor its undo
        /// overwrites a later change by another client.
        var tags: [String: String] = [:]

        init(title: String, undo: [PlannedCall], redo: [PlannedCall]) {
            self.title = title
            self.undo = undo
            self.redo = redo
        }

        /// Calls whose ids are known and do not change.
        init(title: String, undo: [ManagementCall], redo: [ManagementCall]) {
            self.init(title: title, undo: undo.map(PlannedCall.init), redo: redo.map(PlannedCall.init))
        }

        /// Secrets are not kept, so a client that had one cannot be restored.
        var canBeUndone: Bool { !self.undo.isEmpty && !self.undo.contains(where: \.makesSecret) }

        init(_ change: PlannedChange) {
            self.init(title: change.title, undo: change.undo, redo: change.calls)
        }
    }

    enum Purpose: Equatable, Sendable { case apply, undo, redo }

    /// A change whose request is not answered yet.
    struct Active: Equatable, Sendable {
        var requestID: Int
        var purpose: Purpose
        var change: Change
        var batch: ChangeBatch
    }

    private(set) var done: [Change] = []
    private(set) var undone: [Change] = []
    var active: Active?
    /// Ids that the last change learned, until the configuration is read again.
    private(set) var learned: [EntityKey: String] = [:]
    /// Secrets that the last change made, until they are shown.
    var lastSecrets: [ChangeBatch.NewSecret] = []

    mutating func record(_ change: Change) {
        self.done.append(change)
        self.undone = []
        if self.done.count > 100 { self.done.removeFirst() }
    }

    /// Removes a change that can never be undone or redone, so that the one before it can be.
    mutating func drop(_ purpose: Purpose) {
        switch purpose {
        case .apply: break
        case .undo: _ = self.done.popLast()
        case .redo: _ = self.undone.popLast()
        }
    }

    mutating func finished(_ purpose: Purpose, _ change: Change, _ done: ChangeBatch.Done) {
        self.learned = done.ids
        var change = change
        change.tags = done.tags
        switch purpose {
        case .apply:
            if change.canBeUndone { self.record(change) }
        case .undo:
            if !self.done.isEmpty { self.done.removeLast() }
            self.undone.append(change)
        case .redo:
            if !self.undone.isEmpty { self.undone.removeLast() }
            self.done.append(change)
        }
    }
}

/// The meaning of an answer for the change in progress.
enum ChangeProgress: Equatable, Sendable {
    /// The answer belongs to another request.
    case none
    case finished(ChangeJournal.Purpose, ChangeJournal.Change)
    case failed(ChangeJournal.Purpose, ChangeBatch.Refusal)
}

extension ConsoleState {
    /// Makes a change and keeps it for undo. The answer goes to the Map, which reports the outcome.
    ///
    /// - Parameter tags: the versions that it was planned from, by path; nil: those of now.
    /// - Returns: false when another change is under way.
    @discardableResult
    mutating func perform(_ change: PlannedChange, plannedFrom tags: [String: String]? = nil) -> Bool {
        var started = ChangeJournal.Change(change)
        started.tags = tags ?? [:]
        return self.start(started, key: change.key, purpose: .apply)
    }

    private mutating func start(_ change: ChangeJournal.Change, key: EntityKey?, purpose: ChangeJournal.Purpose) -> Bool
    {
        guard self.changes.active == nil else {
            self.say("Another change is still being made.", .warning)
            return false
        }
        let planned = PlannedChange(
            .update, key ?? EntityKey(.gateway, []), title: change.title,
            calls: purpose == .undo ? change.undo : change.redo)
        let tree = self.data.configuration
        let ids = tree.ids.merging(self.changes.learned) { now, _ in now }
        do throws(MissingEntity) {
            let batch = try ChangeBatch([planned], ids: ids, tags: tree.tags(for: change))
            self.changes.active = ChangeJournal.Active(
                requestID: self.ask(.manage([batch.call]), for: .map), purpose: purpose, change: change, batch: batch)
        } catch {
            self.tellProgress(
                .failed(
                    purpose, ChangeBatch.Refusal(title: change.title, key: key, reason: "\(error)", isFinal: true)))
            self.changes.drop(purpose)
        }
        return true
    }

    /// Takes an answer that may belong to the change under way.
    mutating func receiveChange(_ answer: Answer) -> ChangeProgress {
        guard let active = self.changes.active, active.requestID == answer.id else { return .none }
        let outcome: ChangeBatch.Outcome
        switch answer.result {
        case .success(.managed(let answers)):
            outcome = answers.last.map(active.batch.outcome) ?? .refused([active.batch.lost("There was no answer.")])
        case .success: outcome = .refused([active.batch.lost("The answer was of another kind.")])
        case .failure(let error): outcome = .refused([active.batch.lost(error.message)])
        }
        self.changes.active = nil
        let progress: ChangeProgress
        switch outcome {
        case .done(let done):
            self.changes.lastSecrets = done.secrets
            self.changes.finished(active.purpose, active.change, done)
            self.data.configuration.note(done)
            progress = .finished(active.purpose, active.change)
        case .refused(let refusals):
            let refusal = refusals.first ?? ChangeBatch.Refusal(title: active.change.title, reason: "no reason")
            progress = .failed(active.purpose, refusal)
            if refusals.contains(where: \.isFinal) { self.changes.drop(active.purpose) }
        }
        // Also after a failure, because another client may have changed the configuration.
        self.ask(.refreshConfiguration, for: .map)
        self.tellProgress(progress)
        return progress
    }

    private mutating func tellProgress(_ progress: ChangeProgress) {
        switch progress {
        case .none: break
        case .finished(.apply, let change):
            self.say("Done: \(change.title)." + (change.canBeUndone ? " u undoes it." : ""), .success)
        case .finished(.undo, let change): self.say("Undid: \(change.title). Ctrl-R redoes it.", .success)
        case .finished(.redo, let change): self.say("Redid: \(change.title).", .success)
        case .failed(let purpose, let failure):
            let verb = purpose == .undo ? "Could not undo" : "Could not"
            let next =
                switch purpose {
                case _ where !failure.isFinal: ""
                case .apply: ""
                case .undo: " It is no longer offered; u continues with the change before it."
                case .redo: " It is no longer offered; Ctrl-R continues with the one before it."
                }
            self.say("\(verb) \(failure.title): \(failure.reason)\(next)", .error)
        }
    }

    mutating func undoChange() {
        guard let change = self.changes.done.last else { return self.say("No change was made in this session.") }
        _ = self.start(change, key: nil, purpose: .undo)
    }

    mutating func redoChange() {
        guard let change = self.changes.undone.last else { return self.say("No change was undone in this session.") }
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
                "There is no gateway '\(name)'. \(names.isEmpty ? "There is none yet" : "The gateways are: \(names)").",
                .error
            )
        }
        // The open view belonged to the gateway before.
        if gateway.id != self.data.gateway?.id {
            self.live.block = nil
            self.decisions.proposal = nil
        }
        self.data.chosenGateway = gateway.id
        self.guardProduction()
        for place in Place.allCases { place.screen.dataChanged(&self) }
        self.place.screen.arrived(&self)
    }
}

extension ConfigurationTree {
    /// Keeps the versions that a change of our own made, until the configuration is read again. What lies above them
    /// and the order of their siblings have other versions now, which are not known yet.
    fileprivate mutating func note(_ done: ChangeBatch.Done) {
        for path in done.paths {
            self.tags = self.tags.filter { known, _ in
                let owner =
                    known.hasSuffix("-chain") ? String(known[..<(known.lastIndex(of: "/") ?? known.endIndex)]) : known
                return known == path || !path.hasPrefix(owner + "/")
            }
        }
        self.tags.merge(done.tags) { _, new in new }
    }

    /// The versions that a change names: those that it knows, so that a later change by another client is detected.
    /// A gateway's version also counts what lies under it, which does not matter here.
    fileprivate func tags(for change: ChangeJournal.Change) -> [String: String] {
        var tags = self.tags
        for (path, known) in change.tags {
            let isSame = tags[path].map { Self.ownVersion($0) == Self.ownVersion(known) } ?? false
            if !isSame { tags[path] = known }
        }
        return tags
    }

    private static func ownVersion(_ tag: String) -> Substring {
        tag.prefix { $0 != "-" }.drop { $0 == "\"" }.prefix { $0 != "\"" }
    }
}
