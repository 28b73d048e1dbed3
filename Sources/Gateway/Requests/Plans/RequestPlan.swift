import EngineInterface
import NIOCore

/// What is to be done with a client's request.
enum RequestVerdict: Equatable {
    /// The very same bytes go on.
    case forward
    /// This body goes on in place of the client's, under the same header and version.
    case forwardRewritten(ByteBuffer)
    /// The gateway answers itself: the body of a response in the request's version. The session adds the header.
    case answer(ByteBuffer)
    /// The connection ends; the sentence says why. What is given goes on before, in place of the client's body.
    case close(String, after: ByteBuffer? = nil)
    /// The backend has to be asked first. The session sends ``TopicQuestion/request``, hands the answer to
    /// ``TopicQuestion/answers(body:version:names:)`` and evaluates the same request again with the result.
    /// Nothing has been recorded or changed so far. A second `ask` for one request does not occur.
    case ask(TopicQuestion)
    /// A pattern has to be matched first, off the event loop. The session evaluates the same request again with the same
    /// answers and ``PatternQuestion/matches()`` among them. Nothing has been recorded or changed so far.
    case match(PatternQuestion)
}

/// What becomes of one request, and of its response.
struct RequestPlan: Equatable {
    var verdict: RequestVerdict
    /// What is to be done with the backend's answer; `passThrough` with every verdict that does not forward.
    var response: ResponsePlan
    /// False for Produce with `acks=0`: no answer will ever come, from the backend or from the gateway.
    var expectsResponse: Bool
    /// The limit that the client ran into with the request.
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
