package import EngineInterface
import Resources

/// The live views as lines: one fact each, no cursor, no colour, for screen readers, pipes and dumb terminals.
package enum PlainText {
    /// `12:41:00Z DENY principal=anonymous op=WRITE topic=orders.v1 rule=default-deny vc=orders client=10.0.4.17:53122`
    /// and `client_id=app-1` behind it.
    package static func line(_ decision: DecisionRecord) -> String {
        let resource: String
        switch decision.resourceType {
        case .topic: resource = "topic=" + Self.value(decision.resourceName)
        case .group: resource = "group=" + Self.value(decision.resourceName)
        case .cluster: resource = "cluster"
        case .transactionalID: resource = "transactional_id=" + Self.value(decision.resourceName)
        }
        return "\(NumberText.clock(decision.time))Z \(VerdictText.word(decision.verdict)) "
            + "principal=\(Self.value(decision.principal)) op=\(decision.operation.rawValue.uppercased()) \(resource) "
            + "rule=\(Self.value(RuleName.shown(decision.rule))) vc=\(Self.value(decision.virtualCluster))"
            + (decision.remoteAddress.map { " client=\(Self.value($0))" } ?? "")
            + (decision.clientID.map { " client_id=\(Self.value($0))" } ?? "")
    }

    /// `10.0.4.17:53122 (app-1)`: the address and the client id of a decision's client.
    package static func client(_ decision: DecisionRecord) -> String {
        let address = decision.remoteAddress ?? "session \(decision.sessionID)"
        return decision.clientID.map { "\(address) (\($0))" } ?? address
    }

    /// `12:41:02Z ERROR jwks: cannot fetch keys url=https://auth.example/jwks`
    package static func line(_ line: LogLine) -> String {
        let facts = line.metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.value($0.value))" }.joined()
        return "\(NumberText.clock(line.time))Z \(LevelText.short(line.level)) \(CellText.sanitised(line.component)): "
            + CellText.sanitised(line.message) + facts
    }

    /// The differences between two snapshots; everything if there is no earlier one.
    package static func changes(from old: LiveSnapshot?, to new: LiveSnapshot) -> [String] {
        let time = NumberText.clock(new.time) + "Z"
        return
            (Self.connections(old, new) + Self.counters(old, new) + Self.components(old, new) + Self.limits(old, new))
            .map {
                "\(time) \($0)"
            }
    }

    private static func connections(_ old: LiveSnapshot?, _ new: LiveSnapshot) -> [String] {
        let before = Dictionary((old?.connections ?? []).map { ($0.sessionID, $0) }, uniquingKeysWith: { $1 })
        let now = Set(new.connections.map(\.sessionID))
        var lines: [String] = []
        for connection in new.connections.sorted(by: { $0.sessionID < $1.sessionID }) {
            guard let known = before[connection.sessionID] else {
                lines.append("CONNECTED \(Self.facts(connection))")
                continue
            }
            if known.principal != connection.principal, let principal = connection.principal {
                lines.append(
                    "SIGNED-IN client=\(Self.value(connection.remoteAddress)) principal=\(Self.value(principal)) "
                        + "auth=\(Self.value(connection.authentication ?? "unknown"))")
            }
            if known.state != connection.state, connection.state == .draining || connection.state == .closed {
                lines.append("\(connection.state.rawValue.uppercased()) client=\(Self.value(connection.remoteAddress))")
            }
        }
        for connection in (old?.connections ?? []).sorted(by: { $0.sessionID < $1.sessionID })
        where !now.contains(connection.sessionID) {
            lines.append(
                "DISCONNECTED \(Self.facts(connection)) in=\(connection.bytesIn) out=\(connection.bytesOut) "
                    + "denied=\(connection.denied)")
        }
        if let old, old.connections.count != new.connections.count {
            lines.append("CONNECTIONS \(new.connections.count)")
        }
        return lines
    }

    private static func facts(_ connection: ConnectionView) -> String {
        var facts = "client=\(Self.value(connection.remoteAddress)) listener=\(Self.value(connection.listener))"
        if let cluster = connection.virtualCluster { facts += " vc=\(Self.value(cluster))" }
        if let principal = connection.principal { facts += " principal=\(Self.value(principal))" }
        if let clientID = connection.clientID { facts += " client_id=\(Self.value(clientID))" }
        if !connection.software.isEmpty { facts += " software=\(Self.value(connection.software))" }
        return facts
    }

    /// A line for each principal whose counts grew.
    private static func counters(_ old: LiveSnapshot?, _ new: LiveSnapshot) -> [String] {
        let before = Self.totals(old)
        return Self.totals(new).sorted { $0.key < $1.key }.compactMap { name, totals in
            let known = before[name] ?? Traffic.Totals()
            guard totals != known else { return nil }
            // Without a moment before there is nothing that it grew from.
            func part(_ word: String, _ now: UInt64, _ then: UInt64) -> String {
                old == nil || now <= then ? " \(word)=\(now)" : " \(word)=\(now)(+\(now - then))"
            }
            return "PRINCIPAL \(Self.value(name.text))" + part("allowed", totals.allowed, known.allowed)
                + part("denied", totals.denied, known.denied) + part("filtered", totals.filtered, known.filtered)
        }
    }

    private static func totals(_ snapshot: LiveSnapshot?) -> [WireName: Traffic.Totals] {
        var totals: [WireName: Traffic.Totals] = [:]
        for counter in snapshot?.counters ?? [] {
            totals[WireName(counter.key.principal), default: .init()].add(counter.key.verdict, counter.count)
        }
        return totals
    }

    private static func components(_ old: LiveSnapshot?, _ new: LiveSnapshot) -> [String] {
        func key(_ status: ComponentStatus) -> [String] { [status.gateway, status.kind, status.name] }
        let before = Dictionary((old?.components ?? []).map { (key($0), $0) }, uniquingKeysWith: { $1 })
        let now = Set(new.components.map(key))
        var lines: [String] = new.components.compactMap { status in
            guard before[key(status)] != status else { return nil }
            return "\(status.kind.uppercased()) \(Self.value(status.name)) \(status.state.rawValue)"
                + (status.reason.map { " reason=\(Self.value($0))" } ?? "")
        }
        lines += (old?.components ?? []).filter { !now.contains(key($0)) }.map {
            "\($0.kind.uppercased()) \(Self.value($0.name)) REMOVED"
        }
        return lines
    }

    private static func limits(_ old: LiveSnapshot?, _ new: LiveSnapshot) -> [String] {
        let before = Dictionary((old?.limits ?? []).map { ($0.limit, $0.count) }, uniquingKeysWith: { $1 })
        return new.limits.filter { $0.count != before[$0.limit] ?? 0 }.map { limit in
            "LIMIT \(Self.value(limit.limit.rawValue)) refused=\(limit.count)"
                + (limit.setting.map { " setting=\($0)" } ?? "")
        }
    }

    /// The value as one word, or in quotes, so that it does not run into the next fact.
    private static func value(_ text: String) -> String { OutsideText.value(text) }
}
