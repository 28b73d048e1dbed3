internal import JSON
package import Resources

/// What a route is to those who call it, for the API's description (OpenAPI 3.1, Operation Object).
///
/// A route says what is its own. What follows from its method and path, such as 404 for a path with ids and 413 for a body, is
/// added by ``APIOperation/completed(path:)``.
package struct APIOperation: Sendable {
    /// Who may call it.
    package enum Security: Sendable {
        case adminToken
        /// An OAuth client, by its id and secret.
        case client
        /// An access token of an auth server.
        case accessToken
        case none
    }

    package struct Parameter: Sendable {
        package enum Place: String, Sendable { case query, header }

        package var name: String
        package var place: Place
        package var schema: Schema
        package var help: String

        package init(_ name: String, in place: Place = .query, _ schema: Schema, _ help: String) {
            self.name = name
            self.place = place
            self.schema = schema
            self.help = help
        }
    }

    package struct Content: Sendable {
        package var type: String
        package var schema: Schema

        package init(type: String, schema: Schema) {
            self.type = type
            self.schema = schema
        }

        package static func json(_ schema: Schema) -> Content { Content(type: "application/json", schema: schema) }
        package static func form(_ schema: Schema) -> Content {
            Content(type: "application/x-www-form-urlencoded", schema: schema)
        }
    }

    package struct Answer: Sendable {
        package var status: Int
        package var help: String
        package var content: [Content]
        /// Names and meanings of headers that it always has.
        package var headers: [(name: String, help: String)] = []

        package init(_ status: Int, _ help: String, _ content: Content...) {
            self.status = status
            self.help = help
            self.content = content
        }

        package static func ok(_ schema: Schema, _ help: String = "Done.") -> Answer {
            Answer(200, help, .json(schema))
        }
        package static func created(_ schema: Schema) -> Answer { Answer(201, "It is made.", .json(schema)) }
        package static let noContent = Answer(204, "Done.")
        /// A problem with the usual description of its status.
        package static func refusal(_ status: Int) -> Answer {
            let schema = status == 400 ? "InvalidRequest" : "Problem"
            return Answer(
                status, Self.refusals[status] ?? "Refused.",
                Content(type: "application/problem+json", schema: .component(schema)))
        }

        private static let refusals = [
            400: "The request is wrong; invalid_parameters says where.",
            401: "The token is missing or wrong.",
            403: "It is not allowed.",
            404: "There is no such resource.",
            409: "It clashes with what is there, such as by its name.",
            412: "If-Match or If-None-Match names another version.",
            413: "The body is too large.",
            503: "What has to answer cannot do so now.",
        ]

        package func with(_ header: String, _ help: String) -> Answer {
            var answer = self
            answer.headers.append((header, help))
            return answer
        }

        package var withTag: Answer { self.with("ETag", "The version that this is (RFC 9110, section 8.8.3).") }
    }

    /// Unique in the API: `listListeners`.
    package var name: String
    package var summary: String
    /// The part of the API.
    package var tag: String
    package var parameters: [Parameter]
    package var body: Content?
    package var answers: [Answer]
    package var security = Security.adminToken
    /// It changes the configuration, and takes preconditions.
    var isChange = false

    package init(
        _ name: String, _ summary: String, tag: String, parameters: [Parameter] = [], body: Content? = nil,
        security: Security = .adminToken, _ answers: Answer..., refusals: [Int] = []
    ) {
        self.name = name
        self.summary = summary
        self.tag = tag
        self.parameters = parameters
        self.body = body
        self.security = security
        self.answers = answers + refusals.map(Answer.refusal)
    }

    /// Adds a refusal unless the status is described already.
    mutating func add(_ refusal: Int) {
        guard !self.answers.contains(where: { $0.status == refusal }) else { return }
        self.answers.append(.refusal(refusal))
    }

    /// With what follows from where it is.
    func completed(path: String) -> APIOperation {
        var operation = self
        let hasCaptures = path.contains(":")
        if hasCaptures { operation.add(404) }
        if hasCaptures || !self.parameters.isEmpty || self.body != nil { operation.add(400) }
        if self.body != nil { operation.add(413) }
        if self.security == .adminToken {
            operation.add(401)
            operation.add(503)
        }
        if self.isChange {
            operation.add(412)
            operation.parameters += [
                Parameter(
                    "If-Match", in: .header, .string, "The version that the change is for (RFC 9110, section 13.1.1)."),
                Parameter(
                    "If-None-Match", in: .header, .string,
                    "A version that must not be there (RFC 9110, section 13.1.2)."),
            ]
        }
        return operation
    }

    /// A GET that has a tag, and answers 304 to those who know that version.
    func conditional() -> APIOperation {
        var operation = self
        operation.parameters.append(
            Parameter(
                "If-None-Match", in: .header, .string, "The version that is known already (RFC 9110, section 13.1.2)."))
        operation.answers = operation.answers.map { answer in
            answer.status == 200 && !answer.headers.contains { $0.name == "ETag" } ? answer.withTag : answer
        }
        operation.answers.append(Answer(304, "Nothing changed.").withTag)
        return operation
    }
}

extension APIOperation {
    /// The parameters of a list's query.
    package static func parameters(_ rules: ListQueryRules) -> [Parameter] {
        var parameters: [Parameter] = []
        switch rules.paging {
        case .none: break
        case .cursor:
            parameters += [
                Self.size, Parameter("page[after]", .string, "A cursor of the page before, as its links have it."),
            ]
        case .number:
            parameters += [Self.size, Parameter("page[number]", .integer(1...Int.max), "The page, from 1.")]
        }
        for (field, operators) in rules.filters.sorted(by: { $0.key < $1.key }) {
            for operation in operators {
                let schema = operation == .contains ? Schema.string : rules.types[field]?.schema ?? .string
                parameters.append(
                    Parameter(
                        "filter[\(field)][\(operation.rawValue)]", schema,
                        operation == .contains ? "A part of \(field), in any case." : "What \(field) is."))
            }
        }
        if !rules.sorts.isEmpty {
            let field = "(\(rules.sorts.joined(separator: "|")))( (asc|desc))?"
            parameters.append(
                Parameter(
                    "sort", Schema.string.setting("pattern", .string("^(\(field)(,\(field))*)?$")),
                    "Fields to sort by, each with asc or desc behind it."))
        }
        return parameters
    }

    private static let size = Parameter(
        "page[size]",
        Schema.integer(1...ListQuery.maximumSize).setting("default", .integer(Int64(ListQuery.defaultSize))),
        "Elements of a page.")
}

extension ListFilter.ValueType {
    fileprivate var schema: Schema {
        switch self {
        case .text, .id: .string
        case .boolean: .boolean
        case .uuid: .uuid
        case .choice(let choices): .choice(choices)
        }
    }
}
