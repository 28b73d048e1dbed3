import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Logging
import ManagementHTTP
import NIOCore
import Store
import Testing

@testable import ControlAPI

/// An answer, decoded loosely so that tests read what a client would see.
struct Answer {
    var status: Int
    var headers: HTTPFields
    var text: String

    private var tree: Any? { try? JSONSerialization.jsonObject(with: Data(self.text.utf8), options: .fragmentsAllowed) }
    var object: [String: Any] { self.tree as? [String: Any] ?? [:] }
    var array: [[String: Any]] { self.tree as? [[String: Any]] ?? [] }
    /// A page's elements.
    var data: [[String: Any]] { self.object["data"] as? [[String: Any]] ?? [] }
    var page: [String: Any] { (self.object["meta"] as? [String: Any])?["page"] as? [String: Any] ?? [:] }
    var id: String { self.object["id"] as? String ?? "" }
    var detail: String { self.object["detail"] as? String ?? "" }
    var reasons: [String] { self.parameters.compactMap { $0["reason"] as? String } }
    /// `field rule` of each invalid parameter.
    var faults: [String] { self.parameters.map { "\($0["field"] ?? "") \($0["rule"] ?? "")" } }
    private var parameters: [[String: Any]] { self.object["invalid_parameters"] as? [[String: Any]] ?? [] }
}

/// The API over a store of one test's own and a fake engine.
struct TestAPI: Sendable {
    static let token = "admin-token-of-the-test"

    let engine: FakeEngine
    let store: ConfigurationStore
    private let client: any TestClientProtocol
    /// The paths that are mounted, with captures in braces.
    let paths: Set<String>

    static func run(
        readiness: Readiness = Readiness(status: .ready), publicRoutes: RouteTable = RouteTable(),
        _ body: @Sendable (TestAPI) async throws -> Void
    ) async throws {
        let directory = NSTemporaryDirectory() + "sluice-api-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (engine, store) = (FakeEngine(), try ConfigurationStore(path: directory + "/sluice.db"))
        let identity = try Self.identity(store)
        var open = publicRoutes
        open.add(identity.publicRoutes)
        let api = ControlAPI(
            store: store, adminToken: Self.token, engine: engine, engineClient: engine, readiness: { readiness },
            live: .init(poll: .zero, heartbeat: .seconds(60)), publicRoutes: open,
            publicURL: { "http://localhost:9190" }, otherSchemas: IdentityServer.schemas,
            otherRoutes: { identity.addManagementRoutes(to: $0, committer: $1) })
        let router = api.router()
        let paths = Set(
            router.routes.map { route in
                "\(route.path)".split(separator: "/").map { part in
                    part.hasPrefix(":") ? "/{\(part.dropFirst())}" : "/\(part)"
                }.joined()
            })
        try await Application(router: router).test(.router) { client in
            try await body(TestAPI(engine: engine, store: store, client: client, paths: paths))
        }
    }

    static func identity(_ store: ConfigurationStore) throws -> IdentityServer {
        IdentityServer(
            store: store, secretBox: try #require(SecretBox(key: Data(repeating: 7, count: 32))),
            publicURL: { "http://localhost:9190" }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = TestAPI.token,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await self.client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(
                status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }
    }

    func get(_ path: String) async throws -> Answer { try await self.call(.get, path) }
    func post(_ path: String, _ body: String) async throws -> Answer { try await self.call(.post, path, body) }
    func put(_ path: String, _ body: String) async throws -> Answer { try await self.call(.put, path, body) }
    func patch(_ path: String, _ body: String) async throws -> Answer { try await self.call(.patch, path, body) }
    func delete(_ path: String) async throws -> Answer { try await self.call(.delete, path) }
}

/// The scenario's objects, made by the calls that the scenario names.
struct Scenario {
    var gateway = ""
    var backend = ""
    var virtualCluster = ""
    var listener = ""
    var forward = ""
    var policy = ""

    var gatewayPath: String { "/v1/event-gateways/\(self.gateway)" }
    var backendPath: String { "\(self.gatewayPath)/backend-clusters/\(self.backend)" }
    var virtualClusterPath: String { "\(self.gatewayPath)/virtual-clusters/\(self.virtualCluster)" }
    var listenerPath: String { "\(self.gatewayPath)/listeners/\(self.listener)" }

    static let backendBody = """
        {"name":"default_backend_cluster","bootstrap_servers":["localhost:9094","localhost:9095","localhost:9096"],\
        "insecure_allow_anonymous_virtual_cluster_auth":true,"authentication":{"type":"anonymous"},"tls":{"enabled":false}}
        """
    static let listenerBody = #"{"name":"example_listener","addresses":["0.0.0.0"],"ports":["19092-19095"]}"#

    static func virtualClusterBody(backend: String, authentication: String? = nil) -> String {
        let rules =
            authentication
            ?? #"{"type":"anonymous"},{"type":"oauth_bearer","mediation":"terminate","jwks":{"endpoint":"http://localhost:9190/x/auth/.well-known/jwks"}}"#
        return """
            {"name":"example_virtual_cluster","destination":{"id":"\(backend)"},"dns_label":"vcluster-1",\
            "acl_mode":"enforce_on_gateway","authentication":[\(rules)]}
            """
    }

    static func forwardBody(virtualCluster: String) -> String {
        """
        {"type":"forward_to_virtual_cluster","name":"forward","config":{"type":"port_mapping",\
        "advertised_host":"localhost","destination":{"id":"\(virtualCluster)"}}}
        """
    }

    static func aclBody(
        name: String = "acl_policy", condition: String = #"context.auth.principal.name == \"CLIENT_ID\""#,
        names: String = #"[{"match":"*"}]"#
    ) -> String {
        """
        {"type":"acls","name":"\(name)","condition":"\(condition)","config":{"rules":[{"resource_type":"topic",\
        "action":"allow","operations":[{"name":"describe"},{"name":"describe_configs"},{"name":"read"},{"name":"write"}],\
        "resource_names":\(names)}]}}
        """
    }

    init(_ api: TestAPI) async throws {
        let gateway = try await api.post("/v1/event-gateways", #"{"name":"event-gateway-quickstart"}"#)
        try #require(gateway.status == 201, "\(gateway.text)")
        self.gateway = gateway.id
        let backend = try await api.post("\(self.gatewayPath)/backend-clusters", Self.backendBody)
        try #require(backend.status == 201, "\(backend.text)")
        self.backend = backend.id
        let cluster = try await api.post(
            "\(self.gatewayPath)/virtual-clusters", Self.virtualClusterBody(backend: self.backend))
        try #require(cluster.status == 201, "\(cluster.text)")
        self.virtualCluster = cluster.id
        let listener = try await api.post("\(self.gatewayPath)/listeners", Self.listenerBody)
        try #require(listener.status == 201, "\(listener.text)")
        self.listener = listener.id
        let forward = try await api.post(
            "\(self.listenerPath)/policies", Self.forwardBody(virtualCluster: self.virtualCluster))
        try #require(forward.status == 201, "\(forward.text)")
        self.forward = forward.id
        let policy = try await api.post("\(self.virtualClusterPath)/cluster-policies", Self.aclBody())
        try #require(policy.status == 201, "\(policy.text)")
        self.policy = policy.id
    }
}
