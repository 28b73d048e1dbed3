import EngineInterface
import Foundation
import JSON
import Resources

/// A rule that blocks a principal on a virtual cluster, shown before it is put in force.
struct PrincipalBlock: PolicyOffer, Equatable, Sendable {
    /// The connection that it was requested for.
    var connection: ConnectionView
    var principal: ClientPrincipal
    var policy: ProposedPolicy
    /// The principal's rights now, and with the rule.
    var before: AccessMatrix?
    var after: AccessMatrix?
    var beforeRequest = 0
    var afterRequest = 0
    /// The reason why the engine did not answer.
    var problem: String?
    /// Whether it is being put in force.
    var isApplied = false
    var top = 0

    var offeredPolicy: ProposedPolicy { self.policy }

    /// Whether it blocks all anonymous clients, because rules see a client's principal but not its address.
    var isAllAnonymous: Bool { self.principal.isUnauthenticated }

    init(
        _ connection: ConnectionView, principal: ClientPrincipal, cluster: ClusterPlace, taken: Set<String>, now: Date
    ) {
        self.connection = connection
        self.principal = principal
        self.policy = ProposedPolicy(
            name: "deny-" + ProposedPolicy.slug(principal.name, or: "principal"), taken: taken,
            description: "Blocked from the console at \(Timestamp.text(now))",
            condition: principal.condition,
            rules: ResourceType.allCases.map { type in
                ACLRule(resourceType: type, action: .deny, operations: [.all], resourceNames: .globs(["*"]))
            }, cluster: cluster, purpose: "\(principal.words) may do nothing on \(cluster.name)", now: now)
    }

    // MARK: From Live

    static func reasonAgainst(_ state: ConsoleState) -> String? {
        if state.live.block != nil { return nil }
        guard let connection = LiveScreen.lastKnown(under: state) else { return "No connection is under the cursor." }
        guard let principal = connection.principal, let name = connection.virtualCluster else {
            return "This client has not signed in yet. D closes its connection."
        }
        if let reason = ClientPrincipal.reasonAgainstRules(for: principal) { return reason }
        guard
            let cluster = state.virtualCluster(named: name, gateway: connection.gateway)?.cluster.virtualCluster
        else { return ClusterPlace.missing(name, gateway: connection.gateway) }
        return cluster.aclMode == .enforceOnGateway
            ? nil : "'\(name)' enforces no rules: set acl_mode to enforce_on_gateway first (3 Map, e)."
    }

    static func propose(_ state: inout ConsoleState) {
        guard let connection = LiveScreen.lastKnown(under: state), let principal = ClientPrincipal(connection),
            let name = connection.virtualCluster,
            let found = state.virtualCluster(named: name, gateway: connection.gateway)
        else { return }
        var block = PrincipalBlock(
            connection, principal: principal, cluster: found.place,
            taken: Set(found.cluster.clusterPolicies.compactMap(\.name)), now: state.now)
        func ask(_ rules: AccessRules, _ state: inout ConsoleState) -> Int {
            state.ask(
                .accessMatrix(
                    AccessMatrixQuestion(virtualCluster: found.place.id, subject: principal.subject, rules: rules)),
                for: .live)
        }
        block.beforeRequest = ask(.inForce, &state)
        block.afterRequest = ask(.inForceAnd([block.policy.policy]), &state)
        state.live.block = block
    }

    /// - Returns: Whether the answer belongs to one of its questions.
    static func receive(_ answer: Answer, _ state: inout ConsoleState) -> Bool {
        guard var block = state.live.block, [block.beforeRequest, block.afterRequest].contains(answer.id) else {
            return false
        }
        switch answer.result {
        case .success(.accessMatrix(let matrix)):
            if answer.id == block.beforeRequest { block.before = matrix } else { block.after = matrix }
        case .success: break
        case .failure(let error): block.problem = error.message
        }
        state.live.block = block
        return true
    }

    static func askToApply(_ state: inout ConsoleState) {
        guard let block = state.live.block else { return }
        state.confirm(
            Confirmation(
                title: "Block \(block.subject)?",
                lines: [
                    "Adds the policy \(block.policy.name) to \(block.policy.cluster.words(state)): a deny wins over "
                        + "every rule that allows. \(block.reach(state))", "",
                ] + block.policy.summary.map { "+ " + $0 } + ["", "u undoes it."],
                level: .typeName(block.principal.name), verb: "Block",
                accept: CommandCall("principal block confirmed")))
    }

    static func apply(_ state: inout ConsoleState) {
        state.apply(\.live.block)
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        guard var block = state.live.block else { return }
        let rows = max(1, state.bodyArea.rows - 2)
        let last = max(0, block.lines(state, columns: state.bodyArea.columns - 4).count - rows)
        block.top = motion.scrolled(from: block.top, page: rows, last: last)
        state.live.block = block
    }

    // MARK: Words

    private var subject: String { self.isAllAnonymous ? "all anonymous clients" : self.principal.name }

    /// The number of connections that it affects now.
    private func reach(_ state: ConsoleState) -> String {
        let count = state.data.traffic.connections.count {
            $0.virtualCluster == self.connection.virtualCluster && $0.gateway == self.connection.gateway
                && ClientPrincipal($0)?.isSame(as: self.principal) ?? false
        }
        return count == 1
            ? "1 open connection is denied everything from its next request on; D closes it."
            : "\(count) open connections are denied everything from their next requests on; D closes one."
    }

    func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "Block \(self.subject)", trailing: "A apply  c copy YAML  Esc back", isFocused: true,
            glyphs: state.glyphs)
        if inner.columns >= 110 {
            let (left, right) = inner.splitLeft(inner.columns / 2)
            grid.lines(self.ruleLines(state, columns: left.columns - 2), in: left, from: self.top)
            grid.lines(self.effectLines(state, columns: right.columns - 2), in: right)
        } else {
            grid.lines(self.lines(state, columns: inner.columns - 2), in: inner, from: self.top)
        }
    }

    private func lines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        // On small screens the effect comes before the YAML.
        self.effectLines(state, columns: columns) + [.init("")] + self.ruleLines(state, columns: columns)
    }

    private func ruleLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        [.init("The rule that is added", .chromeTitle)]
            + self.policy.yamlLines(columns: columns)
    }

    private func effectLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        var lines: [TextOverlay.Line] = [.init("Effect, by the engine's own rules", .chromeTitle)]
        lines += TextOverlay.Line.wrapped(self.reach(state), columns: columns)
        if self.isAllAnonymous {
            let address = HostPort.withoutPort(self.connection.remoteAddress)
            lines += TextOverlay.Line.wrapped(
                "Rules see who a client is, not its address, so this blocks every anonymous client of "
                    + "\(self.policy.cluster.name), not \(address) alone. A firewall can refuse one address.",
                columns: columns, role: .stateWarn)
        }
        if let problem = self.problem {
            lines += TextOverlay.Line.wrapped(problem, columns: columns, role: .inputError)
        } else if let before = self.before, let after = self.after {
            let changes = AccessChanges.between(before, after)
            lines.append(.init(""))
            lines.append(.init("What \(self.subject) could no longer do, of what exists now", .muted))
            if changes.isEmpty { lines.append(.init("nothing, because it may do nothing now", .muted)) }
            lines += AccessChanges.lines(changes, columns: columns, limit: 12)
            if !self.isAllAnonymous {
                lines += TextOverlay.Line.wrapped(
                    "Its claims are not known here; it also loses what rules that read claims allow.", columns: columns,
                    role: .muted)
            }
        } else {
            lines.append(.init("asking...", .muted))
        }
        lines.append(.init(""))
        lines.append(
            state.options.readOnlyReason.map { .init("A is off: \($0)", .inputDisabled) }
                ?? .init("Nothing changes until you press A and type the name.", .muted))
        return lines
    }
}
