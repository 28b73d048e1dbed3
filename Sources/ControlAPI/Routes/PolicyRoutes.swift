internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
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

        routes.add(
            ChangeRoute(.post, path) { _, _ in
                let stamp = EntityStamp.new()
                return { input, transaction in
                    let place = try self.place(input, policy: stamp.id)
                    let neighbour = try Neighbour(input.query)
                    try self.checkOwner(place, transaction)
                    let policy = try BodyReader.read(input.body) { try self.read($0, stamp, transaction, place) }
                    let index = try neighbour.index(in: transaction.chain(Entry.self, in: place.owner))
                    try transaction.insert(policy, in: place.owner, at: index)
                    return try ChangeAnswer(
                        policy, status: .created, tag: try transaction.tag(of: Entry.self, id: policy.id))
                }
            }, to: api.changes)

        routes.get(one) { _, context in
            let place = try self.place(context)
            let (policy, tag) = try await api.store.read { snapshot in
                try self.checkOwner(place, snapshot)
                return (
                    try snapshot.get(Entry.self, id: place.policy, in: place.owner),
                    try snapshot.tag(of: Entry.self, id: place.policy, in: place.owner)
                )
            }
            return try .json(policy, tag: tag)
        }

        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            let place = try self.place(input)
            try self.checkOwner(place, snapshot)
            return try snapshot.tag(of: Entry.self, id: place.policy, in: place.owner)
        }
        for isPatch in [false, true] {
            routes.add(
                ChangeRoute(isPatch ? .patch : .put, one, current: current) { _, _ in
                    let now = Timestamp.now()
                    return { input, transaction in
                        let place = try self.place(input)
                        try self.checkOwner(place, transaction)
                        let stored = try transaction.get(Entry.self, id: place.policy, in: place.owner)
                        let stamp = EntityStamp(id: stored.id, createdAt: stored.createdAt, updatedAt: now)
                        var policy = try BodyReader.read(input.body) { reader in
                            isPatch
                                ? try self.change(stored, reader, transaction, place)
                                : try self.read(reader, stamp, transaction, place)
                        }
                        policy.updatedAt = now
                        policy.parentPolicyID = stored.parentPolicyID
                        try transaction.replace(policy, in: place.owner)
                        return try ChangeAnswer(policy, tag: try transaction.tag(of: Entry.self, id: policy.id))
                    }
                }, to: api.changes)
        }

        routes.add(
            ChangeRoute(.delete, one, takesBody: false, current: current) { _, _ in
                { input, transaction in
                    let place = try self.place(input)
                    try self.checkOwner(place, transaction)
                    try transaction.delete(Entry.self, id: place.policy, in: place.owner)
                    return .noContent()
                }
            }, to: api.changes)

        self.addOrder(to: &routes, api: api)
        return routes
    }

    private func addOrder(to routes: inout RouteTable, api: ControlAPI) {
        routes.add(
            ChangeRoute(
                .post, "\(self.owner)/\(self.collection)/:policyId/move",
                current: { try self.chainTag($0, $1) }
            ) { _, _ in
                { input, transaction in
                    let place = try self.place(input)
                    try self.checkOwner(place, transaction)
                    _ = try transaction.get(Entry.self, id: place.policy, in: place.owner)
                    let index = try BodyReader.read(input.body) { $0["index"].integer(in: 0...Int(Int32.max)) }
                    var ids = try transaction.chain(Entry.self, in: place.owner).filter { $0 != place.policy }
                    ids.insert(place.policy, at: min(index, ids.count))
                    try transaction.reorder(Entry.self, in: place.owner, ids: ids)
                    return .noContent()
                }
            }, to: api.changes)

        routes.get("\(self.owner)/\(self.chain)") { _, context in
            let place = try self.place(context, policy: "")
            let (ids, tag) = try await api.store.read { snapshot in
                try self.checkOwner(place, snapshot)
                return (
                    try snapshot.chain(Entry.self, in: place.owner),
                    try snapshot.chainTag(Entry.self, in: place.owner)
                )
            }
            return try .json(["policies": ids], tag: tag)
        }

        routes.add(
            ChangeRoute(.put, "\(self.owner)/\(self.chain)", current: { try self.chainTag($0, $1) }) { _, _ in
                { input, transaction in
                    let place = try self.place(input, policy: "")
                    try self.checkOwner(place, transaction)
                    let current = try transaction.chain(Entry.self, in: place.owner)
                    let ids = try BodyReader.read(input.body) { reader -> [String]? in
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
                    return try ChangeAnswer(
                        ["policies": ids], tag: try transaction.chainTag(Entry.self, in: place.owner))
                }
            }, to: api.changes)
    }

    private func chainTag(_ input: ChangeInput, _ snapshot: StoreSnapshot) throws -> EntityTag {
        let place = try self.place(input, policy: "")
        try self.checkOwner(place, snapshot)
        return try snapshot.chainTag(Entry.self, in: place.owner)
    }

    private func place(_ input: ChangeInput, policy: String? = nil) throws -> Place {
        Place(
            gateway: try input.parameter("gatewayId"), owner: try input.parameter(self.ownerCapture),
            policy: try policy ?? input.parameter("policyId"))
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
