internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import NIOCore
internal import Resources
internal import Synchronization

extension ControlAPI {
    /// `GET /openapi.json`: what this API is, for programs (OpenAPI 3.1). It names no entity and needs no token.
    ///
    /// - Parameters:
    ///   - tables: all other routes.
    func openAPIRoutes(_ tables: [RouteTable]) -> RouteTable {
        var routes = RouteTable()
        let written = WrittenDocument()
        let path = "/openapi.json"
        let description = APIOperation(
            "getOpenAPI", "The description of this API.", tag: "OpenAPI", security: .none,
            .ok(.object(["openapi": .string, "info": .anyObject, "paths": .anyObject], isClosed: false)))
        let document = OpenAPIDocument(
            version: self.version, tables, and: [(.get, path, description)],
            schemas: Schema.engine + self.otherSchemas)
        routes.get(path, description) { _, _ in
            let bytes = try written.bytes(for: self.publicURL()) {
                try EntityCoding.encode(document.json(servedAt: $0))
            }
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        return routes
    }
}

/// The document as bytes, made once for the URL that it names.
private final class WrittenDocument: Sendable {
    private let kept = Mutex<(url: String, bytes: [UInt8])?>(nil)

    func bytes(for url: String, _ make: (String) throws -> Data) throws -> [UInt8] {
        try self.kept.withLock { kept in
            if let kept, kept.url == url { return kept.bytes }
            let bytes = Array(try make(url))
            kept = (url, bytes)
            return bytes
        }
    }
}
