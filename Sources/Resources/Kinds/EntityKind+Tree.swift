/// The kinds of the resource model, each in its place.
extension EntityKind {
    /// Parents before children; what refers comes behind what it refers to, so that entities can be made in this order.
    package static let all: [EntityKind] = [
        .authServer, .scope, .claim, .client,
        .gateway, .backendCluster, .virtualCluster, .clusterPolicy, .listener, .listenerPolicy,
    ]

    package static var roots: [EntityKind] { self.all.filter { $0.parent == nil } }

    /// What lies below, in the order in which it can be made.
    package var children: [EntityKind] { Self.all.filter { $0.parent == self } }

    /// Itself and what it lies below, the root first.
    package var line: [EntityKind] { (self.parent?.line ?? []) + [self] }

    /// The path of the list in the management API, with captures: `/v1/event-gateways/:gatewayId/listeners`.
    package var collectionPath: String {
        guard let parent = self.parent else { return self.collection }
        return "\(parent.path)/\(self.collection)"
    }

    /// The path of one entity: `/v1/event-gateways/:gatewayId/listeners/:eventGatewayListenerId`.
    package var path: String { "\(self.collectionPath)/:\(self.capture)" }

    /// The path of the order of the chain.
    package var chainPath: String? {
        guard let chain = self.chain, let parent = self.parent else { return nil }
        return "\(parent.path)/\(chain)"
    }

    /// The path of a list, with ids: `/v1/event-gateways/7f…/listeners`.
    package func collectionPath(of parents: [String]) -> String {
        var path = ""
        for (kind, id) in zip(self.line, parents) { path += (path.isEmpty ? "" : "/") + "\(kind.collection)/\(id)" }
        return path.isEmpty ? self.collection : "\(path)/\(self.collection)"
    }
}
