package import EngineInterface
package import Resources

extension PlannedChange {
    /// The consequences of a deletion, a sentence each: the entities below it, what stops working, the connected
    /// clients.
    ///
    /// - Parameters:
    ///   - tree: the configuration before the change.
    ///   - connections: all that are open; nil when that is not known.
    package func departures(from tree: ConfigurationTree, connections: [ConnectionView]?) -> [String] {
        guard self.action == .delete, let node = tree.node(self.key) else { return [] }
        var lines: [String] = []
        var below: [EntityKind: Int] = [:]
        var stops: [String] = []
        node.walk(self.key) { key, node in
            if key != self.key { below[node.kind, default: 0] += 1 }
            switch node.kind {
            case .client: stops.append("\(key.title) and its secrets are deleted; it gets no more tokens")
            case .authServer: stops.append("\(key.title) and its signing keys are deleted; its tokens end")
            default: break
            }
        }
        let counts = EntityKind.all.compactMap { kind in below[kind].map { kind.counted($0) } }
        if !counts.isEmpty { lines.append("deleted with it: \(counts.joined(separator: ", "))") }
        lines += stops
        guard let connections else { return lines + ["connected clients are not known"] }
        let concerned = connections.count { $0.isConcerned(by: self.key, tree) }
        if concerned > 0 {
            lines.append(concerned == 1 ? "1 client is connected" : "\(concerned) clients are connected")
        }
        return lines
    }
}

extension EntityKind {
    fileprivate func counted(_ count: Int) -> String {
        if count == 1 { return "1 \(self.title)" }
        return "\(count) " + (self.title.hasSuffix("y") ? self.title.dropLast() + "ies" : self.title + "s")
    }
}

extension ConnectionView {
    /// Whether it runs through an entity.
    fileprivate func isConcerned(by key: EntityKey, _ tree: ConfigurationTree) -> Bool {
        guard let gateway = key.path.first, self.gateway == gateway else { return false }
        guard key.kind != .gateway else { return true }
        switch key.steps.dropFirst().first?.kind {
        case .listener?: return key.path.count > 1 && self.listener == key.path[1]
        case .virtualCluster?: return key.path.count > 1 && self.virtualCluster == key.path[1]
        case .backendCluster?:
            let clusters = tree.gateways.first { $0.gateway.name == gateway }?.virtualClusters ?? []
            return clusters.contains {
                $0.virtualCluster.name == self.virtualCluster && $0.virtualCluster.destination.name == key.path[1]
            }
        default: return false
        }
    }
}
