import GatewayModel

/// Changes of the configuration made in this session, to undo and redo.
struct ChangeJournal: Equatable, Sendable {
    struct Change: Equatable, Sendable {
        /// `rename listener 'a'`: completes "Undid: …".
        var title: String
        var undo: [ManagementCall]
        var redo: [ManagementCall]
    }

    private(set) var done: [Change] = []
    private(set) var undone: [Change] = []
    /// The request under way, and whether it undoes.
    var pending: (id: Int, change: Change, isUndo: Bool)?

    static func == (left: ChangeJournal, right: ChangeJournal) -> Bool {
        left.done == right.done && left.undone == right.undone && left.pending?.id == right.pending?.id
    }

    mutating func record(_ change: Change) {
        self.done.append(change)
        self.undone = []
        if self.done.count > 100 { self.done.removeFirst() }
    }

    mutating func finished(succeeded: Bool) {
        guard let pending = self.pending else { return }
        self.pending = nil
        guard succeeded else { return }
        if pending.isUndo {
            self.done.removeLast()
            self.undone.append(pending.change)
        } else {
            self.undone.removeLast()
            self.done.append(pending.change)
        }
    }
}

extension ConsoleState {
    mutating func undoChange() {
        guard self.changes.pending == nil else { return self.say("A change is still under way.", .warning) }
        guard let change = self.changes.done.last else { return self.say("Nothing was changed in this session.") }
        self.changes.pending = (self.ask(.manage(change.undo), for: .map), change, true)
    }

    mutating func redoChange() {
        guard self.changes.pending == nil else { return self.say("A change is still under way.", .warning) }
        guard let change = self.changes.undone.last else { return self.say("Nothing was undone in this session.") }
        self.changes.pending = (self.ask(.manage(change.redo), for: .map), change, false)
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
            return self.say("There is no gateway '\(name)'.", .error)
        }
        self.data.chosenGateway = gateway.id
        for place in Place.allCases { place.screen.dataChanged(&self) }
        self.place.screen.arrived(&self)
    }
}
