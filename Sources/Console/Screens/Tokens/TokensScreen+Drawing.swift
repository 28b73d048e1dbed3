import EngineInterface
import Foundation
import JSON
import Resources

extension TokensScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        if area.columns < 60 || area.rows < 12 || state.isZoomed {
            return self.drawPane(
                state.tokens.form != nil || state.tokens.accessSubject == nil ? .token : state.tokens.pane, state,
                into: &grid, area: area)
        }
        let isTall = area.rows >= 30
        let (top, rest) = area.splitTop(isTall ? max(15, area.rows * 2 / 5) : (area.rows - 1) * 11 / 20)
        let (left, right) = top.splitLeft(area.columns / 2)
        self.drawPane(.token, state, into: &grid, area: left)
        self.drawPane(.checks, state, into: &grid, area: right)
        if area.columns >= 120, isTall {
            let (middle, bottom) = rest.splitBottom(max(5, min(8, rest.rows / 4)))
            let (matrix, why) = middle.splitLeft(area.columns * 7 / 10)
            self.drawPane(.matrix, state, into: &grid, area: matrix)
            self.drawWhy(state, into: &grid, area: why)
            self.drawPane(.probes, state, into: &grid, area: bottom)
        } else if state.tokens.pane == .probes {
            self.drawPane(.probes, state, into: &grid, area: rest)
        } else {
            self.drawPane(.matrix, state, into: &grid, area: rest)
        }
    }

    static func statusLine(_ state: ConsoleState) -> String {
        if case .failure(let error)? = state.tokens.explanation { return error.message }
        guard case .success(let why)? = state.tokens.explanation else {
            return "The token stays in memory; copies never include it unless you use :token copy raw."
        }
        return "\(why.allowed ? "ALLOW" : "DENY") by \(RuleName.shown(why.rule)): \(why.reason)"
    }

    private static func drawPane(_ pane: Pane, _ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let isFocused = state.tokens.pane == pane
        switch pane {
        case .token:
            let memory =
                area.columns >= 76
                ? "memory only; forgotten on x, at the end, after 10 idle minutes"
                : "memory only, never saved"
            let title = state.tokens.form == nil ? "Token (\(memory))" : "Fetch a token"
            let inner = grid.panel(
                area, title: title, isFocused: isFocused || state.tokens.form != nil, glyphs: state.glyphs)
            self.drawToken(state, into: &grid, area: inner)
        case .checks:
            let at = state.tokens.held == nil ? nil : state.tokens.checkedAt
            let inner = grid.panel(
                area, title: at.map { "Checked \(NumberText.clock($0))Z" } ?? "Checks",
                trailing: self.checkSummary(state), isFocused: isFocused, glyphs: state.glyphs)
            self.drawChecks(state, into: &grid, area: inner)
        case .matrix:
            let name = self.subjectName(state)
            let cluster = self.cluster(state)?.name ?? "no virtual cluster"
            let title =
                name.map { "What \($0) may do on \(cluster)  (A allow, D deny, - n/a)" } ?? "Rights on \(cluster)"
            let inner = grid.panel(area, title: title, isFocused: isFocused, glyphs: state.glyphs)
            self.drawMatrix(state, into: &grid, area: inner)
        case .probes:
            let inner = grid.panel(
                area, title: "Try it live: real connections, read only", isFocused: isFocused, glyphs: state.glyphs)
            self.drawProbes(state, into: &grid, area: inner)
        }
    }

    // MARK: Token

    private static func drawToken(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        if let form = state.tokens.form {
            return form.draw(into: &grid, area: area.inset(columns: 1, rows: 0), glyphs: state.glyphs)
        }
        if let entry = state.tokens.entry {
            let start = grid.write("token: ", column: area.column + 1, row: area.row, role: .chromeKey, limit: area)
            let cursor = entry.draw(
                into: &grid, column: start, row: area.row, columns: max(0, area.endColumn - start - 1),
                placeholder: "paste it here", isSecret: true)
            if cursor < area.endColumn { grid.cursor = (cursor, area.row) }
            return
        }
        grid.lines(self.tokenLines(state, columns: max(1, area.columns - 2)), in: area)
    }

    private static func tokenLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        switch state.tokens.subject {
        case .none:
            return [
                .init("No token yet."), .init(""),
                .init(runs: [.init("p", .chromeKey), .init("  paste one; a plain paste does too")]),
                .init(runs: [.init("f", .chromeKey), .init("  fetch one with client credentials")]),
                .init(runs: [.init(":token file PATH", .chromeKey), .init("  read one")]),
                .init(runs: [.init("a", .chromeKey), .init("  show the rights without a token")]), .init(""),
                .init("It is kept in memory only, and forgotten", .muted),
                .init("on x, at the end, or after 10 idle minutes.", .muted),
            ]
        case .anonymous:
            return [.init("A client without authentication."), .init(""), .init("p  paste a token instead", .muted)]
        case .principal(let name):
            return [
                .init("Principal \(CellText.sanitised(name)), by name."),
                .init("Rules that read its claims see none: paste its token", .muted),
                .init("to know for sure.", .muted),
            ]
        case .token(let held): return self.heldLines(held, state, columns: columns)
        }
    }

    private static func heldLines(_ held: Held, _ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let parts = held.text.split(separator: ".", omittingEmptySubsequences: false).map { String($0.prefix(10)) }
        var lines: [TextOverlay.Line] = []
        if parts.count == 3 {
            lines.append(
                .init(runs: [
                    .init(CellText.sanitised(parts[0]) + "...", .jwtHeader), .init("."),
                    .init(CellText.sanitised(parts[1]) + "...", .jwtPayload), .init("."),
                    .init("***", .jwtSignature),
                ]))
        }
        lines += TextOverlay.Line.field("source", held.source, columns: columns, width: 9, role: .muted)
        if held.cutAway > 0 {
            lines += TextOverlay.Line.field(
                "", "\(held.cutAway) characters around it cut away", columns: columns, width: 9, role: .stateWarn)
        }
        guard case .success(let decoded) = held.decoded else {
            if case .failure(let failure) = held.decoded {
                lines += CellText.wrapped(failure.sentence, columns: columns).map { .init($0, .inputError) }
            }
            return lines
        }
        lines.append(.init(runs: [.init("header   "), .init(self.flat(decoded.header), .jwtHeader)]))
        guard state.tokens.areClaimsShown else {
            return lines + [.init("claims   hidden (r shows them)", .muted)]
        }
        var claims = JSONText.lines(decoded.payload)
        claims = claims.map { self.annotated($0, decoded, state) }
        lines += claims.dropFirst(min(state.tokens.claimsTop, max(0, claims.count - 1)))
        lines.append(.init(runs: [.init("signature  \(decoded.signatureLength) bytes", .jwtSignature)]))
        return lines
    }

    private static func flat(_ value: JSONValue) -> String {
        JSONText.lines(value).map { $0.text.trimmingSpaces }.joined(separator: " ")
    }

    /// Puts a claim's meaning behind it: times in words, what the principal is.
    private static func annotated(_ line: TextOverlay.Line, _ decoded: DecodedToken, _ state: ConsoleState)
        -> TextOverlay.Line
    {
        var line = line
        func isKey(_ name: String) -> Bool { line.runs.contains { $0.role == .syntaxKey && $0.text == "\"\(name)\"" } }
        for name in ["exp", "iat", "nbf"] where isKey(name) {
            guard let date = decoded.date(name) else { continue }
            let seconds = date.timeIntervalSince(state.now)
            let words = seconds >= 0 ? "in \(NumberText.age(seconds))" : "\(NumberText.age(-seconds)) ago"
            line.runs.append(
                .init("   \(NumberText.clock(date))Z  \(words)", name == "exp" && seconds < 0 ? .stateWarn : .muted))
        }
        if isKey("sub"), case .success(let report)? = state.tokens.report, report.principal == decoded.text("sub") {
            line.runs.append(.init("   < principal", .muted))
        }
        if let name = line.runs.first(where: { $0.role == .syntaxKey })?.text.filter({ $0 != "\"" }) {
            let paths = ["claims.\(name)", "claims['\(name)']", "claims[\"\(name)\"]"]
            for (policy, texts) in self.expressions(state)
            where texts.contains(where: { text in paths.contains { text.mentions($0) } }) {
                line.runs.append(.init("   < used by \(policy)", .accent))
            }
        }
        return line
    }

    /// The expressions in the virtual cluster's policies, by the policy's name.
    private static func expressions(_ state: ConsoleState) -> [(policy: String, texts: [String])] {
        guard let cluster = self.cluster(state) else { return [] }
        let policies =
            state.data.gatewayConfiguration?.virtualClusters.first { $0.virtualCluster.id == cluster.id }?
            .clusterPolicies ?? []
        return zip(PolicyNames.names(policies.map(\.name)), policies).compactMap { name, policy in
            guard policy.enabled else { return nil }
            let names = policy.rules.compactMap { rule -> String? in
                if case .expression(let text) = rule.resourceNames { return text }
                return nil
            }
            return (name, names + [policy.condition].compactMap { $0 })
        }
    }

    // MARK: Checks

    private static func checkSummary(_ state: ConsoleState) -> String {
        guard case .success(let report)? = state.tokens.report else { return "" }
        func count(_ outcome: TokenCheckReport.Check.Outcome) -> Int { report.checks.count { $0.outcome == outcome } }
        return [
            "\(count(.passed)) ok", count(.warning) > 0 ? "\(count(.warning)) warn" : "",
            count(.failed) > 0 ? "\(count(.failed)) FAILED" : "",
        ]
        .filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func drawChecks(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard area.rows > 0 else { return }
        var row = area.row
        func line(_ text: String, _ role: Role, into grid: inout Grid) {
            guard row < area.endRow else { return }
            grid.line(
                text, column: area.column + 1, row: row, columns: area.columns - 2, role: role, glyphs: state.glyphs)
            row += 1
        }
        guard state.tokens.held != nil else {
            return line("A token gets ten checks here.", .muted, into: &grid)
        }
        switch state.tokens.report {
        case nil:
            let hasCluster = self.cluster(state) != nil
            line(
                hasCluster ? "asking the engine..." : "there is no virtual cluster to check it", .muted,
                into: &grid)
        case .failure(let error):
            for text in CellText.wrapped(error.message, columns: max(1, area.columns - 2)) {
                line(text, .inputError, into: &grid)
            }
        case .success(let report):
            let columns = max(1, area.columns - 2)
            let all = self.checkLines(report, state, columns: columns, folds: false)
            grid.lines(
                all.count <= area.rows ? all : self.checkLines(report, state, columns: columns, folds: true), in: area)
        }
    }

    /// The verdict, then the checks: in the engine's order, or where that is too long what failed first and the rest
    /// folded.
    private static func checkLines(
        _ report: TokenCheckReport, _ state: ConsoleState, columns: Int, folds: Bool
    ) -> [TextOverlay.Line] {
        var lines = TextOverlay.Line.wrapped(
            self.verdict(state), columns: columns, role: report.accepted ? .stateOK : .stateDown)
        func names(_ checks: [TokenCheckReport.Check]) -> String { checks.map(\.name).joined(separator: ", ") }
        func add(_ mark: String, _ role: Role, _ text: String, _ textRole: Role) {
            for (index, line) in CellText.wrapped(CellText.sanitised(text), columns: max(8, columns - 7)).enumerated() {
                lines.append(
                    .init(runs: [.init(index == 0 ? mark + " " : "       ", role), .init(line, textRole)]))
            }
        }
        func of(_ outcome: TokenCheckReport.Check.Outcome) -> [TokenCheckReport.Check] {
            report.checks.filter { $0.outcome == outcome }
        }
        let shown = folds ? of(.failed) + of(.warning) : report.checks.filter { $0.outcome != .skipped }
        for check in shown {
            switch check.outcome {
            case .passed: add("[ ok ]", .stateOK, "\(check.name): \(check.detail)", .base)
            case .failed: add("[FAIL]", .stateDown, "\(check.name): \(check.detail)", .base)
            case .warning where folds:
                // One line each, so that none hides the others.
                lines.append(
                    .init(runs: [.init("[WARN] ", .stateWarn), .init("\(check.name): \(check.detail)", .base)]))
            case .warning: add("[WARN]", .stateWarn, "\(check.name): \(check.detail)", .base)
            case .skipped: break
            }
        }
        let passed = of(.passed)
        if folds, !passed.isEmpty { add("[ ok ]", .stateOK, "\(passed.count) ok: \(names(passed))", .base) }
        let skipped = of(.skipped)
        if !skipped.isEmpty { add("[ -- ]", .muted, "not reached: \(names(skipped))", .muted) }
        return lines
    }

    // MARK: Matrix and why

    private static func drawMatrix(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        guard area.rows > 0 else { return }
        func note(_ text: String, _ role: Role, into grid: inout Grid) {
            grid.line(
                text, column: area.column + 1, row: area.row, columns: area.columns - 2, role: role,
                glyphs: state.glyphs)
        }
        switch state.tokens.matrix {
        case nil:
            note(
                state.tokens.matrixRequest == nil
                    ? "Rights appear here: every topic, group and the cluster, as the engine decides."
                    : "asking the engine...", .muted, into: &grid)
        case .failure(let error): note(error.message, .inputError, into: &grid)
        case .success(let matrix):
            var notes: [(String, Role)] = matrix.warnings.map { ("WARN  " + $0, .stateWarn) }
            if let comparison = state.tokens.comparison {
                if let other = comparison.matrix {
                    let changes = AccessMatrixView.changes(matrix, against: other)
                    notes.insert(
                        (
                            "compared with \(comparison.label): "
                                + (changes.isEmpty
                                    ? "no difference"
                                    : "\(AccessChanges.between(other, matrix).count) rights differ (A+ only here, "
                                        + "D! only there; Esc ends)"),
                            .accent
                        ), at: 0)
                    if area.rows >= 16 { notes += changes.prefix(4).map { ($0.text, $0.isGain ? .diffAdd : .diffDel) } }
                } else {
                    notes.insert(("comparing with \(comparison.label)...", .muted), at: 0)
                }
            }
            let shown = notes.prefix(max(0, min(notes.count, area.rows / 3)))
            let (table, bottom) = area.splitBottom(shown.count)
            AccessMatrixView(
                matrix: matrix, comparison: state.tokens.comparison?.matrix, row: state.tokens.row,
                column: state.tokens.column,
                isFocused: true, glyphs: state.glyphs
            ).draw(into: &grid, area: table)
            for (index, entry) in shown.enumerated() {
                grid.line(
                    entry.0, column: bottom.column + 1, row: bottom.row + index, columns: bottom.columns - 2,
                    role: entry.1, glyphs: state.glyphs)
            }
        }
    }

    private static func drawWhy(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(area, title: "Why", glyphs: state.glyphs)
        guard case .success(let explanation)? = state.tokens.explanation else { return }
        var row = inner.row
        for line in self.whyLines(explanation) {
            for text in CellText.wrapped(CellText.sanitised(line.text), columns: max(1, inner.columns - 2)) {
                guard row < inner.endRow else { return }
                grid.write(text, column: inner.column + 1, row: row, role: line.runs.first?.role ?? .base, limit: inner)
                row += 1
            }
        }
    }

    static func whyLines(_ explanation: AccessExplanation) -> [TextOverlay.Line] {
        var lines: [TextOverlay.Line] = [
            .init(
                "\(explanation.allowed ? "ALLOW" : "DENY")  \(explanation.principal)",
                explanation.allowed ? .decisionAllow : .decisionDeny),
            .init(explanation.reason), .init("decided by \(RuleName.shown(explanation.rule))", .muted),
            .init(""),
        ]
        for step in explanation.steps {
            let name = RuleName.name(policy: step.policy, rule: step.rule)
            let action = step.action?.rawValue ?? "as a whole"
            lines.append(
                .init(
                    "\(name)  \(action)   \(step.matched ? "MATCH" : "no match")",
                    step.matched ? .strong : .base))
            lines += step.details.map { .init("    \($0)", .muted) }
        }
        return lines + [.init(""), .init("A matching deny wins over any allow.", .muted)]
    }

    // MARK: Probes

    private static func drawProbes(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        var row = area.row
        guard !state.tokens.probes.isEmpty else {
            if area.rows > 0 {
                grid.line(
                    "L lists topics through a real listener and compares with the prediction.", column: area.column + 1,
                    row: row, columns: area.columns - 2, role: .muted, glyphs: state.glyphs)
            }
            return
        }
        var agreeing = 0
        var compared = 0
        for probe in state.tokens.probes {
            guard row < area.endRow else { return }
            let (text, role): (String, Role)
            switch probe.report {
            case nil: (text, role) = ("$ \(probe.label)   asking...", .muted)
            case .failure(let error): (text, role) = ("$ \(probe.label)   \(error.message)", .inputError)
            case .success(let report):
                let seen =
                    report.succeeded
                    ? (report.topics.isEmpty ? "(empty)" : report.topics.joined(separator: ", ")) : report.detail
                var judgement = ""
                if let predicted = report.predictedTopics {
                    compared += 1
                    let agrees = report.succeeded ? predicted == report.topics : predicted.isEmpty
                    if agrees { agreeing += 1 }
                    judgement = agrees ? "   as predicted" : "   NOT as predicted: \(predicted.joined(separator: ", "))"
                }
                (text, role) = (
                    "$ \(probe.label)   via \(report.address)   \(seen)   \(NumberText.fixed(report.milliseconds, 0)) ms\(judgement)",
                    judgement.contains("NOT") ? .stateDown : .base
                )
            }
            grid.line(
                text, column: area.column + 1, row: row, columns: area.columns - 2, role: role, glyphs: state.glyphs)
            row += 1
        }
        if compared > 0, row + 1 < area.endRow {
            let words =
                agreeing == compared
                ? "prediction and engine agree on \(agreeing) of \(compared) probes"
                : "prediction and engine differ; this is a bug in Sluice, please report it"
            grid.line(
                words, column: area.column + 1, row: row + 1, columns: area.columns - 2,
                role: agreeing == compared ? .stateOK : .stateDown, glyphs: state.glyphs)
        }
    }
}

extension String {
    /// Whether it mentions `path` as a whole: `claims.team` is not mentioned by `claims.teams`.
    fileprivate func mentions(_ path: String) -> Bool {
        self.ranges(of: path).contains { range in
            guard path.last != "]", range.upperBound < self.endIndex else { return true }
            let next = self[range.upperBound]
            return !(next.isLetter || next.isNumber || next == "_" || next == "-")
        }
    }
}
