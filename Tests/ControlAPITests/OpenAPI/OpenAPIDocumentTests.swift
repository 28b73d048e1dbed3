import HTTPTypes
import ManagementHTTP
import Testing

@testable import ControlAPI

@Suite struct OpenAPIDocumentTests {
    private static let methods: Set = ["get", "put", "post", "patch", "delete"]

    @Test func `the description has the routes that are mounted, and no others`() async throws {
        try await TestAPI.run { api in
            let document = try await api.call(.get, "/openapi.json", token: nil)
            #expect(document.status == 200)
            let paths = document.object["paths"] as? [String: [String: Any]] ?? [:]
            #expect(Set(paths.keys) == api.paths)

            let server = try await api.call(.post, "/v1/auth-servers", #"{"name": "auth", "audience": "kafka"}"#)
            let issuer = (server.object["issuer"] as? String ?? "").split(separator: "/").suffix(2).first ?? ""
            for (path, item) in paths {
                let one = path.replacing("{issuerID}", with: issuer).replacing(/\{[^}]+\}/, with: "x")
                let allow = try await api.call(.options, one).headers[.allow] ?? ""
                let mounted = Set(allow.split(separator: ", ").map { $0.lowercased() }).intersection(Self.methods)
                #expect(mounted == Set(item.keys).intersection(Self.methods), "\(path) allows \(allow)")
                #expect(!mounted.isEmpty, "\(path)")
            }
        }
    }

    @Test func `operations have names of their own, and each reference names a schema`() async throws {
        try await TestAPI.run { api in
            let document = try await api.get("/openapi.json")
            let names = document.text.matches(of: /"operationId":"([^"]*)"/).map { String($0.1) }
            #expect(names.count > 100)
            #expect(Set(names).count == names.count)
            let components = document.object["components"] as? [String: Any]
            let schemas = Set((components?["schemas"] as? [String: Any] ?? [:]).keys)
            // JSON may write a slash as it is or escaped.
            let text = document.text.replacing(#"\/"#, with: "/")
            let references = Set(text.matches(of: /"#\/components\/schemas\/([^"]*)"/).map { String($0.1) })
            #expect(references.subtracting(schemas).isEmpty)
            #expect(references.isSuperset(of: ["Gateway", "ClusterPolicyPatch", "Problem", "ClientCreated"]))
        }
    }

    @Test func `HEAD and OPTIONS answer about the description, too`() async throws {
        try await TestAPI.run { api in
            let head = try await api.call(.head, "/openapi.json", token: nil)
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            let options = try await api.call(.options, "/openapi.json", token: nil)
            #expect(options.headers[.allow] == "GET, HEAD, OPTIONS")
        }
    }
}
