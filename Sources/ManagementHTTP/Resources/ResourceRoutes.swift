internal import EngineInterface
package import Foundation
package import HTTPTypes
internal import Hummingbird
package import JSON
package import Resources
package import Store

/// The calls on one kind of entity, derived from its description: list, read, create, replace, patch, delete, and the order of
/// its chain.
///
/// What a kind does beyond that is given as closures, or as routes of its own in place of ``Call``s that are left out.
package struct ResourceRoutes<Entity: Resource>: Sendable {
    package enum Call: Sendable { case list, read, create, replace, patch, delete, order }

    package let store: ConfigurationStore
    package let committer: any ChangeCommitter
    /// Judges expressions in bodies.
    package let expressions: StoreSurroundings.ExpressionCheck
    package var now: @Sendable () -> Date = { Timestamp.now() }
    package let answers: EntityAnswers
    private var without: Set<Call> = []

    package init(
        store: ConfigurationStore, committer: any ChangeCommitter,
        answers: EntityAnswers, expressions: @escaping StoreSurroundings.ExpressionCheck
    ) {
        self.answers = answers
        self.store = store
        self.committer = committer
        self.expressions = expressions
    }

    /// Leaves calls to routes of the kind's own.
    package func leavingOut(_ calls: Call...) -> Self {
        var routes = self
        routes.without.formUnion(calls)
        return routes
    }

    var kind: EntityKind { Entity.kind }

    package var table: RouteTable {
        var routes = RouteTable()
        func has(_ call: Call) -> Bool { !self.without.contains(call) }
        if has(.list) { routes.get(self.kind.collectionPath, .list(self.kind), self.list) }
        if has(.create) { routes.add(self.create, to: self.committer) }
        if has(.read) { routes.get(self.kind.path, .read(self.kind), self.read) }
        if self.kind.change != .patch, has(.replace) { routes.add(self.change(.replace), to: self.committer) }
        if self.kind.change != .put, has(.patch) { routes.add(self.change(.patch), to: self.committer) }
        if has(.delete) { routes.add(self.delete, to: self.committer) }
        if self.kind.chain != nil, has(.order) { self.addOrder(to: &routes) }
        return routes
    }

    // MARK: Reading

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(ListQueryRules(self.kind))
        let parents = try self.parents { try context.pathParameter($0) }
        let found = try await self.store.read { snapshot in
            try snapshot.check(self.kind, parents)
            return try snapshot.list(Entity.self, in: parents.last).map { entity in
                Listed(
                    entity, try self.answers.answer(entity, snapshot),
                    try snapshot.filterValues(of: entity, query.filters))
            }
        }
        let chosen = found.filter { $0.matches(query.filters) }
        switch self.kind.paging {
        case .none: return try .json(chosen)
        case .cursor:
            let page = CursorPage(chosen, query: query, path: self.kind.collectionPath(of: parents)) { $0.cursor }
            return try .json(page)
        case .number:
            return try .json(NumberedPage(query.sorted(chosen) { $0.sortText(of: $1) }, query: query))
        }
    }

    @Sendable private func read(_ request: Request, _ context: APIContext) async throws -> Response {
        let parents = try self.parents { try context.pathParameter($0) }
        let id =
            self.kind.hasChosenID
            ? try context.pathText(self.kind.capture) : try context.pathParameter(self.kind.capture)
        let (answer, tag) = try await self.store.read { snapshot in
            try snapshot.check(self.kind, parents)
            let entity = try snapshot.get(Entity.self, id: id, in: parents.last)
            return (try self.answers.answer(entity, snapshot), try self.answers.tag(entity, parents.last, snapshot))
        }
        return try .json(JSONValue.object(answer), tag: tag)
    }

    // MARK: Changing

    private var create: ChangeRoute {
        ChangeRoute(.post, self.kind.collectionPath, .create(self.kind), bindsPorts: self.kind.bindsPorts) { _, _ in
            let stamp = EntityStamp.new(at: self.now())
            return { input, transaction in
                let place = try self.place(input, id: stamp.id)
                let neighbour = self.kind.chain == nil ? .none : try Neighbour(input.query)
                try transaction.check(self.kind, place.parents)
                let body = try self.kind.read(input.body, .create, in: self.surroundings(transaction, place))
                let entity = try Entity(body.values, stamp: stamp)
                let index = try place.parents.last.flatMap {
                    try neighbour.index(in: transaction.chainIfAny(Entity.self, in: $0))
                }
                try transaction.insert(entity, in: place.parents.last, at: index)
                return try self.changeAnswer(entity, place, .created, transaction)
            }
        }
    }

    private func change(_ use: EntityKind.BodyUse) -> ChangeRoute {
        ChangeRoute(
            use == .patch ? .patch : .put, self.kind.path, .change(self.kind, use), bindsPorts: self.kind.bindsPorts,
            current: self.currentTag
        ) { _, _ in
            let now = self.now()
            return { input, transaction in
                let place = try self.place(input)
                try transaction.check(self.kind, place.parents)
                let stored = try transaction.get(Entity.self, id: place.id, in: place.parents.last)
                let entity = try self.changed(stored, by: input.body, use, at: now, transaction, place).entity
                try transaction.replace(entity, in: place.parents.last)
                return try self.changeAnswer(entity, place, .ok, transaction)
            }
        }
    }

    private var delete: ChangeRoute {
        ChangeRoute(.delete, self.kind.path, .delete(self.kind), current: self.currentTag) { _, _ in
            { input, transaction in
                let place = try self.place(input)
                try transaction.check(self.kind, place.parents)
                if !self.kind.referrers.isEmpty {
                    let entity = try transaction.get(Entity.self, id: place.id, in: place.parents.last)
                    try transaction.checkIsUnused(entity)
                }
                try transaction.delete(Entity.self, id: place.id, in: place.parents.last)
                return .noContent()
            }
        }
    }

    // MARK: Parts, also for routes of a kind's own

    /// Where an entity is or is to be.
    package struct Place: Sendable {
        package var id: String
        /// Ids of what it lies below, the root first.
        package var parents: [String]
    }

    /// - Parameter id: of the entity that is made; nil takes it from the path.
    package func place(_ input: ChangeInput, id: String? = nil) throws -> Place {
        let own =
            try id
            ?? (self.kind.hasChosenID ? try input.text(self.kind.capture) : try input.parameter(self.kind.capture))
        return Place(id: own, parents: try self.parents { try input.parameter($0) })
    }

    package func surroundings(
        _ snapshot: StoreSnapshot, _ place: Place, checkedLater: Set<String> = []
    ) -> StoreSurroundings {
        StoreSurroundings(
            snapshot, id: place.id, parents: place.parents, checkedLater: checkedLater, expressions: self.expressions)
    }

    /// The entity after a PUT or PATCH, with the fields that are stored apart.
    package func changed(
        _ stored: Entity, by body: JSONValue, _ use: EntityKind.BodyUse, at now: Date, _ snapshot: StoreSnapshot,
        _ place: Place
    ) throws -> (entity: Entity, writeOnly: JSONObject) {
        let previous = try stored.object()
        var read = try self.kind.read(body, use, previous: previous, in: self.surroundings(snapshot, place))
        for field in self.kind.fields where field.access == .readOnly {
            read.values[field.name] = previous[field.name]
        }
        let stamp = EntityStamp(id: stored.id, createdAt: stored.createdAt, updatedAt: now)
        return (try Entity(read.values, stamp: stamp), read.writeOnly)
    }

    package func changeAnswer(
        _ entity: Entity, _ place: Place, _ status: HTTPResponse.Status, _ transaction: StoreTransaction
    ) throws -> ChangeAnswer {
        var answer = try ChangeAnswer(
            JSONValue.object(try self.answers.answer(entity, transaction)), status: status,
            tag: try self.answers.tag(entity, place.parents.last, transaction))
        if !self.kind.finalRules.isEmpty {
            answer.finalCheck = FinalCheck(id: entity.id) { snapshot, checkedLater in
                // A later change of the same request may have deleted it, or what it lies below.
                guard let stored = try snapshot.find(Entity.self, id: entity.id) else { return }
                let around = self.surroundings(snapshot, place, checkedLater: checkedLater)
                try self.kind.checkFinally(try stored.object(), in: around)
            }
        }
        return answer
    }

    /// The tag of what a change is about, for its preconditions.
    @Sendable package func currentTag(_ input: ChangeInput, _ snapshot: StoreSnapshot) throws -> EntityTag? {
        let place = try self.place(input)
        try snapshot.check(self.kind, place.parents)
        let entity = try snapshot.get(Entity.self, id: place.id, in: place.parents.last)
        return try self.answers.tag(entity, place.parents.last, snapshot)
    }

    func parents(_ text: (String) throws -> String) throws -> [String] {
        try self.kind.line.dropLast().map { try text($0.capture) }
    }
}
