internal import HTTPTypes
internal import Hummingbird
internal import ManagementHTTP
internal import Resources
internal import Store

/// A collection of the resource model that this release does not have: there is nothing in it, and nothing goes in.
struct UnsupportedCollection: Sendable {
    enum Shape: Sendable {
        /// `{"meta": …, "data": []}`.
        case pages
        /// `[]`, with an order beside it.
        case chain(String)
    }

    /// What the collection lies below.
    enum Parent: Sendable {
        case none, gateway, virtualCluster
    }

    var path: String
    var parent: Parent
    /// `static key`.
    var kind: String
    /// The plural as a sentence begins with it: `Static keys`.
    var plural: String
    var shape = Shape.pages
    /// What is below one of them, for reading.
    var below: [String] = []
    /// The engine makes them, clients do not.
    var isReadOnly = false

    /// Those that the resource model of this release does not describe.
    static let all = Self.known.filter { collection in
        !EntityKind.all.contains { $0.collectionPath == collection.path }
    }

    private static let known = [
        UnsupportedCollection(
            path: Paths.virtualCluster + "/produce-policies", parent: .virtualCluster, kind: "produce policy",
            plural: "Produce policies", shape: .chain(Paths.virtualCluster + "/produce-policy-chain")),
        UnsupportedCollection(
            path: Paths.virtualCluster + "/consume-policies", parent: .virtualCluster, kind: "consume policy",
            plural: "Consume policies", shape: .chain(Paths.virtualCluster + "/consume-policy-chain")),
        UnsupportedCollection(
            path: Paths.gateway + "/schema-registries", parent: .gateway, kind: "schema registry",
            plural: "Schema registries"),
        UnsupportedCollection(
            path: Paths.gateway + "/static-keys", parent: .gateway, kind: "static key", plural: "Static keys"),
        UnsupportedCollection(
            path: Paths.gateway + "/tls-trust-bundles", parent: .gateway, kind: "TLS trust bundle",
            plural: "TLS trust bundles"),
        UnsupportedCollection(
            path: Paths.gateway + "/data-plane-certificates", parent: .gateway, kind: "data plane certificate",
            plural: "Data plane certificates"),
        UnsupportedCollection(
            path: Paths.gateway + "/nodes", parent: .gateway, kind: "node", plural: "Nodes",
            below: ["status", "errors"], isReadOnly: true),
        UnsupportedCollection(path: "/v2/directories", parent: .none, kind: "directory", plural: "Directories"),
    ]
}

extension ControlAPI {
    /// Empty lists, and a refusal with a sentence for calls that would add something.
    var unsupportedRoutes: RouteTable {
        var routes = RouteTable()
        for collection in UnsupportedCollection.all { self.add(collection, to: &routes) }
        return routes
    }

    private func add(_ collection: UnsupportedCollection, to routes: inout RouteTable) {
        let one = collection.path + "/:unsupportedId"

        let named = collection.operations
        routes.get(collection.path, named.list) { request, context in
            try await self.checkParent(collection.parent, context)
            switch collection.shape {
            case .chain:
                _ = try request.listQuery(ListQueryRules(paging: .none, filters: ["parent_policy_id": [.equals]]))
                return try .json([String]())
            case .pages:
                let query = try request.listQuery(ListQueryRules(paging: .cursor, filters: ["name": [.contains]]))
                return try .json(CursorPage([String](), query: query, path: request.uri.path) { _ in PageCursor.none })
            }
        }
        for path in [one] + collection.below.map({ "\(one)/\($0)" }) {
            routes.get(path, named.read(path == one ? "" : String(path.split(separator: "/").last ?? ""))) {
                _, context in
                try await self.missing(collection, context)
            }
        }
        let writes: [(HTTPRequest.Method, String)]
        switch collection.shape {
        case .pages:
            writes = collection.isReadOnly ? [(.post, collection.path)] : [(.post, collection.path), (.put, one)]
        case .chain(let chain):
            routes.get(chain, named.chain) { _, context in
                try await self.checkParent(collection.parent, context)
                return try .json(["policies": [String]()])
            }
            writes = [
                (.post, collection.path), (.put, one), (.patch, one), (.post, one + "/move"), (.put, chain),
            ]
        }
        if !collection.isReadOnly {
            routes.delete(one, named.delete) { _, context in try await self.missing(collection, context) }
        }
        for (method, path) in writes {
            routes.on(method, path, named.refused(method, path)) { _, context in
                try await self.checkParent(collection.parent, context)
                throw Problem.badRequest(
                    InvalidParameter(field: "body", rule: .invalid, reason: "not supported yet"),
                    detail: "\(collection.plural) are not supported yet")
            }
        }
    }

    private func missing(_ collection: UnsupportedCollection, _ context: APIContext) async throws -> Response {
        try await self.checkParent(collection.parent, context)
        throw Problem.notFound(collection.kind, id: try context.pathParameter("unsupportedId"))
    }

    /// - Throws: 404 when there is no such gateway or virtual cluster.
    private func checkParent(_ parent: UnsupportedCollection.Parent, _ context: APIContext) async throws {
        let gateway = parent == .none ? nil : try context.pathParameter("gatewayId")
        let cluster = parent == .virtualCluster ? try context.pathParameter("virtualClusterId") : nil
        guard let gateway else { return }
        try await self.store.read { snapshot in
            _ = try snapshot.get(Gateway.self, id: gateway)
            if let cluster { _ = try snapshot.get(VirtualCluster.self, id: cluster, in: gateway) }
        }
    }
}

/// The calls on a collection that this release does not have, for the API's description.
private struct UnsupportedOperations {
    /// `ProducePolicy`.
    let name: String
    let tag: String
    let list: APIOperation

    var chain: APIOperation {
        APIOperation(
            "get\(self.name)Chain", "The order of the chain, which is empty.", tag: self.tag, .ok(.component("Chain")))
    }

    /// There are none, so that only refusals are described.
    func read(_ part: String) -> APIOperation {
        APIOperation(
            "get\(self.name)\(part.prefix(1).uppercased())\(part.dropFirst())", "Not supported yet.", tag: self.tag,
            .refusal(404))
    }

    var delete: APIOperation {
        APIOperation("delete\(self.name)", "Not supported yet.", tag: self.tag, .refusal(404))
    }

    func refused(_ method: HTTPRequest.Method, _ path: String) -> APIOperation {
        let last = path.split(separator: "/").last ?? ""
        let part = last.hasPrefix(":") ? "" : "\(last.split(separator: "-").last ?? "")"
        return APIOperation(
            "\(method.rawValue.lowercased())\(self.name)\(part.prefix(1).uppercased())\(part.dropFirst())",
            "Not supported yet.", tag: self.tag, .refusal(400), refusals: path.contains(":") ? [404] : [])
    }
}

extension UnsupportedCollection {
    fileprivate var operations: UnsupportedOperations {
        let name = self.kind.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let rules: ListQueryRules
        let schema: Schema
        switch self.shape {
        case .chain:
            rules = ListQueryRules(paging: .none, filters: ["parent_policy_id": [.equals]])
            schema = .array(.anything, maximum: 0)
        case .pages:
            rules = ListQueryRules(paging: .cursor, filters: ["name": [.contains]])
            schema = .cursorPage(.anything)
        }
        return UnsupportedOperations(
            name: name, tag: name,
            list: APIOperation(
                "list\(name)", "Not supported yet: there are none.", tag: name,
                parameters: APIOperation.parameters(rules), .ok(schema)))
    }
}

extension PageCursor {
    fileprivate static let none = PageCursor(created: 0, id: "")
}
