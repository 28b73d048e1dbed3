package import JSON

/// A management call before all ids are known: entities are named, and their ids put in when the call is made.
package struct PlannedCall: Equatable, Sendable {
    package enum Target: Equatable, Sendable {
        /// A path as it is.
        case path(String)
        case collection(EntityKind, of: EntityKey?)
        case entity(EntityKey)
        /// A client whose id is chosen, not made by the server.
        case client(id: String, of: EntityKey)
        /// The order of the policies of a virtual cluster or listener.
        case chain(EntityKind, of: EntityKey)
    }

    package var method: ManagementCall.Method
    package var target: Target
    package var body: JSONValue?
    /// Fields of the body that hold ids of entities.
    package var idFields: [String: [EntityKey]]
    /// The entity whose id the answer tells.
    package var creates: EntityKey?
    /// The answer brings a `client_secret` that was generated: a client that is made again has another one.
    package var makesSecret: Bool

    package init(
        _ method: ManagementCall.Method, _ target: Target, body: JSONValue? = nil,
        idFields: [String: [EntityKey]] = [:], creates: EntityKey? = nil, makesSecret: Bool = false
    ) {
        self.method = method
        self.target = target
        self.body = body
        self.idFields = idFields
        self.creates = creates
        self.makesSecret = makesSecret
    }

    package init(_ call: ManagementCall) {
        self.init(call.method, .path(call.path), body: call.body)
    }

    /// The call with ids.
    /// - Throws: when an entity is not there.
    package func call(ids: [EntityKey: String]) throws(MissingEntity) -> ManagementCall {
        let path: String
        switch self.target {
        case .path(let text): path = text
        case .collection(let kind, let parent): path = try Self.path(kind, of: parent, ids)
        case .entity(let key):
            // An auth server with scopes, claims or clients goes only by force. Whoever plans it has seen what goes too.
            let isForced = self.method == .delete && key.kind == .authServer
            path = try Self.path(key, ids) + (isForced ? "?force=true" : "")
        case .client(let id, let server): path = try Self.path(.client, of: server, ids) + "/" + PathSegment.encoded(id)
        case .chain(let kind, let owner): path = try Self.path(owner, ids) + "/" + (kind.chain ?? "")
        }
        var body = self.body
        if case .object(var object) = body {
            for (field, keys) in self.idFields.sorted(by: { $0.key < $1.key }) {
                var values: [JSONValue] = []
                for key in keys { values.append(.string(try Self.id(of: key, ids))) }
                object = object.setting(field, .array(values))
            }
            body = .object(object)
        }
        return ManagementCall(self.method, path, body: body)
    }

    private static func id(of key: EntityKey, _ ids: [EntityKey: String]) throws(MissingEntity) -> String {
        guard let id = ids[key] else { throw MissingEntity(key: key) }
        return id
    }

    private static func path(
        _ kind: EntityKind, of parent: EntityKey?, _ ids: [EntityKey: String]
    ) throws(MissingEntity) -> String {
        guard let parent else { return kind.collection }
        return try self.path(parent, ids) + "/" + kind.collection
    }

    private static func path(_ key: EntityKey, _ ids: [EntityKey: String]) throws(MissingEntity) -> String {
        let id = try self.id(of: key, ids)
        // A name stands for what an earlier change of the same request makes. No id looks like one.
        let segment = id.hasPrefix("{") ? id : PathSegment.encoded(id)
        return try self.path(key.kind, of: key.parent, ids) + "/" + segment
    }
}

/// What one step of a plan does to one entity.
package struct PlannedChange: Equatable, Sendable {
    package enum Action: String, Equatable, Sendable { case create, update, delete, unchanged }

    package var action: Action
    package var key: EntityKey
    /// `create listener 'edge'`.
    package var title: String
    package var diff: [DiffLine]
    package var calls: [PlannedCall]
    /// What takes it back, in order.
    package var undo: [PlannedCall]
    /// What undoing cannot bring back, a sentence each.
    package var losses: [String]
    /// Where the document says so.
    package var place: DocumentPlace?

    package init(
        _ action: Action, _ key: EntityKey, title: String? = nil, diff: [DiffLine] = [], calls: [PlannedCall] = [],
        undo: [PlannedCall] = [], losses: [String] = [], place: DocumentPlace? = nil
    ) {
        self.action = action
        self.key = key
        self.title = title ?? "\(action.rawValue) \(key.title)"
        self.diff = diff
        self.calls = calls
        self.undo = undo
        self.losses = losses
        self.place = place
    }
}

extension PlannedChange {
    /// Makes an entity and all that lies below it.
    package static func create(_ node: EntityNode, _ key: EntityKey) -> PlannedChange {
        PlannedChange(
            .create, key, diff: LineDiff.lines(from: "", to: node.text), calls: [.create(node, key)],
            undo: [PlannedCall(.delete, .entity(key))], place: node.place)
    }

    /// - Parameter key: the present one.
    package static func update(_ old: EntityNode, to new: EntityNode, _ key: EntityKey) -> PlannedChange {
        var renamed = key
        renamed.path[renamed.path.count - 1] = new.name
        return PlannedChange(
            .update, key, diff: LineDiff.lines(from: old.text, to: new.text),
            calls: [.update(old, to: new, key)], undo: [.update(new, to: old, renamed)], place: new.place)
    }

    package static func delete(_ node: EntityNode, _ key: EntityKey, chain: [EntityKey] = []) -> PlannedChange {
        var undo: [PlannedCall] = []
        var losses: [String] = []
        node.walk(key) { key, node in
            undo.append(.create(node, key))
            if node.kind == .client { losses.append("The \(key.title) gets a new secret.") }
            if node.kind == .authServer { losses.append("The \(key.title) gets another issuer and other keys.") }
        }
        // A policy comes back where it was, if the others can be told apart then.
        let isNamed = !chain.contains { $0.name.hasPrefix("#") }
        if let parent = key.parent, chain.count > 1, chain.last != key, key.kind.chain != nil, isNamed {
            undo.append(.order(chain, of: parent, kind: key.kind))
        }
        let below = node.document
        return PlannedChange(
            .delete, key, diff: LineDiff.lines(from: YAMLWriter.text(.object(below)), to: ""),
            calls: [PlannedCall(.delete, .entity(key))], undo: undo, losses: losses, place: node.place)
    }
}

extension PlannedCall {
    /// Makes one entity, without what lies below it.
    static func create(_ node: EntityNode, _ key: EntityKey) -> PlannedCall {
        let (body, idFields) = self.body(of: node, key)
        if node.kind.hasChosenID, let id = node.id, let server = key.parent {
            return PlannedCall(
                .put, .client(id: id, of: server), body: .object(body), idFields: idFields, creates: key,
                makesSecret: true)
        }
        return PlannedCall(
            .post, .collection(node.kind, of: key.parent), body: .object(body), idFields: idFields, creates: key)
    }

    static func update(_ old: EntityNode, to new: EntityNode, _ key: EntityKey) -> PlannedCall {
        var renamed = key
        renamed.path[renamed.path.count - 1] = new.name
        var (body, idFields) = self.body(of: new, key)
        guard !new.kind.isReplacedWhole else {
            return PlannedCall(.put, .entity(key), body: .object(body), creates: renamed)
        }
        // Only what differs; a label that goes is null, and so is an address that goes.
        let (before, _) = self.body(of: old, key)
        for name in body.keys where before[name] == body[name] {
            body = body.without(name)
            idFields[name] = nil
        }
        for name in before.keys where new.fields[name] == nil { _ = body.insert(.null, forKey: name) }
        if case .object(var labels) = body["labels"], case .object(let gone) = before["labels"] {
            for name in gone.keys { _ = labels.insert(.null, forKey: name) }
            body = body.setting("labels", .object(labels))
        }
        return PlannedCall(.patch, .entity(key), body: .object(body), idFields: idFields, creates: renamed)
    }

    static func order(_ policies: [EntityKey], of owner: EntityKey, kind: EntityKind) -> PlannedCall {
        PlannedCall(
            .put, .chain(kind, of: owner), body: .object(["policies": .array([])]), idFields: ["policies": policies])
    }

    private static func body(of node: EntityNode, _ key: EntityKey) -> (JSONObject, [String: [EntityKey]]) {
        var body = node.fields
        var idFields: [String: [EntityKey]] = [:]
        if node.kind.hasChosenID { body = body.without("id") }
        for (field, kind) in node.kind.siblingLists {
            guard let owner = key.parent, case .array(let values) = body[field] else { continue }
            idFields[field] = values.compactMap { value in
                if case .string(let name) = value { return owner.child(kind, name) }
                return nil
            }
        }
        return (body, idFields)
    }
}
