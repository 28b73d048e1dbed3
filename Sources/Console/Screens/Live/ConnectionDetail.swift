import EngineInterface
import Foundation
import Resources

/// The facts about one connection, a line each.
enum ConnectionDetail {
    static func lines(_ connection: ConnectionView, state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let traffic = LiveScreen.shown(state)
        let session = traffic.sessions[connection.sessionID]
        let now = traffic.time ?? state.now
        let age = NumberText.age(now.timeIntervalSince(connection.connectedAt))
        var lines: [TextOverlay.Line] = [
            .field("principal", connection.principal.map(state.data.named) ?? "not signed in yet", role: .strong),
            .field(
                "signed in", connection.authentication ?? "not yet"),
            .field("vcluster", connection.virtualCluster ?? "not chosen yet"),
            .field("listener", connection.listener), .field("port", String(connection.localPort)),
            .field("behind", connection.upstream ?? "no broker yet"),
            .field("client id", connection.clientID ?? "not sent"),
            .field("software", connection.software.isEmpty ? "not sent" : connection.software),
            .field("state", connection.state.rawValue),
            .field("since", "\(NumberText.clock(connection.connectedAt))Z, \(age)"),
            .field("requests", NumberText.grouped(connection.requests)),
            .field(
                "in",
                "\(NumberText.bytes(Double(connection.bytesIn))), now \(NumberText.bytes(Double(session?.inRate ?? 0)))/s"
            ),
            .field(
                "out",
                "\(NumberText.bytes(Double(connection.bytesOut))), now \(NumberText.bytes(Double(session?.outRate ?? 0)))/s"
            ),
            .field(
                "denied", NumberText.grouped(connection.denied), role: connection.denied > 0 ? .decisionDeny : .base),
        ]
        var denials: [DecisionEntry] = []
        if connection.denied > 0 {
            state.data.decisions.forEachDenialBackwards { entry in
                if entry.record.sessionID == connection.sessionID { denials.append(entry) }
                return denials.count < 5
            }
        }
        if !denials.isEmpty {
            lines.append(.init(""))
            lines.append(.init("last denials", .muted))
            for entry in denials {
                let record = entry.record
                lines.append(
                    .init(runs: [
                        .init(NumberText.clock(record.time) + " ", .muted),
                        .init(record.operation.rawValue.uppercased() + " ", .decisionDeny),
                        .init(ResourceText.short(record.resourceType, record.resourceName)),
                    ]))
            }
        }
        lines.append(.init(""))
        lines += TextOverlay.Line.wrapped(
            "Enter decisions  p principal  D close  B block  Esc back", columns: columns, role: .muted)
        return lines
    }
}
