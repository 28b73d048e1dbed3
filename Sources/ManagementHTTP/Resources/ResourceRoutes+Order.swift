internal import Hummingbird
internal import Resources
internal import Store

/// The order of a chain, which is the operator's.
extension ResourceRoutes {
    func addOrder(to routes: inout RouteTable) {
        guard let path = self.kind.chainPath else { return }
        routes.add(
            ChangeRoute(.post, "\(self.kind.path)/move", .move(self.kind), current: self.chainTag) { _, _ in
                { input, transaction in
                    let place = try self.place(input)
                    let owner = try self.owner(of: place, transaction)
                    _ = try transaction.get(Entity.self, id: place.id, in: owner)
                    let index = try BodyReader.read(input.body) { $0["index"].integer(in: 0...Int(Int32.max)) }
                    var ids = try transaction.chain(Entity.self, in: owner).filter { $0 != place.id }
                    ids.insert(place.id, at: min(index, ids.count))
                    try transaction.reorder(Entity.self, in: owner, ids: ids)
                    return .noContent()
                }
            }, to: self.committer)

        routes.get(path, .order(self.kind)) { _, context in
            let parents = try self.parents { try context.pathParameter($0) }
            let (ids, tag) = try await self.store.read { snapshot in
                let owner = try self.owner(of: Place(id: "", parents: parents), snapshot)
                return (
                    try snapshot.chain(Entity.self, in: owner), try snapshot.chainTag(Entity.self, in: owner)
                )
            }
            return try .json(["policies": ids], tag: tag)
        }

        routes.add(
            ChangeRoute(.put, path, .reorder(self.kind), current: self.chainTag) { _, _ in
                { input, transaction in
                    let owner = try self.owner(of: try self.place(input, id: ""), transaction)
                    let current = try transaction.chain(Entity.self, in: owner)
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
                    try transaction.reorder(Entity.self, in: owner, ids: ids)
                    return try ChangeAnswer(["policies": ids], tag: try transaction.chainTag(Entity.self, in: owner))
                }
            }, to: self.committer)
    }

    @Sendable private func chainTag(_ input: ChangeInput, _ snapshot: StoreSnapshot) throws -> EntityTag? {
        try snapshot.chainTag(Entity.self, in: try self.owner(of: try self.place(input, id: ""), snapshot))
    }

    /// - Throws: 404 when what the chain belongs to is not there.
    private func owner(of place: Place, _ snapshot: StoreSnapshot) throws -> String {
        try snapshot.check(self.kind, place.parents)
        guard let owner = place.parents.last else { throw Problem.notFound("No resource here") }
        return owner
    }
}

/// Where a new policy goes: `?before=<id>`, `?after=<id>`, or the end.
enum Neighbour: Sendable {
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
