import EngineInterface
import Foundation

/// The columns that connections can be sorted by.
enum ConnectionSort: String, SortColumn {
    case client, principal, clientID = "clientid", vcluster, listener, auth, software, age, incoming = "in", outgoing =
        "out", deny

    var title: String {
        switch self {
        case .client: "client address"
        case .principal: "principal"
        case .clientID: "client id"
        case .vcluster: "virtual cluster"
        case .listener: "listener"
        case .auth: "authentication"
        case .software: "client software"
        case .age: "age, oldest first"
        case .incoming: "bytes in a second"
        case .outgoing: "bytes out a second"
        case .deny: "denials"
        }
    }

    var letter: Character? {
        switch self {
        case .client: "K"
        case .principal: "P"
        case .vcluster: "V"
        case .age: "Y"
        case .incoming: "I"
        case .outgoing: "O"
        case .deny: "E"
        case .clientID, .listener, .auth, .software: nil
        }
    }

    /// Session ids in this order; equals by session, so that they keep their places.
    func order(_ connections: [ConnectionView], traffic: Traffic, isReversed: Bool) -> [String] {
        let indices: [Int]
        switch self {
        case .client: indices = Self.sorted(connections, isReversed) { $0.remoteAddress }
        case .principal: indices = Self.sorted(connections, isReversed) { $0.principal ?? "" }
        case .clientID: indices = Self.sorted(connections, isReversed) { $0.clientID ?? "" }
        case .vcluster: indices = Self.sorted(connections, isReversed) { $0.virtualCluster ?? "" }
        case .listener: indices = Self.sorted(connections, isReversed) { $0.listener }
        case .auth: indices = Self.sorted(connections, isReversed) { $0.authentication ?? "" }
        case .software: indices = Self.sorted(connections, isReversed) { $0.software }
        case .age: indices = Self.sorted(connections, isReversed) { $0.connectedAt.timeIntervalSince1970 }
        case .incoming:
            indices = Self.sorted(connections, isReversed) { -(traffic.sessions[$0.sessionID]?.inRate ?? 0) }
        case .outgoing:
            indices = Self.sorted(connections, isReversed) { -(traffic.sessions[$0.sessionID]?.outRate ?? 0) }
        case .deny: indices = Self.sorted(connections, isReversed) { -Double($0.denied) }
        }
        return indices.map { String(connections[$0].sessionID) }
    }

    private static func sorted<Key: Comparable>(
        _ connections: [ConnectionView], _ isReversed: Bool, key: (ConnectionView) -> Key
    ) -> [Int] {
        let keyed = connections.indices.map { (key: key(connections[$0]), id: connections[$0].sessionID, index: $0) }
        let sorted = keyed.sorted { left, right in
            if left.key == right.key { return left.id < right.id }
            return isReversed ? left.key > right.key : left.key < right.key
        }
        return sorted.map(\.index)
    }
}
