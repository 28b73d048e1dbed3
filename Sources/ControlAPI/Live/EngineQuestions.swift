internal import Foundation
internal import GatewayModel
internal import Hummingbird
internal import Identity
internal import Store

/// From requests to questions for the engine, and from its errors to problems.
extension ControlAPI {
    /// What stands in paths for all gateways.
    static let everyGateway = "-"

    /// - Returns: the gateway's id; nil for all.
    /// - Throws: 404.
    func gatewayScope(_ context: APIContext) async throws -> String? {
        let id = try context.pathParameter("gatewayId")
        if id == Self.everyGateway { return nil }
        return try await self.store.read { try $0.get(Gateway.self, id: id).id }
    }

    /// - Returns: the id of the path's virtual cluster, which may be named there by name too.
    func virtualClusterScope(_ context: APIContext) async throws -> String {
        let name = try context.pathParameter("virtualClusterId")
        return try await self.virtualCluster(name, gateway: try await self.gatewayScope(context))
    }

    /// - Parameter nameOrID: an id wins over a name.
    /// - Throws: 404.
    func virtualCluster(_ nameOrID: String, gateway: String?) async throws -> String {
        try await self.store.read { snapshot in
            let found =
                try snapshot.find(VirtualCluster.self, id: nameOrID, in: gateway)
                ?? snapshot.find(VirtualCluster.self, named: nameOrID, in: gateway)
            guard let found else { throw Problem.notFound("virtual cluster", id: nameOrID) }
            return found.id
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
