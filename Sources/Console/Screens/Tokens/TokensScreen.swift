import EngineInterface
import Foundation
import Resources

/// The token lab: a token's contents, the gateway's verdict, its rights, and a live test of them.
///
/// The token lives in memory only: forgotten on `x`, when the console ends, and after ten minutes without a key here.
struct TokensScreen: Screen {
    static let place = Place.tokens
    static let idleLimit: TimeInterval = 600

    /// The subject whose rights the matrix shows.
    enum Subject: Equatable, Sendable {
        case none
        case token(Held)
        case anonymous
        /// A principal by name, from another place; without its claims.
        case principal(String)
    }

    struct Held: Equatable, Sendable {
        var text: String
        /// `pasted 12:40:51`.
        var source: String
        /// Characters that stood around it.
        var cutAway = 0
        var decoded: Result<DecodedToken, DecodedToken.Failure>
    }

    /// The subject that the matrix is compared with.
    struct Comparison: Equatable, Sendable {
        var label: String
        var subject: AccessSubject
        var matrix: AccessMatrix?
        var pending: Int?
    }

    struct Probe: Equatable, Sendable {
        var label: String
        var pending: Int?
        var report: Result<ProbeReport, EngineClientError>?
    }

    enum Pane: Int, CaseIterable, Sendable { case token, checks, matrix, probes }

    var subject = Subject.none
    var usedAt = Date.distantPast
    var areClaimsShown = true
    /// The id of the chosen virtual cluster; nil is the first.
    var chosenCluster: String?
    var pane = Pane.matrix
    var form: TokenFetchForm?
    /// Whether it waits for a paste or typed text.
    var entry: TextField?

    var report: Result<TokenCheckReport, EngineClientError>?
    var matrix: Result<AccessMatrix, EngineClientError>?
    var explanation: Result<AccessExplanation, EngineClientError>?
    var comparison: Comparison?
    var probes: [Probe] = []
    var row = 0
    var column = 0
    /// The cell for the cursor when the matrix arrives.
    var wanted: (resource: AccessMatrixQuestion.Resource, operation: ACLOperation)?
    /// First line of the claims in view.
    var claimsTop = 0

    /// The time and the configuration of the last question for the checks and the matrix.
    var checkedAt: Date?
    var checkedRevision = 0

    var reportRequest: Int?
    var matrixRequest: Int?
    var explainRequest: Int?
    var fileRequest: Int?

    var held: Held? {
        if case .token(let held) = self.subject { held } else { nil }
    }

    var accessSubject: AccessSubject? {
        switch self.subject {
        case .none: nil
        case .token(let held): .token(held.text)
        case .anonymous: .anonymous
        case .principal(let name): .assumed(principal: name, claims: [:])
        }
    }

    // MARK: The virtual cluster

    static func clusters(_ state: ConsoleState) -> [VirtualCluster] {
        state.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster) ?? []
    }

    static func cluster(_ state: ConsoleState) -> VirtualCluster? {
        let clusters = self.clusters(state)
        return clusters.first { $0.id == state.tokens.chosenCluster } ?? clusters.first
    }

    // MARK: Taking and leaving tokens

    /// Takes the token out of a text, without the text around it.
    static func take(_ text: String, source: String, _ state: inout ConsoleState) {
        let pasted = PastedToken(text)
        let token = pasted.text
        guard !token.isEmpty else { return state.say("The paste is empty, so there is no token.", .warning) }
        guard token.utf8.count <= 65_536 else {
            return state.say("The paste has \(token.utf8.count) bytes; a token has at most 65536.", .error)
        }
        let decoded: Result<DecodedToken, DecodedToken.Failure>
        do throws(DecodedToken.Failure) { decoded = .success(try DecodedToken(token)) } catch {
            decoded = .failure(error)
        }
        state.tokens.forget()
        state.tokens.subject = .token(
            Held(
                text: token, source: "\(source) \(NumberText.clock(state.now)), \(token.count) characters",
                cutAway: pasted.cutAway, decoded: decoded))
        state.tokens.usedAt = state.now
        if case .failure(let failure) = decoded {
            state.say(failure.sentence, .warning)
        } else {
            // The message that asked for the token is answered.
            state.flash = nil
        }
        self.askAll(&state)
    }

    /// Shows what a principal may do, as its token when that is here, else by name.
    /// - Parameters:
    ///   - cluster: name or id of the virtual cluster that judges; nil leaves it.
    ///   - cell: where to put the cursor.
    static func show(
        _ principal: ClientPrincipal, cluster: String?,
        cell: (resource: AccessMatrixQuestion.Resource, operation: ACLOperation)? = nil, _ state: inout ConsoleState
    ) {
        let known = self.clusters(state).first { $0.name == cluster || $0.id == cluster }
        if let known { state.tokens.chosenCluster = known.id }
        if self.shows(principal, state) {
            (state.tokens.report, state.tokens.matrix, state.tokens.explanation) = (nil, nil, nil)
            (state.tokens.reportRequest, state.tokens.matrixRequest) = (nil, nil)
        } else {
            let isForgotten = state.tokens.held != nil
            state.tokens.forget()
            state.tokens.subject = principal.isUnauthenticated ? .anonymous : .principal(principal.name)
            if isForgotten { state.say("The token of another principal was forgotten.") }
        }
        state.tokens.wanted = cell
        state.tokens.pane = .matrix
        state.go(to: .tokens)
    }

    /// Whether the subject is a principal, as its token or by name.
    private static func shows(_ principal: ClientPrincipal, _ state: ConsoleState) -> Bool {
        guard let name = self.subjectName(state), name.hasSameBytes(as: principal.name) else { return false }
        if case .anonymous = state.tokens.subject { return principal.isUnauthenticated }
        return !principal.isUnauthenticated
    }

    mutating func forget() {
        self.subject = .none
        self.wanted = nil
        self.entry = nil
        self.form = nil
        self.report = nil
        self.matrix = nil
        self.explanation = nil
        self.comparison = nil
        self.probes = []
        (self.row, self.column, self.claimsTop) = (0, 0, 0)
        (self.reportRequest, self.matrixRequest, self.explainRequest) = (nil, nil, nil)
    }

    /// Asks for the checks and the matrix again when the token becomes valid or expires, and when the configuration
    /// changed. The old ones stay until the answers arrive.
    private static func askAgainIfDue(_ state: inout ConsoleState) {
        guard let subject = state.tokens.accessSubject, let cluster = self.cluster(state),
            let checkedAt = state.tokens.checkedAt, state.tokens.reportRequest == nil,
            state.tokens.matrixRequest == nil,
            state.tokens.checkedRevision != state.data.configurationRevision
                || Self.moments(state).contains(where: { checkedAt < $0 && $0 <= state.now })
        else { return }
        self.ask(subject, cluster, &state)
    }

    /// The time at which the engine's answer may change without a new token. The engine allows clocks to differ by half
    /// a minute.
    private static func moments(_ state: ConsoleState) -> [Date] {
        guard let held = state.tokens.held, case .success(let decoded) = held.decoded else { return [] }
        return ["nbf", "exp"].compactMap { decoded.date($0) }.flatMap { date in
            [-Self.clockSkew, 0, Self.clockSkew].map { date.addingTimeInterval($0 + 0.5) }
        }
    }

    private static let clockSkew: TimeInterval = 30

    private static func ask(_ subject: AccessSubject, _ cluster: VirtualCluster, _ state: inout ConsoleState) {
        state.tokens.checkedAt = state.now
        state.tokens.checkedRevision = state.data.configurationRevision
        if let held = state.tokens.held {
            state.tokens.reportRequest = state.ask(.checkToken(held.text, virtualCluster: cluster.id), for: .tokens)
        }
        state.tokens.matrixRequest = state.ask(
            .accessMatrix(AccessMatrixQuestion(virtualCluster: cluster.id, subject: subject)), for: .tokens)
        if let comparison = state.tokens.comparison {
            self.compare(comparison.subject, label: comparison.label, &state)
        }
    }

    /// Asks for the checks and the matrix.
    static func askAll(_ state: inout ConsoleState) {
        guard let subject = state.tokens.accessSubject else { return }
        guard let cluster = self.cluster(state) else {
            return state.say("No virtual cluster is configured yet. 9 sets one up.", .warning)
        }
        (state.tokens.report, state.tokens.matrix, state.tokens.explanation) = (nil, nil, nil)
        self.ask(subject, cluster, &state)
    }

    static func compare(_ subject: AccessSubject, label: String, _ state: inout ConsoleState) {
        guard let cluster = self.cluster(state) else { return }
        let id = state.ask(
            .accessMatrix(AccessMatrixQuestion(virtualCluster: cluster.id, subject: subject)), for: .tokens)
        state.tokens.comparison = Comparison(label: label, subject: subject, matrix: nil, pending: id)
    }

    /// Asks for the explanation of the cell under the cursor.
    static func askWhy(_ state: inout ConsoleState) {
        guard let subject = state.tokens.accessSubject, let cluster = self.cluster(state),
            case .success(let matrix)? = state.tokens.matrix,
            let selected = AccessMatrixView(
                matrix: matrix, row: state.tokens.row, column: state.tokens.column, isFocused: true,
                glyphs: state.glyphs
            ).selected, selected.cell != nil
        else {
            state.tokens.explanation = nil
            state.tokens.explainRequest = nil
            return
        }
        state.tokens.explainRequest = state.ask(
            .explain(
                AccessQuestion(
                    virtualCluster: cluster.id, subject: subject, resourceType: selected.row.resource.type,
                    resourceName: selected.row.resource.name, operation: selected.operation)), for: .tokens)
    }

    // MARK: Screen

    static func arrived(_ state: inout ConsoleState) {
        state.tokens.usedAt = state.now
        if state.tokens.matrix == nil, state.tokens.matrixRequest == nil, state.tokens.accessSubject != nil {
            self.askAll(&state)
        } else {
            self.askAgainIfDue(&state)
        }
    }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.tokens.held != nil, state.now.timeIntervalSince(state.tokens.usedAt) > self.idleLimit else {
            if state.place == .tokens { self.askAgainIfDue(&state) }
            return
        }
        state.tokens.forget()
        state.say("The token was forgotten after ten minutes without a key.")
    }

    static func crumbs(_ state: ConsoleState) -> [String] {
        [self.cluster(state)?.name, self.subjectName(state)].compactMap { $0 }
    }

    static func subjectName(_ state: ConsoleState) -> String? {
        switch state.tokens.subject {
        case .none: nil
        case .anonymous: "anonymous"
        case .principal(let name): name
        case .token(let held):
            if case .success(let report)? = state.tokens.report, let principal = report.principal {
                principal
            } else if case .success(let decoded) = held.decoded {
                decoded.text("sub") ?? "token"
            } else {
                "token"
            }
        }
    }

    static func capturesText(_ state: ConsoleState) -> Bool { state.tokens.form != nil || state.tokens.entry != nil }

    static func key(_ key: Key, _ state: inout ConsoleState) -> Bool {
        state.tokens.usedAt = state.now
        if var form = state.tokens.form {
            guard form.pending == nil || key == .escape else { return true }
            switch form.press(key) {
            case .stay: state.tokens.form = form
            case .cancel: state.tokens.form = nil
            case .submit:
                form.pending = state.ask(.fetchToken(form.request), for: .tokens)
                state.tokens.form = form
            }
            return true
        }
        if var entry = state.tokens.entry {
            switch key {
            case .escape: state.tokens.entry = nil
            case .enter:
                state.tokens.entry = nil
                self.take(entry.text, source: "typed", &state)
            default:
                _ = entry.press(key)
                state.tokens.entry = entry
            }
            return true
        }
        return false
    }

    static func paste(_ text: String, _ state: inout ConsoleState) -> Bool {
        state.tokens.usedAt = state.now
        if state.tokens.form != nil {
            let focus = state.tokens.form?.focus ?? .issuer
            state.tokens.form?.fields[focus]?.insert(ConsoleState.oneLine(text))
        } else {
            self.take(text, source: "pasted", &state)
        }
        return true
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        if state.tokens.pane == .token {
            switch motion {
            case .up: state.tokens.claimsTop = max(0, state.tokens.claimsTop - 1)
            case .down: state.tokens.claimsTop += 1
            case .first: state.tokens.claimsTop = 0
            case .left, .right, .pageUp, .pageDown, .last: break
            }
            return
        }
        guard case .success(let matrix)? = state.tokens.matrix, !matrix.rows.isEmpty else { return }
        let last = matrix.rows.count - 1
        var row = state.tokens.row
        switch motion {
        case .up: row -= 1
        case .down: row += 1
        case .pageUp: row -= 10
        case .pageDown: row += 10
        case .first: row = 0
        case .last: row = last
        case .left: state.tokens.column = max(0, state.tokens.column - 1)
        case .right: state.tokens.column = min(AccessMatrixView.operations.count - 1, state.tokens.column + 1)
        }
        state.tokens.row = min(max(0, row), last)
        self.askWhy(&state)
    }

    static func enter(_ state: inout ConsoleState) {
        guard case .success(let explanation)? = state.tokens.explanation else {
            if state.tokens.accessSubject == nil { state.tokens.entry = TextField() } else { self.askWhy(&state) }
            return
        }
        state.show(
            .text(
                TextOverlay(title: "Why: \(explanation.allowed ? "ALLOW" : "DENY")", lines: self.whyLines(explanation)))
        )
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        guard state.tokens.comparison != nil else { return false }
        state.tokens.comparison = nil
        return true
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        guard case .success(let matrix)? = state.tokens.matrix else { return nil }
        return (
            self.verdict(state) + "\n\n" + AccessMatrixView.text(matrix),
            "the verdict and the matrix, without the token"
        )
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let held = state.tokens.held, case .success(let decoded) = held.decoded, state.tokens.areClaimsShown
        else { return nil }
        return ("Claims", JSONText.lines(decoded.payload).map(\.text).joined(separator: "\n"))
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        guard let gateway = state.data.gateway, let cluster = self.cluster(state) else { return nil }
        return [
            "sluice token check", ShellText.option("gateway", gateway.name),
            ShellText.option("virtual-cluster", cluster.name), "-",
        ].joined(separator: " ")
    }

    /// The engine's verdict on the subject in one sentence.
    static func verdict(_ state: ConsoleState) -> String {
        let cluster = self.cluster(state)?.name ?? "no virtual cluster"
        switch state.tokens.subject {
        case .none: return "no token"
        case .anonymous: return "a client without authentication, on \(cluster)"
        case .principal(let name): return "principal \(name) on \(cluster), without its claims"
        case .token:
            switch state.tokens.report {
            case nil: return "asking..."
            case .failure(let error): return error.message
            case .success(let report):
                return report.accepted
                    ? "ACCEPTED as \(report.principal ?? "?") on \(cluster)" : "REFUSED by \(cluster)"
            }
        }
    }

    // MARK: Answers

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        switch answer.id {
        case state.tokens.reportRequest:
            state.tokens.reportRequest = nil
            state.tokens.report = answer.result.flatMap {
                if case .tokenReport(let report) = $0 { .success(report) } else { .failure(.unexpected) }
            }
        case state.tokens.matrixRequest:
            state.tokens.matrixRequest = nil
            state.tokens.matrix = self.matrix(answer)
            if case .success(let matrix)? = state.tokens.matrix {
                state.tokens.row = min(state.tokens.row, max(0, matrix.rows.count - 1))
                state.tokens.putCursor(in: matrix)
            }
            self.askWhy(&state)
        case state.tokens.explainRequest:
            state.tokens.explainRequest = nil
            state.tokens.explanation = answer.result.flatMap {
                if case .explanation(let explanation) = $0 { .success(explanation) } else { .failure(.unexpected) }
            }
        case state.tokens.comparison?.pending:
            state.tokens.comparison?.pending = nil
            switch self.matrix(answer) {
            case .success(let matrix): state.tokens.comparison?.matrix = matrix
            case .failure(let error):
                state.tokens.comparison = nil
                state.say("Cannot compare: \(error.message)", .error)
            }
        case state.tokens.form?.pending: self.receiveToken(answer, &state)
        case state.tokens.fileRequest:
            state.tokens.fileRequest = nil
            switch answer.result {
            case .success(.text(let text)): self.take(text, source: "from a file", &state)
            case .success: state.say("The matrix was written.", .success)
            case .failure(let error): state.say(error.message, .error)
            }
        default:
            guard let index = state.tokens.probes.firstIndex(where: { $0.pending == answer.id }) else { return }
            state.tokens.probes[index].pending = nil
            state.tokens.probes[index].report = answer.result.flatMap {
                if case .probe(let report) = $0 { .success(report) } else { .failure(.unexpected) }
            }
        }
    }

    /// Moves the cursor to the wanted cell, or to the row for new names if its row does not exist.
    private mutating func putCursor(in matrix: AccessMatrix) {
        guard let wanted = self.wanted else { return }
        self.wanted = nil
        let row =
            matrix.rows.firstIndex { $0.resource == wanted.resource }
            ?? matrix.rows.firstIndex { $0.resource.type == wanted.resource.type && !$0.exists }
            ?? matrix.rows.firstIndex { $0.resource.type == wanted.resource.type }
        self.row = row ?? self.row
        self.column =
            AccessMatrixView.operations.firstIndex { $0.operation == wanted.operation } ?? self.column
    }

    private static func matrix(_ answer: Answer) -> Result<AccessMatrix, EngineClientError> {
        answer.result.flatMap {
            if case .accessMatrix(let matrix) = $0 { .success(matrix) } else { .failure(.unexpected) }
        }
    }

    private static func receiveToken(_ answer: Answer, _ state: inout ConsoleState) {
        switch answer.result {
        case .success(.token(let token)):
            state.tokens.form = nil
            self.take(token, source: "fetched", &state)
        case .success: break
        case .failure(let error):
            state.tokens.form?.pending = nil
            state.tokens.form?.problem = error.message
        }
    }
}

extension EngineClientError {
    static let unexpected = EngineClientError("The engine's answer does not fit the question.")
}
