import Foundation
import Resources

/// The columns that principals can be sorted by.
enum PrincipalSort: String, SortColumn {
    case denials, principal, connections, allow, deny, total, last, traffic

    var title: String {
        switch self {
        case .denials: "denials in the window"
        case .principal: "name"
        case .connections: "connections"
        case .allow: "allowed a second"
        case .deny: "denied a second"
        case .total: "decisions since the engine started"
        case .last: "last denial"
        case .traffic: "bytes a second"
        }
    }

    var letter: Character? {
        switch self {
        case .denials: "D"
        case .principal: "P"
        case .connections: "K"
        case .allow: "A"
        case .last: "L"
        case .traffic: "O"
        case .deny, .total: nil
        }
    }

    /// Names in this order: those with most first, equals by name.
    func order(
        _ principals: [PrincipalRollup], window: TimeWindow, second: Int, lastDenial: (String) -> Date?,
        isReversed: Bool
    ) -> [String] {
        if self == .principal {
            let names = principals.map(\.name).sortedByBytes()
            return isReversed ? names.reversed() : names
        }
        let keyed = principals.map { principal -> (key: Double, tie: Double, name: String) in
            let key: Double =
                switch self {
                case .denials: principal.deniedTotal(window, at: second)
                case .connections: Double(principal.presence.connections)
                case .allow: principal.allowRate
                case .deny: principal.denyRate
                case .total: Double(principal.totals.all)
                case .last: lastDenial(principal.name)?.timeIntervalSince1970 ?? 0
                case .traffic: principal.presence.inRate + principal.presence.outRate
                case .principal: 0
                }
            return (key, Double(principal.totals.allowed), principal.name)
        }
        return keyed.sorted { left, right in
            if left.key != right.key { return isReversed ? left.key < right.key : left.key > right.key }
            if left.tie != right.tie { return left.tie > right.tie }
            return WireName(left.name) < WireName(right.name)
        }.map(\.name)
    }
}
