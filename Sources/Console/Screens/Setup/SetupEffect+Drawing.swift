import EngineInterface
import Resources

extension SetupScreen {
    /// The effect in lines: words, not colours alone.
    static func effectLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let answers = state.setup.answers
        if !answers.makesACL { return [.init("No policy: with ACLs enforced nobody may do anything.", .stateWarn)] }
        if answers.makesVirtualCluster, !answers.enforcesACLs {
            return [.init("ACLs are off: the backend decides, not these rules.", .stateWarn)]
        }
        let effect = state.setup.effect
        func wrapped(_ text: String, _ role: Role) -> [TextOverlay.Line] {
            CellText.wrapped(CellText.sanitised(text), columns: max(1, columns)).map { .init($0, role) }
        }
        if let problem = effect.failure(.client, .anonymous) { return wrapped(problem, .inputError) }
        guard let client = effect.matrix(.client), let anonymous = effect.matrix(.anonymous) else {
            if effect.isAsked(.client) { return [.init("asking the engine...", .statePending)] }
            return wrapped("Told once no field of this step needs you.", .muted)
        }
        let name = min(26, max(12, columns / 3))
        let cell = max(8, (columns - name) / 2)
        func padded(_ text: String, _ width: Int) -> String {
            let cut = CellText.cut(CellText.sanitised(text), to: max(0, width - 1), ellipsis: state.glyphs.ellipsis)
            return cut + String(repeating: " ", count: max(0, width - CellText.width(cut)))
        }
        let who = self.preview(state).principal
        // With clients there the first question is what happens to them.
        var lines = self.liveLines(state, columns: columns)
        lines.append(
            .init(
                padded("RESOURCE", name) + padded(answers.allowsAnonymous ? "anonymous" : "no token", cell)
                    + padded(who == "CLIENT_ID" ? "the new client" : who, cell), .tableHeader))
        for row in client.rows {
            let other = anonymous.rows.first { $0.resource == row.resource }
            lines.append(
                .init(runs: [
                    .init(padded("\(row.resource.type.rawValue) \(row.resource.name)", name)),
                    self.verdict(other?.cells ?? [], cell, isLetIn: answers.allowsAnonymous, padded),
                    self.verdict(row.cells, cell, isLetIn: true, padded),
                ]))
        }
        for warning in client.warnings { lines += wrapped("! " + warning, .stateWarn) }
        if answers.makesVirtualCluster {
            lines += wrapped("Connections that would change now: none, the virtual cluster is new.", .muted)
        }
        return lines
    }

    /// Connections that would change, and those whose clients gain or lose something.
    private static func liveLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        guard !state.setup.answers.makesVirtualCluster else { return [] }
        let effect = state.setup.effect
        let all = effect.connections.values.reduce(0, +)
        guard all > 0 else { return [.init("Connections that would change now: 0 of 0", .muted)] }
        var changed: [(principal: String, count: Int, gained: Int, lost: Int)] = []
        var known = 0
        for (principal, count) in self.ranked(effect.connections) {
            guard let change = effect.change(of: principal) else { continue }
            known += count
            if change != (0, 0) { changed.append((principal, count, change.gained, change.lost)) }
        }
        let total = changed.reduce(0) { $0 + $1.count }
        var head = "Connections that would change now: \(total) of \(all)"
        if known < all { head += " (of \(known) known)" }
        var lines: [TextOverlay.Line] = [.init(head, total > 0 ? .stateWarn : .base)]
        for (principal, count, gained, lost) in changed.prefix(3) {
            let connections = count == 1 ? "1 connection" : "\(count) connections"
            let parts = [
                gained > 0 ? "gains \(gained)" : nil, lost > 0 ? "loses \(lost)" : nil,
            ].compactMap { $0 }
            lines.append(
                .init(
                    CellText.cut(
                        "  \(CellText.sanitised(principal))  \(connections): \(parts.joined(separator: ", "))",
                        to: max(1, columns), ellipsis: state.glyphs.ellipsis), lost > 0 ? .stateWarn : .base))
        }
        let readsClaims = state.setup.answers.rules.contains { $0.names == .claim }
        if readsClaims, effect.connections.keys.contains(where: { $0 != "anonymous" }) {
            lines.append(.init("  Claims of their tokens are not known here: rules from a claim do not count.", .muted))
        }
        return lines
    }

    /// Which topics of the backend a rule is about now.
    static func matchNotes(rule: Int, _ state: ConsoleState) -> [FormItem.Note] {
        let effect = state.setup.effect
        guard state.setup.answers.rules.indices.contains(rule),
            state.setup.answers.rules[rule].resourceType == .topic, effect.isAsked(.topics)
        else { return [] }
        if let problem = effect.failure(.topics) {
            return [.init("which topics match is not known: \(CellText.sanitised(problem))", .muted)]
        }
        guard let topics = effect.topics else { return [.init("which topics match now?", .statePending)] }
        if topics.isEmpty { return [.init("the backend has no topic yet", .muted)] }
        let asked = min(topics.count, self.maximumTopics)
        let there = (asked < topics.count ? "the first " : "") + (asked == 1 ? "1 topic" : "\(asked) topics")
        guard let matches = effect.matches(rule: rule) else {
            return effect.isAsked(.matches(rule: rule)) ? [.init("which topics match now?", .statePending)] : []
        }
        guard !matches.isEmpty else { return [.init("! none of \(there) matches now", .stateWarn)] }
        let names = matches.prefix(4).map { CellText.sanitised($0) }.joined(separator: ", ")
        return [
            .init("\(matches.count) of \(there) \(matches.count == 1 ? "matches" : "match") now"),
            .init("  " + names + (matches.count > 4 ? ", ..." : ""), .muted),
        ]
    }

    private static func verdict(
        _ cells: [AccessMatrix.Cell], _ width: Int, isLetIn: Bool, _ padded: (String, Int) -> String
    ) -> TextOverlay.Run {
        let allowed = cells.filter(\.allowed).map(\.operation.rawValue)
        if !isLetIn { return .init(padded("not let in", width), .decisionDeny) }
        if allowed.isEmpty { return .init(padded("DENY", width), .decisionDeny) }
        if allowed.count == cells.count { return .init(padded("ALLOW all", width), .decisionAllow) }
        let names = "ALLOW \(allowed.joined(separator: " "))"
        let short = "ALLOW \(allowed.count) of \(cells.count)"
        return .init(padded(CellText.width(names) < width ? names : short, width), .decisionAllow)
    }
}
