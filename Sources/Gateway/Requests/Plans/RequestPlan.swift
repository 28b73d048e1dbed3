import EngineInterface
import NIOCore

/// The verdict on a client's request.
enum RequestVerdict: Equatable {
    /// Forward the client's bytes.
    case forward
    /// Forward this body in place of the client's, under the same header and version.
    case forwardRewritten(ByteBuffer)
    /// Answer with this body of a response in the request's version. The session adds the header.
    case answer(ByteBuffer)
    /// Close the connection for the reason in the sentence, after forwarding `after` in place of the client's body.
    case close(String, after: ByteBuffer? = nil)
    /// Ask the backend first. The session sends ``TopicQuestion/request``, hands the answer to
    /// ``TopicQuestion/answers(body:version:names:)`` and evaluates the same request again with the result. Nothing has
    /// been recorded or changed so far. A second `ask` for one request does not occur.
    case ask(TopicQuestion)
    /// Match a pattern first, outside the event loop. The session evaluates the same request again with the same
    /// answers and ``PatternQuestion/matches()`` among them. Nothing has been recorded or changed so far.
    case match(PatternQuestion)
}

/// The treatment of one request and of its response.
struct RequestPlan: Equatable {
    var verdict: RequestVerdict
    /// The treatment of the backend's answer; `passThrough` with every verdict that does not forward.
    var response: ResponsePlan
    /// False for Produce with `acks=0`: neither the backend nor the gateway sends an answer.
    var expectsResponse: Bool
    /// The limit that the client reached with the request.
    var limit: LimitKind?

    init(_ verdict: RequestVerdict, response: ResponsePlan = .passThrough, expectsResponse: Bool = true) {
        self.verdict = verdict
        self.response = response
        self.expectsResponse = expectsResponse
    }

    static func forward(then response: ResponsePlan = .passThrough) -> RequestPlan {
        RequestPlan(.forward, response: response)
    }

    static func forward(_ body: ByteBuffer, then response: ResponsePlan) -> RequestPlan {
        RequestPlan(.forwardRewritten(body), response: response)
    }

    static func answer(_ body: ByteBuffer) -> RequestPlan {
        RequestPlan(.answer(body))
    }
}
