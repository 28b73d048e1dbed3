import KafkaProtocol
import NIOCore

/// A request that waits at the broker for new records. It may be answered without records at any time.
enum LongPoll {
    static func isOne(_ answer: Session.PendingAnswer) -> Bool {
        guard case .client = answer.purpose else { return false }
        return answer.api == .fetch || answer.api == .shareFetch
    }

    /// The answer of a broker that has no new records and keeps no session for the client.
    static func emptyAnswer(api: APIKey, version: Int16, correlationID: Int32) -> ByteBuffer {
        var body = ByteBuffer()
        if api == .shareFetch {
            var answer = ShareFetchResponse()
            answer.errorMessage = nil
            answer.encode(into: &body, version: version)
        } else {
            FetchResponse().encode(into: &body, version: version)
        }
        return ResponseFrame.make(body: body, api: api, version: version, correlationID: correlationID)
    }
}

extension Session {
    /// Answers the requests of a session that ends, if all of them wait for records. The broker's own answers then find
    /// a closed connection.
    func answerLongPolls() {
        guard let link = self.upstream, case .head = link.phase, link.input.isEmpty,
            !self.inFlight.isEmpty, self.inFlight.owesOnly(LongPoll.isOne)
        else { return }
        let answers = self.inFlight.takeAll { expectation in
            LongPoll.emptyAnswer(
                api: expectation.plan.api, version: expectation.plan.version,
                correlationID: expectation.correlationID)
        }
        for answer in answers {
            self.bytesOut += UInt64(answer.readableBytes)
            self.channel.write(answer, promise: nil)
        }
    }
}
