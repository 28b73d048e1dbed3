package import JSON

/// An entity as documents show it, with what lies below it: no ids, no dates, every default written out, other entities
/// by name.
package struct EntityNode: Sendable {
    package var kind: EntityKind
    /// The name as in ``EntityKey``.
    package var name: String
    /// Nil in documents, except a client's, which is its user name.
    package var id: String?
    package var fields: JSONObject
    /// The entity itself, as the API answered it; nil in documents.
    package var entity: (any Resource)?
    /// The entities below, by kind. A plan leaves kinds alone that are not there.
    package var children: [EntityKind: [EntityNode]]
    package var place: DocumentPlace?
    /// Where its fields stand; nil when it is not from a document.
    var origin: DocumentOrigin?

    package init(
        kind: EntityKind, name: String, id: String? = nil, fields: JSONObject,
        children: [EntityKind: [EntityNode]] = [:], place: DocumentPlace? = nil
    ) {
        self.kind = kind
        self.name = name
        self.id = id
        self.fields = kind.filled(fields)
        self.children = children
        self.place = place
    }

    /// Without defaults, with what lies below: for people.
    package var document: JSONObject {
        var object = self.kind.stripped(self.fields)
        for kind in self.kind.children {
            guard let nodes = self.children[kind], !nodes.isEmpty else { continue }
            _ = object.insert(.array(nodes.map { .object($0.document) }), forKey: kind.documentKey)
        }
        return object
    }

    /// Without defaults and without what lies below: what `$EDITOR` and diffs show.
    package var text: String { YAMLWriter.text(.object(self.kind.stripped(self.fields))) }

    /// Each node with its key, parents first.
    package func walk(_ key: EntityKey, _ body: (EntityKey, EntityNode) -> Void) {
        body(key, self)
        for kind in self.kind.children {
            for node in self.children[kind] ?? [] { node.walk(key.child(kind, node.name), body) }
        }
    }
}

extension [EntityNode] {
    /// The entity of that key below these roots.
    func node(_ key: EntityKey) -> EntityNode? {
        var level = self
        var found: EntityNode?
        for (kind, name) in key.steps {
            if let found { level = found.children[kind] ?? [] }
            guard let next = level.first(where: { $0.kind == kind && $0.name == name }) else { return nil }
            found = next
        }
        return found
    }
}

extension EntityKey {
    package var root: EntityKind? { self.steps.first?.kind }

    /// Each kind from the root with the name on the way.
    package var steps: [(kind: EntityKind, name: String)] {
        var kinds: [EntityKind] = [self.kind]
        while let parent = kinds.first?.parent { kinds.insert(parent, at: 0) }
        return Array(zip(kinds, self.path))
    }
}

/// The part of a document that an entity is read from.
struct DocumentOrigin: Sendable {
    var document: LocatedValue
    /// From the document's root: `gateways[0].listeners[1]`.
    var path: String
}

extension EntityNode {
    /// The place of a field, such as `config.rules[0].action`, or of the nearest part around it.
    package func place(of field: String) -> DocumentPlace? {
        self.origin.flatMap { $0.document.place(of: $0.path.isEmpty ? field : "\($0.path).\(field)") } ?? self.place
    }
}

extension EntityNode: Equatable {
    /// Where the fields stand does not count.
    package static func == (left: EntityNode, right: EntityNode) -> Bool {
        left.kind == right.kind && left.name == right.name && left.id == right.id && left.place == right.place
            && left.fields == right.fields && left.children == right.children
            && Self.areEqual(left.entity, right.entity)
    }

    private static func areEqual(_ left: (any Resource)?, _ right: (any Resource)?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.isEqual(to: right)
    }
}

extension Resource {
    fileprivate func isEqual(to other: any Resource) -> Bool { other as? Self == self }
}
