internal import EngineInterface
internal import Foundation
internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

/// From requests to questions for the engine, and from its errors to problems.
extension ControlAPI {
    /// What stands in paths for all gateways.
    static let everyGateway = "-"

    /// - Returns: the id of the path's gateway, which may be named there by name too; nil for all.
    /// - Throws: 404.
    func gatewayScope(_ context: APIContext) async throws -> String? {
        let name = try context.pathText("gatewayId")
        if name == Self.everyGateway { return nil }
        return try await self.store.read { try $0.lookUp(Gateway.self, name, as: "gatewayId").id }
    }

    /// - Returns: the id of the path's virtual cluster, which may be named there by name too.
    func virtualClusterScope(_ context: APIContext) async throws -> String {
        let name = try context.pathText("virtualClusterId")
        let gateway = try await self.gatewayScope(context)
        return try await self.store.read {
            try $0.lookUp(VirtualCluster.self, name, in: gateway, as: "virtualClusterId").id
        }
    }

    /// The id of the virtual cluster that the body of a question names.
    /// - Throws: 404; 400 when several gateways have one of that name.
    func virtualCluster(_ nameOrID: String, gateway: String?) async throws -> String {
        try await self.store.read {
            try $0.lookUp(VirtualCluster.self, nameOrID, in: gateway, as: "virtual_cluster", source: .body).id
        }
    }

    /// Asks the engine; what it cannot answer becomes a problem.
    func asking<Answer: Sendable>(_ question: () async throws -> Answer) async throws -> Answer {
        do {
            return try await question()
        } catch let error as EngineClientError {
            throw Problem(error)
        }
    }
}

extension StoreSnapshot {
    /// The entity that a client names by id or by name.
    ///
    /// - Parameters:
    ///   - nameOrID: an id wins over a name.
    ///   - parent: the id of what the entity lies under; nil looks everywhere, where several may have the name.
    ///   - field: where the client names it.
    /// - Throws: 404; 400 when several have the name.
    fileprivate func lookUp<Entity: Resource>(
        _ type: Entity.Type, _ nameOrID: String, in parent: String? = nil, as field: String,
        source: InvalidParameter.Source = .path
    ) throws -> Entity {
        if let entity = try self.find(type, id: canonicalID(nameOrID), in: parent) { return entity }
        let named = try self.findAll(type, named: nameOrID, in: parent)
        guard let entity = named.first else { throw Problem.notFound(Entity.kind.title, id: nameOrID) }
        guard named.count == 1 else {
            let ids = named.prefix(10).map { "[\($0.id)]" }.joined(separator: ", ")
            throw Problem.badRequest(
                InvalidParameter(
                    field: field, rule: .invalid, source: source,
                    reason: "names several: \(ids); choose one by its id, or name its gateway"),
                detail: "There are several \(Entity.kind.title)s [\(nameOrID.prefix(100))]: \(ids)")
        }
        return entity
    }
}

extension Problem {
    init(_ error: EngineClientError) {
        switch error.kind {
        case .notFound:
            self = .notFound(error.message)
        case .invalid:
            self = .badRequest(
                InvalidParameter(field: "body", rule: .invalid, reason: error.message), detail: error.message)
        case .unavailable:
            self = .unavailable(error.message)
        }
    }
}

extension Request {
    /// The body as a value that is decoded as it was encoded.
    ///
    /// - Throws: ``Problem`` 400 that names the place, or 413.
    func decoded<Body: Decodable>(_ type: Body.Type) async throws -> Body {
        let buffer = try await self.bytes()
        let bytes = Array(buffer.readableBytesView)
        do {
            // Says line and column where it is no JSON.
            _ = try JSONValue(parsing: bytes)
        } catch {
            throw Problem.badRequest(error)
        }
        do {
            return try EntityCoding.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw Problem.badRequest(InvalidParameter(error))
        }
    }
}

extension InvalidParameter {
    /// The one thing that a decoder found first.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(field: Self.path(context.codingPath + [key]), rule: .required, reason: "is required")
        case .valueNotFound(_, let context):
            self.init(field: Self.path(context.codingPath), rule: .required, reason: "must not be null")
        case .typeMismatch(let type, let context):
            self.init(field: Self.path(context.codingPath), rule: .type, reason: "must be \(Self.words(for: type))")
        case .dataCorrupted(let context):
            self.init(
                field: Self.path(context.codingPath), rule: .invalid, reason: "is not one of the values known here")
        @unknown default:
            self.init(field: "body", rule: .invalid, reason: "cannot be read")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return path.isEmpty ? "body" : path
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type, is Int32.Type, is Int64.Type, is UInt64.Type: "an integer"
        case is Double.Type: "a number"
        case is [Any].Type: "an array"
        default: "an object"
        }
    }
}
