internal import GatewayModel
internal import Hummingbird
internal import Identity
internal import Store

/// The calls on a chain of policies, where they do not differ between kinds.
struct PolicyRoutes<Owner: StoredEntity, Configuration: StoredPolicyConfiguration>: Sendable {
    typealias Entry = Policy<Configuration>

    /// The owner's path: `.../listeners/:eventGatewayListenerId`.
    var owner: String
    /// Name of the owner's id in paths.
    var ownerCapture: String
    /// `policies`, `cluster-policies`.
    var collection: String
    /// `policy-chain`, `cluster-policy-chain`.
    var chain: String
    var filters: [String: [ListFilter.Operator]]
    /// Where the policy stands or is to stand.
    struct Place: Sendable {
        var gateway: String
        var owner: String
        var policy: String
    }
    /// Reads the body of a create or replace call.
    var read: @Sendable (BodyReader, EntityStamp, StoreTransaction, Place) throws -> Entry?
    /// Reads a patch.
    var change: @Sendable (Entry, BodyReader, StoreTransaction, Place) throws -> Entry

    func table(of api: ControlAPI) -> RouteTable {
        var routes = RouteTable()
        let path = "\(self.owner)/\(self.collection)"
        let one = "\(path)/:policyId"

        routes.get(path) { request, context in
            let place = try self.place(context, policy: "")
            let query = try request.listQuery(
                ListQueryRules(paging: .none, filters: self.filters, types: ["parent_policy_id": .id]))
            let policies = try await api.store.read { snapshot in
                try self.checkOwner(place, snapshot)
                return try snapshot.list(Entry.self, in: place.owner)
            }
            return try .json(
                policies.filter { policy in
                    query.matches { $0 == "name" ? policy.name ?? "" : policy.parentPolicyID }
                })
        }

        routes.post(path) { request, context in
            let stamp = EntityStamp.new()
            let place = try self.place(context, policy: stamp.id)
            let body = try await request.json()
            let neighbour = try Neighbour(request.queryItems)
            let policy = try await api.changes.change { transaction in
                try self.checkOwner(place, transaction)
                let policy = try BodyReader.read(body) { try self.read($0, stamp, transaction, place) }
                let index = try neighbour.index(in: transaction.chain(Entry.self, in: place.owner))
                try transaction.insert(policy, in: place.owner, at: index)
                return policy
            }
            return try .json(policy, status: .created)
        }

        routes.get(one) { _, context in
            let place = try self.place(context)
            let policy = try await api.store.read { snapshot in
                try self.checkOwner(place, snapshot)
                return try snapshot.get(Entry.self, id: place.policy, in: place.owner)
            }
            return try .json(policy)
        }

        for isPatch in [false, true] {
            routes.on(isPatch ? .patch : .put, one) { request, context in
                let place = try self.place(context)
                let body = try await request.json()
                let now = Timestamp.now()
                let policy = try await api.changes.change { transaction in
                    try self.checkOwner(place, transaction)
                    let stored = try transaction.get(Entry.self, id: place.policy, in: place.owner)
                    let stamp = EntityStamp(id: stored.id, createdAt: stored.createdAt, updatedAt: now)
                    var policy = try BodyReader.read(body) { reader in
                        isPatch
                            ? try self.change(stored, reader, transaction, place)
                            : try self.read(reader, stamp, transaction, place)
                    }
                    policy.updatedAt = now
                    policy.parentPolicyID = stored.parentPolicyID
                    try transaction.replace(policy, in: place.owner)
                    return policy
                }
                return try .json(policy)
            }
        }

        routes.delete(one) { _, context in
            let place = try self.place(context)
            try await api.changes.change { transaction in
                try self.checkOwner(place, transaction)
                try transaction.delete(Entry.self, id: place.policy, in: place.owner)
            }
            return .noContent
        }

        self.addOrder(to: &routes, api: api)
        return routes
    }

    private func addOrder(to routes: inout RouteTable, api: ControlAPI) {
        routes.post("\(self.owner)/\(self.collection)/:policyId/move") { request, context in
            let place = try self.place(context)
            let body = try await request.json()
            try await api.changes.change { transaction in
                try self.checkOwner(place, transaction)
                _ = try transaction.get(Entry.self, id: place.policy, in: place.owner)
                let index = try BodyReader.read(body) { $0["index"].integer(in: 0...Int(Int32.max)) }
                var ids = try transaction.chain(Entry.self, in: place.owner).filter { $0 != place.policy }
                ids.insert(place.policy, at: min(index, ids.count))
                try transaction.reorder(Entry.self, in: place.owner, ids: ids)
            }
            return .noContent
        }

        routes.get("\(self.owner)/\(self.chain)") { _, context in
            let place = try self.place(context, policy: "")
            let ids = try await api.store.read { snapshot in
                try self.checkOwner(place, snapshot)
                return try snapshot.chain(Entry.self, in: place.owner)
            }
            return try .json(["policies": ids])
        }

        routes.put("\(self.owner)/\(self.chain)") { request, context in
            let place = try self.place(context, policy: "")
            let body = try await request.json()
            let ids = try await api.changes.change { transaction in
                try self.checkOwner(place, transaction)
                let current = try transaction.chain(Entry.self, in: place.owner)
                let ids = try BodyReader.read(body) { reader -> [String]? in
                    let field = reader["policies"]
                    guard let ids = field.uniqueArray(0..., { $0.string(.uuid)?.lowercased() }) else { return nil }
                    guard Set(ids) == Set(current) else {
                        field.report(
                            .invalid, "must hold exactly the policies of the chain, each once: \(current.sorted())")
                        return nil
                    }
                    return ids
                }
                try transaction.reorder(Entry.self, in: place.owner, ids: ids)
                return ids
            }
            return try .json(["policies": ids])
        }
    }

    private func place(_ context: APIContext, policy: String? = nil) throws -> Place {
        Place(
            gateway: try context.pathParameter("gatewayId"), owner: try context.pathParameter(self.ownerCapture),
            policy: try policy ?? context.pathParameter("policyId"))
    }

    private func checkOwner(_ place: Place, _ snapshot: StoreSnapshot) throws {
        _ = try snapshot.get(Gateway.self, id: place.gateway)
        _ = try snapshot.get(Owner.self, id: place.owner, in: place.gateway)
    }
}

/// Where a new policy goes: `?before=<id>`, `?after=<id>`, or the end.
private enum Neighbour: Sendable {
    case none
    case before(String)
    case after(String)

    init(_ query: QueryItems) throws(Problem) {
        switch (query["before"], query["after"]) {
        case (nil, nil): self = .none
        case (let id?, nil): self = .before(id)
        case (nil, let id?): self = .after(id)
        case (.some, .some):
            throw .badRequest(
                ["before", "after"].map { name in
                    InvalidParameter(
                        field: name, rule: .invalid, source: .query, reason: "before and after cannot be given together"
                    )
                })
        }
    }

    func index(in chain: [String]) throws(Problem) -> Int? {
        switch self {
        case .none: return nil
        case .before(let id): return try self.position(of: id, "before", in: chain)
        case .after(let id): return try self.position(of: id, "after", in: chain) + 1
        }
    }

    private func position(of id: String, _ field: String, in chain: [String]) throws(Problem) -> Int {
        guard let position = chain.firstIndex(of: id.lowercased()) else {
            throw .badRequest(
                InvalidParameter(
                    field: field, rule: .missingReference, source: .query,
                    reason: "no policy [\(id.prefix(100))] in this chain"))
        }
        return position
    }
}
