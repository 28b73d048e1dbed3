/// The brokers that may serve a connection to one of a listener's ports.
enum UpstreamCandidates: Equatable {
    /// Best first; empty when none is known.
    case brokers([BrokerAddress])
    /// The port stands for a broker that has left the cluster.
    case absent(nodeID: Int32)
}

/// Chooses the brokers for one connection from a backend's snapshot.
struct UpstreamQuestion: Sendable {
    var port: Int
    var endpoints: BrokerEndpoints
    /// As configured.
    var bootstrapServers: [String]
    /// Spreads connections to the bootstrap port over the brokers.
    var rotation: Int

    /// A port that stands for a broker leads to that broker alone, since some answers are specific to a node. Any other
    /// port is a bootstrap port, even if it stands for a broker that was never seen.
    func candidates(in snapshot: BackendDirectory.Snapshot) -> UpstreamCandidates {
        if let node = self.endpoints.mapping.brokerID(port: self.port) {
            if let address = snapshot.brokers[node] { return .brokers([address]) }
            if snapshot.knownNodes.contains(node) { return .absent(nodeID: node) }
        }
        var all = snapshot.brokers.sorted { $0.key < $1.key }.map(\.value)
        if !all.isEmpty {
            let start = self.rotation % all.count
            all = Array(all[start...] + all[..<start])
        }
        for text in self.bootstrapServers {
            if let address = BrokerAddress(server: text), !all.contains(address) { all.append(address) }
        }
        // The client is offered the versions of the first candidate, so a broker that has not answered yet cannot be
        // one.
        let known = all.filter { snapshot.versions[$0] != nil }
        return .brokers(known.isEmpty ? all : known)
    }

    /// Whether more knowledge would not change where the connection leads, and what its broker offers is known.
    func isAnswered(by snapshot: BackendDirectory.Snapshot) -> Bool {
        switch self.candidates(in: snapshot) {
        case .absent: true
        case .brokers(let addresses): addresses.first.map { snapshot.versions[$0] != nil } ?? false
        }
    }
}
