internal import JSON

/// A configuration as text: gateways and auth servers with all that is theirs, other entities by name.
///
///     auth_servers:
///       - name: Dev
///         audience: http://example.dev
///         scopes:
///           - name: my-scope
///     gateways:
///       - name: edge
///         backend_clusters:
///           - name: default
///             bootstrap_servers:
///               - "localhost:9094"
///
/// A field left out has its default. A list left out (`listeners`) is left alone; an empty one says that there are none.
package struct ConfigurationDocument: Equatable, Sendable {
    /// The roots, by kind; a kind is missing when the document does not speak of it.
    package var roots: [EntityKind: [EntityNode]]

    package var authServers: [EntityNode]? {
        get { self.roots[.authServer] }
        set { self.roots[.authServer] = newValue }
    }
    package var gateways: [EntityNode]? {
        get { self.roots[.gateway] }
        set { self.roots[.gateway] = newValue }
    }

    package init(authServers: [EntityNode]? = nil, gateways: [EntityNode]? = nil) {
        self.roots = [:]
        self.authServers = authServers
        self.gateways = gateways
    }

    /// What is configured now.
    package init(_ tree: ConfigurationTree) {
        self.roots = [:]
        for kind in EntityKind.roots { self.roots[kind] = tree.nodes.filter { $0.kind == kind } }
    }

    package init(reading text: String) throws(DocumentErrors) {
        let located = try YAMLReader.read(text)
        var reader = Reader(places: located)
        guard case .object(let root) = located.value else {
            throw DocumentErrors([
                DocumentError("the document has to hold 'gateways' or 'auth_servers'", at: located.places[""])
            ])
        }
        self.roots = [:]
        let roots = EntityKind.roots
        for key in root.keys where !roots.contains(where: { $0.documentKey == key }) {
            reader.fail("unknown property '\(key)'; there are auth_servers and gateways", path: key)
        }
        for kind in roots { self.roots[kind] = reader.list(root, kind, path: "") }
        if !reader.errors.isEmpty { throw DocumentErrors(reader.errors) }
    }

    package var text: String {
        var root = JSONObject()
        for kind in EntityKind.roots {
            guard let nodes = self.roots[kind], !nodes.isEmpty else { continue }
            root[kind.documentKey] = .array(nodes.map { .object($0.document) })
        }
        return root.keys.isEmpty ? "# Nothing is configured.\n" : YAMLWriter.text(.object(root))
    }

    /// One gateway or one auth server of it; nil for what is not asked for.
    package func only(gateway: String? = nil, authServer: String? = nil) -> ConfigurationDocument {
        ConfigurationDocument(
            authServers: authServer.map { name in (self.authServers ?? []).filter { $0.name == name } },
            gateways: gateway.map { name in (self.gateways ?? []).filter { $0.name == name } })
    }

    package var nodes: [EntityNode] { EntityKind.roots.flatMap { self.roots[$0] ?? [] } }

    package func node(_ key: EntityKey) -> EntityNode? { self.nodes.node(key) }

    /// Takes what another file says as well. What both name is an error.
    package mutating func add(_ other: ConfigurationDocument) throws(DocumentErrors) {
        var errors: [DocumentError] = []
        func joined(_ mine: [EntityNode]?, _ others: [EntityNode]?) -> [EntityNode]? {
            guard let others else { return mine }
            for node in others where mine?.contains(where: { $0.name == node.name }) == true {
                errors.append(DocumentError("\(node.kind.title) '\(node.name)' is in two files", at: node.place))
            }
            return (mine ?? []) + others
        }
        var roots = self.roots
        for kind in EntityKind.roots { roots[kind] = joined(self.roots[kind], other.roots[kind]) }
        if !errors.isEmpty { throw DocumentErrors(errors) }
        self.roots = roots
    }
}

extension EntityNode {
    /// Reads one entity alone, as `$EDITOR` gives it back.
    ///
    /// - Parameter unnamed: what a policy without a name is called.
    package static func reading(
        _ kind: EntityKind, text: String, unnamed: String = "#1"
    ) throws(DocumentErrors) -> (node: EntityNode, places: LocatedValue) {
        let located = try YAMLReader.read(text)
        guard case .object(let object) = located.value else {
            throw DocumentErrors([DocumentError("this has to be the fields of a \(kind.title)", at: located.places[""])]
            )
        }
        var reader = ConfigurationDocument.Reader(places: located)
        let node = reader.node(object, kind, path: "", unnamed: unnamed)
        guard let node, reader.errors.isEmpty else {
            throw DocumentErrors(reader.errors.isEmpty ? [DocumentError("a name is missing")] : reader.errors)
        }
        return (node, located)
    }
}

extension ConfigurationDocument {
    struct Reader {
        var places: LocatedValue
        var errors: [DocumentError] = []

        init(places: LocatedValue) {
            self.places = places
        }

        mutating func fail(_ message: String, path: String) {
            self.errors.append(DocumentError(message, at: self.places.place(of: path)))
        }

        /// The entities of one kind; nil when the list is not there.
        mutating func list(_ object: JSONObject, _ kind: EntityKind, path: String) -> [EntityNode]? {
            let path = path.isEmpty ? kind.documentKey : "\(path).\(kind.documentKey)"
            guard let value = object[kind.documentKey] else { return nil }
            guard case .array(let values) = value else {
                // `listeners:` with nothing behind it.
                if value == .null { return [] }
                self.fail("'\(kind.documentKey)' has to be a list", path: path)
                return nil
            }
            var nodes: [EntityNode] = []
            var unnamed = 0
            for (index, value) in values.enumerated() {
                let place = "\(path)[\(index)]"
                guard case .object(let object) = value else {
                    self.fail("this has to be the fields of a \(kind.title)", path: place)
                    continue
                }
                if object.string("name") == nil { unnamed += 1 }
                guard let node = self.node(object, kind, path: place, unnamed: "#\(unnamed)") else { continue }
                if nodes.contains(where: { $0.name == node.name && ($0.id ?? "") == (node.id ?? "") }) {
                    self.fail("a \(kind.title) named '\(node.name)' is there already", path: "\(place).name")
                }
                nodes.append(node)
            }
            return nodes
        }

        mutating func node(_ object: JSONObject, _ kind: EntityKind, path: String, unnamed: String) -> EntityNode? {
            func inner(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
            let known = kind.documentFieldNames
            let lists = kind.children.map(\.documentKey)
            var fields = JSONObject()
            for key in object.keys {
                if known.contains(key) {
                    if let value = object[key] { _ = fields.insert(value, forKey: key) }
                } else if !lists.contains(key) {
                    let near = (known + lists).filter { Spelling.isNear($0, key) }.first
                    self.fail(
                        "unknown property '\(key)' of a \(kind.title)" + (near.map { "; did you mean '\($0)'?" } ?? ""),
                        path: inner(key))
                }
            }
            let name: String
            switch object["name"] {
            case .string(let text) where !text.isEmpty: name = text
            case nil where kind.mayBeUnnamed: name = unnamed
            case nil:
                self.fail("a \(kind.title) needs a name", path: path)
                return nil
            default:
                self.fail("the name has to be a text", path: inner("name"))
                return nil
            }
            var node = EntityNode(
                kind: kind, name: name, id: kind.hasChosenID ? object.string("id") : nil,
                fields: self.normalised(fields, kind), place: self.places.place(of: path))
            node.origin = DocumentOrigin(document: self.places, path: path)
            for child in kind.children { node.children[child] = self.list(object, child, path: path) }
            return node
        }

        /// Short forms written out: a reference by its name alone; names of siblings in a fixed order.
        private func normalised(_ fields: JSONObject, _ kind: EntityKind) -> JSONObject {
            var fields = fields
            for reference in kind.references {
                if case .string(let name)? = fields[path: reference.path] {
                    fields[path: reference.path] = .object(["name": .string(name)])
                }
            }
            for (field, _) in kind.siblingLists {
                guard case .array(let values) = fields[field] else { continue }
                let names = values.compactMap { value -> String? in
                    if case .string(let name) = value { return name }
                    return nil
                }
                if names.count == values.count {
                    fields = fields.setting(field, .array(names.sorted().map(JSONValue.string)))
                }
            }
            return fields
        }
    }
}
