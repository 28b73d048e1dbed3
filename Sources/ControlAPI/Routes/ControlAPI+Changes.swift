internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources

extension ControlAPI {
    /// `POST /v1/changes`: many changes that are judged together and put in force together, or not at all.
    ///
    ///     {"dry_run": false, "changes": [
    ///       {"method": "POST", "path": "/v1/event-gateways", "body": {"name": "edge"}, "as": "gw"},
    ///       {"method": "POST", "path": "/v1/event-gateways/{gw}/listeners", "body": {…}},
    ///       {"method": "DELETE", "path": "/v1/auth-servers/…", "if_match": "\"118\""}]}
    ///
    /// `{gw}` is the id that the change named `gw` answers with, `{auth.issuer}` another text of that answer. Tags are
    /// those of before the first change. A dry run runs the very same checks, ports included, and changes nothing.
    func changesRoutes(_ routes: [ChangeRoute]) -> RouteTable {
        var table = RouteTable()
        let refused = APIOperation.Content(type: "application/problem+json", schema: .component("ChangesRefused"))
        let invalid = APIOperation.Content(
            type: "application/problem+json",
            schema: .oneOf([.component("ChangesRefused"), .component("InvalidRequest")]))
        let operation = APIOperation(
            "change", "Makes many changes together, or none of them.", tag: "Changes",
            parameters: [APIOperation.Parameter("dry_run", .boolean, "Judges the changes and makes none.")],
            body: .json(.changes), .ok(.changesMade), APIOperation.Answer(400, "A change was refused.", invalid),
            APIOperation.Answer(403, "A change was refused.", refused),
            APIOperation.Answer(404, "A change was refused.", refused),
            APIOperation.Answer(409, "A change was refused.", refused),
            APIOperation.Answer(412, "A change was refused.", refused))
        table.post("/v1/changes", operation) { request, _ in
            let body = try await request.json(maximumBytes: ChangesRequest.maximumBytes)
            let wanted = try ChangesRequest(body, query: request.queryItems, routes: routes)
            do {
                let answers =
                    wanted.isDryRun
                    ? try await self.changes.judge(wanted.steps) : try await self.changes.commit(wanted.steps)
                return try .json(ChangesAnswer(wanted, answers))
            } catch let error as ChangesRefused {
                let problem = ChangesProblem(error, wanted)
                var response = try Response.json(problem, status: .init(code: problem.summary.status))
                response.headers[.contentType] = "application/problem+json"
                return response
            }
        }
        return table
    }
}

/// The body of `POST /v1/changes`.
struct ChangesRequest {
    static let maximumBytes = 8 << 20
    static let maximumChanges = 5_000

    var isDryRun: Bool
    var steps: [ChangeStep]

    /// - Throws: ``Problem`` 400 with all that makes no change of an entry.
    init(_ body: JSONValue, query: QueryItems, routes: [ChangeRoute]) throws {
        var isDryRun = false
        switch query["dry_run"] {
        case nil, "false": break
        case "true": isDryRun = true
        case .some:
            throw Problem.badRequest(
                InvalidParameter(field: "dry_run", rule: .isBoolean, source: .query, reason: "must be true or false"))
        }
        var names: Set<String> = []
        self.steps = try BodyReader.read(body) { reader in
            if reader["dry_run"].ifPresent?.bool() == true { isDryRun = true }
            return reader["changes"].array(1..., atMost: Self.maximumChanges) { field in
                field.object { Self.step($0, field, routes, &names) }
            }
        }
        self.isDryRun = isDryRun
    }

    private static func step(
        _ reader: BodyReader, _ field: FieldReader, _ routes: [ChangeRoute], _ names: inout Set<String>
    ) -> ChangeStep? {
        let method = reader["method"].choice(among: ["POST", "PUT", "PATCH", "DELETE"])
        let path = reader["path"].string(.length(1...2048))
        let body = reader["body"].ifPresent?.value
        let name = reader["as"].ifPresent?.string(.length(1...64))
        let ifMatch = reader["if_match"].ifPresent?.string(.length(1...4096))
        let ifNoneMatch = reader["if_none_match"].ifPresent?.string(.length(1...4096))
        if let name {
            if !ChangeNames.isName(name) {
                reader["as"].report(.invalid, "must be letters, digits, _ and -, and begin with a letter or _")
            } else if !names.insert(name).inserted {
                reader["as"].report(.invalid, "names another change already: [\(name)]")
            }
        }
        guard let method, let path else { return nil }
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var segments: [String] = []
        for segment in parts[0].split(separator: "/") {
            guard let text = try? PathSegment.decoded(segment) else {
                reader["path"].report(.invalid, "has a part that cannot be decoded: [\(segment.prefix(100))]")
                return nil
            }
            segments.append(text)
        }
        let possible = routes.compactMap { route in route.parameters(in: segments).map { (route, $0) } }
        guard let (route, parameters) = possible.first(where: { $0.0.method.rawValue == method }) else {
            let others = possible.map(\.0.method.rawValue).sorted()
            reader["path"].report(
                .invalid,
                others.isEmpty
                    ? "[\(path.prefix(200))] is nothing that can be changed"
                    : "[\(path.prefix(200))] takes \(others.joined(separator: ", ")), not \(method)")
            return nil
        }
        if route.takesBody, body == nil { reader["body"].report(.required, "is required for \(method)") }
        if !route.takesBody, body != nil { reader["body"].report(.invalid, "is not taken by \(method)") }
        return ChangeStep(
            route,
            ChangeInput(
                parameters: parameters, query: QueryItems(parts.count > 1 ? String(parts[1]) : nil),
                body: body ?? .null),
            Preconditions(
                ifMatch: ifMatch.map(EntityTagList.init), ifNoneMatch: ifNoneMatch.map(EntityTagList.init)),
            name: name)
    }
}

/// What each change would have answered on its own.
private struct ChangesAnswer: Encodable {
    struct Change: Encodable {
        var status: Int
        var etag: String?
        var body: JSONValue?
        var name: String?

        enum CodingKeys: String, CodingKey {
            case status, etag, body
            case name = "as"
        }
    }

    var dry_run: Bool
    var changes: [Change]

    init(_ request: ChangesRequest, _ answers: [ChangeAnswer]) throws {
        self.dry_run = request.isDryRun
        self.changes = try zip(request.steps, answers).map { step, answer in
            var body = try answer.body.map { try JSONValue(parsing: Array($0)) }
            if request.isDryRun, case .object(let object) = body {
                // Made up for the rehearsal: nobody shall take it for the one that will be.
                var shown = JSONObject()
                for key in object.keys where !["id", "client_secret", "secret", "issuer"].contains(key) {
                    if let value = object[key] { _ = shown.insert(value, forKey: key) }
                }
                body = .object(shown)
            }
            return Change(
                status: answer.status.code, etag: request.isDryRun ? nil : answer.tag?.text, body: body, name: step.name
            )
        }
    }
}

/// Why nothing was changed: one problem for all, with the problem of each change that was refused.
private struct ChangesProblem: Encodable {
    struct Change: Encodable {
        var index: Int
        var name: String?
        var problem: Problem

        enum CodingKeys: String, CodingKey {
            case index, problem
            case name = "as"
        }
    }

    var summary: Problem
    var changes: [Change]

    private enum CodingKeys: String, CodingKey { case changes }

    init(_ refused: ChangesRefused, _ request: ChangesRequest) {
        let problems = refused.problems.prefix(100)
        self.changes = problems.map {
            Change(index: $0.index, name: request.steps[$0.index].name, problem: $0.problem)
        }
        let statuses = Set(problems.map(\.problem.status))
        let status = statuses.contains(412) ? 412 : statuses.count == 1 ? statuses.first ?? 400 : 400
        let parameters = problems.flatMap { index, problem -> [InvalidParameter] in
            guard !problem.invalidParameters.isEmpty else {
                return [InvalidParameter(field: "changes[\(index)]", rule: .invalid, reason: problem.detail)]
            }
            return problem.invalidParameters.map { parameter in
                var parameter = parameter
                let isBody = parameter.source == .body && parameter.field != "body"
                parameter.field = "changes[\(index)].\(isBody ? "body." : "")\(parameter.field)"
                parameter.source = .body
                return parameter
            }
        }
        let count = refused.problems.count
        let first = problems.first?.problem
        self.summary = Problem(
            status: status, title: status == first?.status ? first?.title ?? "Bad Request" : "Bad Request",
            detail: "Nothing was changed: \(count) of \(request.steps.count) changes "
                + (count == 1 ? "was refused. \(first?.detail ?? "")" : "were refused"),
            invalidParameters: status == 400 ? Array(parameters.prefix(100)) : [])
    }

    func encode(to encoder: any Encoder) throws {
        try self.summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.changes, forKey: .changes)
    }
}
