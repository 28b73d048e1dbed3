package import JSON

/// Calls of the management API, as one value in and one out: what the console changes, it changes by these.
package protocol ManagementClient: Sendable {
    /// - Throws: ``EngineClientError`` when there is no answer. An answer with an error status is an answer.
    func call(_ call: ManagementCall) async throws -> ManagementAnswer
}

package struct ManagementCall: Equatable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// From the root, with its query: `/v1/event-gateways?page[size]=100`.
    package var path: String
    package var body: JSONValue?
    /// ``ManagementAnswer/tag`` of an earlier answer: 304 when nothing was changed since.
    package var knownTag: String?

    package init(_ method: Method, _ path: String, body: JSONValue? = nil, knownTag: String? = nil) {
        self.method = method
        self.path = path
        self.body = body
        self.knownTag = knownTag
    }
}

package struct ManagementAnswer: Equatable, Sendable {
    package var status: Int
    package var body: JSONValue?
    /// The version of the whole configuration, as the answer saw it (`ETag`).
    package var tag: String?

    package init(status: Int, body: JSONValue? = nil, tag: String? = nil) {
        self.status = status
        self.body = body
        self.tag = tag
    }

    package var isSuccess: Bool { (200..<300).contains(self.status) }
}
