import EngineInterface
import Foundation
import Resources

/// Every decision as it is made, and its reason.
struct DecisionsScreen: Screen {
    static let place = Place.decisions

    var tail = TailState()
    /// The log's counts when the list was paused.
    var pause: Pause?
    /// The engine's explanations, by the decision's number.
    var explanations: [Int: AccessExplanation] = [:]
    /// Requested explanations. `isQuiet` is true for those of the pane beside the list, which open no view.
    var explaining: [Int: (number: Int, isQuiet: Bool)] = [:]
    /// The decision that was last under the cursor.
    private var rested: Int?
    /// The decision whose explanation failed, which is not requested again automatically.
    private var quietFailure: Int?
    /// The shown proposal of a rule that would allow the denial.
    var proposal: RuleProposal?
    private var filter: Filter?
    private var droppedWhenPruned = 0
    private var checkedAt = Date.distantPast
    private var gateway: String?
    /// The filter without a match for which the engine was asked for the decisions that it still holds.
    private var asked: Filter?
    private(set) var isAsking = false
    private var askedRequest: Int?
    /// The reason why the engine did not return the decisions that it still holds, and the time of the next question.
    private var askFailure: (reason: String, again: Date)?

    /// The state of the question for decisions that the engine still holds and the list does not show.
    enum Kept: Equatable, Sendable {
        case notAsked, asking, searched
        case failed(String)
    }

    var kept: Kept {
        if self.isAsking { return .asking }
        if let failure = self.askFailure { return .failed(failure.reason) }
        return self.asked != nil && self.asked == self.filter ? .searched : .notAsked
    }

    private static let retryDelay: TimeInterval = 5

    struct Pause: Equatable, Sendable {
        var at: Date
        /// The number of decisions before it that were not listed.
        var unlisted: Int
        var dropped: Int
    }

    static func entry(under state: ConsoleState) -> DecisionEntry? {
        state.decisions.tail.selected.flatMap(state.data.decisions.entry)
    }

    // MARK: Events

    static func arrived(_ state: inout ConsoleState) { Self.look(&state) }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .decisions else { return }
        Self.look(&state)
        state.decisions.proposal?.countPrevented(in: state.data.decisions, now: state.now)
        Self.askEngine(&state)
        Self.askQuietly(&state)
    }

    /// When no decision here matches the filter, the engine may still hold some. It is asked once for each filter.
    private static func askEngine(_ state: inout ConsoleState) {
        guard let filter = state.decisions.filter, state.decisions.tail.count == 0, !state.decisions.tail.isPaused,
            state.prompt == nil, state.decisions.proposal == nil, state.decisions.asked != filter,
            !state.decisions.isAsking, state.decisions.askFailure.map({ $0.again <= state.now }) ?? true
        else { return }
        state.decisions.asked = filter
        state.decisions.isAsking = true
        state.decisions.askedRequest = state.ask(.keptDecisions, for: .decisions)
    }

    private static func receiveKept(_ answer: Answer, _ state: inout ConsoleState) {
        state.decisions.askedRequest = nil
        state.decisions.isAsking = false
        let records: [DecisionRecord]
        switch answer.result {
        case .success(.decisions(let kept)):
            state.decisions.askFailure = nil
            records = kept
        case .success: return Self.askAgainLater(because: EngineClientError.unexpected.message, &state)
        case .failure(let error): return Self.askAgainLater(because: error.message, &state)
        }
        // A paused list adds nothing; the engine is asked again when the list continues.
        guard !state.decisions.tail.isPaused else {
            state.decisions.asked = nil
            return
        }
        guard state.data.merge(records) > 0 else { return }
        // The numbers have changed.
        state.decisions.explanations = [:]
        state.decisions.explaining = [:]
        (state.decisions.rested, state.decisions.quietFailure) = (nil, nil)
        state.decisions.droppedWhenPruned = state.data.decisions.dropped
        state.decisions.tail = TailState()
        Self.look(&state)
    }

    private static func askAgainLater(because reason: String, _ state: inout ConsoleState) {
        state.decisions.asked = nil
        state.decisions.askFailure = (reason, state.now.addingTimeInterval(Self.retryDelay))
    }

    /// Requests the trace when the cursor rests on a decision, if there is room for it beside the list.
    private static func askQuietly(_ state: inout ConsoleState) {
        let selected = state.decisions.tail.selected
        defer { state.decisions.rested = selected }
        guard let selected, selected == state.decisions.rested, state.decisions.proposal == nil,
            state.overlays.isEmpty, !state.decisions.tail.isFollowing || state.decisions.tail.isPaused,
            state.decisions.explanations[selected] == nil,
            !state.decisions.explaining.values.contains(where: { $0.number == selected }),
            state.decisions.explaining.count < 4, state.decisions.quietFailure != selected,
            let why = DecisionsLayout(state, area: state.bodyArea).why, why.rows > 20,
            let entry = state.data.decisions.entry(selected),
            let question = DecisionTrace.question(entry.record, state)
        else { return }
        let id = state.ask(.explain(question), for: .decisions)
        state.decisions.explaining[id] = (selected, true)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.look(&state) }

    /// Lets the new decisions through the filter; all of them when the filter is another.
    private static func look(_ state: inout ConsoleState) {
        let log = state.data.decisions
        let filter = state.filter(of: .decisions)
        let gateway = state.data.isOnlyGateway ? nil : state.data.gateway?.id
        // The matches of an age change with time.
        let isDue =
            filter?.dependsOnTime == true && state.now.timeIntervalSince(state.decisions.checkedAt) >= 2
        if filter != state.decisions.filter || gateway != state.decisions.gateway || isDue {
            state.decisions.filter = filter
            state.decisions.gateway = gateway
            state.decisions.checkedAt = state.now
            state.decisions.tail.matches.restart()
        }
        let now = state.now
        var matches = state.decisions.tail.matches
        state.decisions.tail.matches = MatchList()
        log.forEach(from: matches.next) { entry in
            let isHere = gateway == nil || state.data.isHere(entry.record.gateway)
            if isHere, filter?.matches(entry, now: now) ?? true { matches.append(entry.number) }
            return true
        }
        matches.looked(upTo: log.end)
        if log.dropped != state.decisions.droppedWhenPruned {
            state.decisions.droppedWhenPruned = log.dropped
            matches.removeGone(before: log.end - DecisionLog.capacity) { log.entry($0) != nil }
        }
        state.decisions.tail.matches = matches
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        if state.decisions.proposal != nil {
            return RuleProposalView.move(motion, &state)
        }
        let rows = DecisionsLayout(state, area: state.bodyArea).visibleRows
        if motion == .last, state.decisions.tail.isPaused { return Self.togglePause(&state) }
        state.decisions.tail.move(motion, visibleRows: rows)
    }

    static func enter(_ state: inout ConsoleState) {
        guard state.decisions.proposal == nil else { return state.run(CommandCall("rule apply")) }
        guard let entry = Self.entry(under: state) else { return state.say("No decision is under the cursor.") }
        if let known = state.decisions.explanations[entry.number] {
            return DecisionTrace.show(known, of: entry, &state)
        }
        guard let question = DecisionTrace.question(entry.record, state) else {
            return state.say(ClusterPlace.missing(entry.record.virtualCluster, gateway: entry.record.gateway), .error)
        }
        let id = state.ask(.explain(question), for: .decisions)
        state.decisions.explaining[id] = (entry.number, false)
        state.decisions.tail.stay(visibleRows: DecisionsLayout(state, area: state.bodyArea).visibleRows)
        state.say("Asking the engine for the reason...")
    }

    /// Goes to the newest decisions that a filter lets through.
    static func show(_ filter: String, _ state: inout ConsoleState) {
        if state.decisions.tail.isPaused { Self.togglePause(&state) }
        state.decisions.proposal = nil
        state.go(to: .decisions)
        state.setFilter(filter, for: .decisions)
        state.decisions.tail.follow()
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if state.decisions.proposal != nil {
            state.decisions.proposal = nil
            return true
        }
        if state.decisions.tail.isPaused {
            Self.togglePause(&state)
            return true
        }
        guard let entry = state.filters[.decisions], !entry.text.isEmpty else { return false }
        state.setFilter("", for: .decisions)
        return true
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard state.decisions.proposal == nil, action.kind == .click || action.kind == .doubleClick else {
            return false
        }
        let layout = DecisionsLayout(state, area: area)
        let line = action.row - layout.rows.row - 1
        let window = state.decisions.tail.window(visibleRows: layout.visibleRows)
        guard line >= 0, line < window.count,
            let number = state.decisions.tail.matches[window.lowerBound + line]
        else { return false }
        state.decisions.tail.select(number, visibleRows: layout.visibleRows)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        if answer.id == state.decisions.askedRequest { return Self.receiveKept(answer, &state) }
        if let (number, isQuiet) = state.decisions.explaining.removeValue(forKey: answer.id) {
            switch answer.result {
            case .success(.explanation(let explanation)):
                if state.decisions.explanations.count >= 200 { state.decisions.explanations = [:] }
                state.decisions.explanations[number] = explanation
                if isQuiet { return }
                state.flash = nil
                if state.place == .decisions, state.overlays.isEmpty, state.decisions.proposal == nil,
                    let entry = state.data.decisions.entry(number)
                {
                    DecisionTrace.show(explanation, of: entry, &state)
                }
            case .success: break
            case .failure(let error):
                state.decisions.quietFailure = number
                if !isQuiet { state.say(error.message, .error) }
            }
            return
        }
        RuleProposalView.receive(answer, &state)
    }

    // MARK: Pause and follow

    static func togglePause(_ state: inout ConsoleState) {
        let log = state.data.decisions
        if state.decisions.tail.isPaused {
            state.decisions.tail.resume()
            state.decisions.pause = nil
        } else {
            state.decisions.tail.pause(at: log.end)
            state.decisions.pause = Pause(at: state.now, unlisted: log.unlisted, dropped: log.dropped)
        }
    }

    /// The number of decisions since the pause, for the title row; nil while the place is live.
    static func pausedNews(_ state: ConsoleState) -> Int? {
        state.decisions.tail.isPaused ? state.decisions.tail.newer : nil
    }

    // MARK: Words

    static func hints(_ state: ConsoleState) -> [Hint]? {
        guard state.decisions.proposal != nil else { return nil }
        return [("A", "apply"), ("c", "copy YAML"), ("Esc", "back")]
    }

    static func crumbs(_ state: ConsoleState) -> [String] {
        state.decisions.proposal.map { ["Rule for \($0.record.principal)"] } ?? []
    }

    static func statusLine(_ state: ConsoleState) -> String {
        if state.decisions.proposal != nil { return "Nothing changes until you apply it." }
        let log = state.data.decisions
        guard let index = state.decisions.tail.selectedIndex else { return "" }
        let dropped = log.dropped > 0 ? ", \(NumberText.count(log.dropped)) dropped from the buffer" : ""
        let unlisted = log.unlisted > 0 ? ", \(Self.unlistedWords(log.unlisted))" : ""
        return "row \(index + 1)/\(state.decisions.tail.count)\(dropped)\(unlisted)"
    }

    /// `2.5M allowed or filtered not listed (counted)`
    static func unlistedWords(_ count: Int) -> String {
        "\(NumberText.count(count)) allowed or filtered not listed (counted)"
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        if let proposal = state.decisions.proposal { return (proposal.choice.policy.yaml, "the rule as YAML") }
        guard let entry = Self.entry(under: state) else { return nil }
        return (PlainText.line(entry.record), "the decision")
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        if let proposal = state.decisions.proposal { return proposal.commandLine }
        let filter = state.filters[.decisions]?.applied ?? ""
        return "sluice decisions --follow" + (filter.isEmpty ? "" : " " + ShellText.option("filter", filter))
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        if let proposal = state.decisions.proposal {
            return ("Rule \(proposal.choice.policy.name)", proposal.choice.policy.document)
        }
        let matches = state.decisions.tail
        guard matches.count > 0 else { return nil }
        // A pager is slow with more than the newest ten thousand.
        let lines = (max(0, matches.count - 10_000)..<matches.count).compactMap { index in
            matches.matches[index].flatMap(state.data.decisions.entry).map { PlainText.line($0.record) }
        }
        return ("Decisions", lines.joined(separator: "\n"))
    }
}
