package import JSON
package import Resources

/// An error answer of the API (RFC 9457, `application/problem+json`).
package struct Problem: Error, Equatable, Sendable {
    package var status: Int
    /// The same for every problem of a kind, sentence case.
    package var title: String
    /// Names this one occurrence: `kong:trace:<digits>`. Logs carry it too.
    package var instance: String
    /// What happened this time; values in square brackets. Never a secret.
    package var detail: String
    /// On 400 only, and then at least one and at most ``maximumInvalidParameters``.
    package let invalidParameters: [InvalidParameter]

    /// A longer list would make a large answer without helping anyone.
    package static let maximumInvalidParameters = 100

    package init(
        status: Int, title: String, detail: String, invalidParameters: [InvalidParameter] = [],
        instance: String = Problem.newInstance()
    ) {
        self.status = status
        self.title = title
        self.instance = instance
        let maximum = Self.maximumInvalidParameters
        let count = invalidParameters.count
        self.detail = count > maximum ? "\(detail); the first [\(maximum)] of [\(count)] faults are listed" : detail
        self.invalidParameters = Array(invalidParameters.prefix(maximum))
    }

    package static func newInstance() -> String {
        "kong:trace:\(UInt64.random(in: 1_000_000_000_000...9_999_999_999_999_999))"
    }

    package var type: String { "https://httpstatuses.com/\(self.status)" }
}

extension Problem {
    /// 400 with all that is wrong. `parameters` holds at least one.
    package static func badRequest(_ parameters: [InvalidParameter], detail: String = "Invalid request") -> Problem {
        Problem(status: 400, title: "Bad Request", detail: detail, invalidParameters: parameters)
    }

    package static func badRequest(_ parameter: InvalidParameter, detail: String = "Invalid request") -> Problem {
        .badRequest([parameter], detail: detail)
    }

    package static func badRequest(_ error: JSONSyntaxError) -> Problem {
        let place = "line \(error.line), column \(error.column)"
        return .badRequest(
            InvalidParameter(field: "body", rule: .invalid, reason: "not valid JSON at \(place): \(error.reason)"),
            detail: "The body is not valid JSON at \(place): \(error.reason)")
    }

    package static func unauthorized(_ detail: String) -> Problem {
        Problem(status: 401, title: "Unauthorized", detail: detail)
    }

    package static func forbidden(_ detail: String) -> Problem {
        Problem(status: 403, title: "Forbidden", detail: detail)
    }

    package static func notFound(_ detail: String) -> Problem {
        Problem(status: 404, title: "Not Found", detail: detail)
    }

    /// - Parameter what: such as `backend cluster`.
    package static func notFound(_ what: String, id: String) -> Problem {
        .notFound("No \(what) [\(id.prefix(100))]")
    }

    package static func methodNotAllowed(_ method: String, allowed: [String]) -> Problem {
        Problem(
            status: 405, title: "Method Not Allowed",
            detail: "[\(method)] is not possible here; allowed: \(allowed.joined(separator: ", "))")
    }

    package static func conflict(_ detail: String) -> Problem {
        Problem(status: 409, title: "Conflict", detail: detail)
    }

    package static func contentTooLarge(maximumBytes: Int) -> Problem {
        Problem(
            status: 413, title: "Content Too Large", detail: "The body is larger than [\(maximumBytes)] bytes")
    }

    /// An unexpected failure. The cause goes to the log under `instance`, not to the client.
    package static func internalError() -> Problem {
        Problem(
            status: 500, title: "Internal Server Error",
            detail: "Something unexpected failed; the server's log has the cause under this instance")
    }

    package static func unavailable(_ detail: String) -> Problem {
        Problem(status: 503, title: "Service Unavailable", detail: detail)
    }
}

extension Problem: Encodable {
    private enum CodingKeys: String, CodingKey {
        case status, title, type, instance, detail
        case invalidParameters = "invalid_parameters"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.status, forKey: .status)
        try container.encode(self.title, forKey: .title)
        try container.encode(self.type, forKey: .type)
        try container.encode(self.instance, forKey: .instance)
        try container.encode(self.detail, forKey: .detail)
        if self.status == 400 { try container.encode(self.invalidParameters, forKey: .invalidParameters) }
    }
}
