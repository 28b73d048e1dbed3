package import HTTPTypes
package import JSON
package import Resources

/// The API's description (OpenAPI 3.1), made of what the routes say.
package struct OpenAPIDocument: Sendable {
    private let version: String
    package typealias Route = (method: HTTPRequest.Method, path: String, operation: APIOperation)

    private let routes: [Route]
    private let schemas: [(name: String, schema: Schema)]

    /// - Parameters:
    ///   - tables: the routes that are mounted.
    ///   - others: more of them.
    ///   - schemas: those that operations name, beside those of the kinds.
    package init(
        version: String, _ tables: [RouteTable], and others: [Route] = [],
        schemas: [(name: String, schema: Schema)] = []
    ) {
        self.version = version
        self.routes = tables.flatMap(\.described) + others
        self.schemas = Schema.shared + EntityKind.all.flatMap(\.schemas) + schemas
    }

    /// - Parameter url: where the API is served.
    package func json(servedAt url: String) -> JSONValue {
        var components = JSONObject()
        for (name, schema) in self.schemas { components[name] = .object(schema.json) }
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("Sluice management API"), "version": .string(self.version),
                "description": .string(
                    "Every path also answers HEAD as it answers GET, OPTIONS with the methods it has, and 405 to others. "
                        + "Errors are problems (RFC 9457)."),
            ]),
            "servers": .array([.object(["url": .string(url)])]),
            "paths": .object(self.paths),
            "components": .object([
                "schemas": .object(components),
                "securitySchemes": .object([
                    "adminToken": .object([
                        "type": .string("http"), "scheme": .string("bearer"),
                        "description": .string("The token of the file admin-token."),
                    ]),
                    "client": .object([
                        "type": .string("http"), "scheme": .string("basic"),
                        "description": .string("The id and the secret of an OAuth client (RFC 6749, section 2.3.1)."),
                    ]),
                    "accessToken": .object([
                        "type": .string("http"), "scheme": .string("bearer"),
                        "description": .string("An access token of the auth server (RFC 6750)."),
                    ]),
                ]),
            ]),
        ])
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        for route in self.routes {
            let path = route.path.split(separator: "/").map { part in
                part.hasPrefix(":") ? "/{\(part.dropFirst())}" : "/\(part)"
            }.joined()
            var item = JSONObject()
            if case .object(let known)? = paths[path] { item = known }
            let captures = route.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { $0.dropFirst() }
            if item.keys.isEmpty, !captures.isEmpty {
                item["parameters"] = .array(captures.map { Self.capture(String($0)) })
            }
            item[route.method.rawValue.lowercased()] = .object(route.operation.completed(path: route.path).json)
            paths[path] = .object(item)
        }
        return paths
    }

    private static func capture(_ name: String) -> JSONValue {
        .object([
            "name": .string(name), "in": .string("path"), "required": .bool(true),
            "schema": .object(Schema.text().json),
        ])
    }
}

extension APIOperation {
    /// As OpenAPI writes it.
    var json: JSONObject {
        var json: JSONObject = [
            "operationId": .string(self.name), "summary": .string(self.summary), "tags": .array([.string(self.tag)]),
        ]
        switch self.security {
        case .adminToken: json["security"] = .array([.object(["adminToken": .array([])])])
        // The body may have the client's id and secret, too.
        case .client: json["security"] = .array([.object(["client": .array([])]), .object([:])])
        case .accessToken: json["security"] = .array([.object(["accessToken": .array([])])])
        case .none: json["security"] = .array([])
        }
        if !self.parameters.isEmpty { json["parameters"] = .array(self.parameters.map { .object($0.json) }) }
        if let body = self.body {
            json["requestBody"] = .object(["required": .bool(true), "content": .object(Self.content([body]))])
        }
        var answers = JSONObject()
        for answer in self.answers.sorted(by: { $0.status < $1.status }) {
            answers["\(answer.status)"] = .object(answer.json)
        }
        json["responses"] = .object(answers)
        return json
    }

    fileprivate static func content(_ contents: [Content]) -> JSONObject {
        var json = JSONObject()
        for content in contents { json[content.type] = .object(["schema": .object(content.schema.json)]) }
        return json
    }
}

extension APIOperation.Parameter {
    fileprivate var json: JSONObject {
        [
            "name": .string(self.name), "in": .string(self.place.rawValue), "required": .bool(false),
            "description": .string(self.help), "schema": .object(self.schema.json),
        ]
    }
}

extension APIOperation.Answer {
    fileprivate var json: JSONObject {
        var json: JSONObject = ["description": .string(self.help)]
        var headers = self.headers
        if self.status == 401, !headers.contains(where: { $0.name == "WWW-Authenticate" }) {
            headers.append(("WWW-Authenticate", "How to authenticate (RFC 9110, section 11.6.1)."))
        }
        if !headers.isEmpty {
            var object = JSONObject()
            for (name, help) in headers {
                object[name] = .object([
                    "description": .string(help), "required": .bool(true), "schema": .object(Schema.string.json),
                ])
            }
            json["headers"] = .object(object)
        }
        if !self.content.isEmpty { json["content"] = .object(APIOperation.content(self.content)) }
        return json
    }
}
