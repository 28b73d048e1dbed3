import KafkaProtocol
import Logging
import NIOCore
import Resources

/// Frames that are too large to be held. Their bytes are forwarded as they come, in both directions.
extension Session {
    /// The largest frame that is held whole while it is inspected: the batch limit of clients (1 MiB), with room for
    /// the fields around the records.
    static let maximumHeldBytes = (1024 + 64) * 1024
    /// The most bytes of requests that wait for an answer that will be changed.
    static let maximumPlannedBytes = 1024 * 1024
    /// The bytes of the gateway's own answers that may wait; with more, no further request is taken.
    static let maximumLocalAnswerBytes = 1024 * 1024

    // MARK: Answers

    /// Reads the start of a large answer. False when it has not arrived.
    func takeLargeAnswerOpening(frameBytes: Int) -> Bool {
        guard let link = self.upstream, let facts = self.factsInForce(), let expectation = self.inFlight.expectation,
            case .client(let plan) = expectation.plan.purpose,
            let answer = RecordsAnswer(plan.inForce(of: expectation.plan.api, facts: facts))
        else { return false }
        let version = expectation.plan.version
        guard let opening = answer.opening(ChunkCursor(link.input, limit: frameBytes), version: version) else {
            if link.input.readableBytes >= min(frameBytes, LargeAnswer.maximumOpeningBytes) {
                self.brokerMisbehaved("an answer of \(frameBytes) bytes does not begin as it should")
            }
            return false
        }
        guard let bytes = self.upstream?.input.take(opening.bytes)?.contiguous(),
            let changed = LargeAnswer.opening(opening, bytes: bytes, of: answer, version: version)
        else {
            self.brokerMisbehaved("an answer of \(frameBytes) bytes leaves no room for the refused topics")
            return false
        }
        answer.followSession(opening, facts: facts)
        self.largeAnswer = LargeAnswer(
            answer, opening: opening, version: version, bytes: frameBytes - opening.bytes,
            isJudged: facts.authorizer.isEnforcing)
        self.upstream?.phase = .passingLarge
        self.send(changed)
        if frameBytes == opening.bytes { self.largeAnswerEnded() }
        return true
    }

    /// Forwards the received part of a large answer. False when there is none.
    func takeLargeAnswer() -> Bool {
        guard let facts = self.factsInForce(), var answer = self.largeAnswer,
            let part = self.upstream?.input.takeFromFirst(limit: answer.left)
        else { return false }
        do throws(LargeAnswerError) {
            try answer.received(part, facts: facts) { self.send($0) }
        } catch {
            if case .withheld(let topic) = error {
                self.withhold(topic)
            } else {
                self.brokerMisbehaved("\(error)")
            }
            return false
        }
        self.largeAnswer = answer
        if answer.left == 0 {
            if !answer.unmappedBrokers.isEmpty { self.noticeUnmapped(answer.unmappedBrokers) }
            self.largeAnswerEnded()
        }
        return true
    }

    /// Ends the connection in the middle of an answer. The client's next request is judged by the rules in force.
    private func withhold(_ topic: String) {
        if let facts = self.facts, !facts.authorizer.wouldAllow(Permission(.read, .topic, topic)) {
            facts.authorizer.beginRequest(api: self.inFlight.expectation?.plan.api ?? .fetch)
            _ = facts.authorizer.allows(.read, .topic, topic)
        }
        self.log(
            .warning, "connection closed: the rest of an answer may not be read any more", ["topic": "\(topic)"])
        self.close(reason: "an answer has records of a topic that the client may not read")
    }

    private func largeAnswerEnded() {
        self.largeAnswer = nil
        self.upstream?.phase = .head
        self.answerCompleted()
    }

    private func send(_ bytes: ByteBuffer) {
        self.bytesOut += UInt64(bytes.readableBytes)
        self.channel.write(bytes, promise: nil)
    }

    // MARK: Produce

    /// Begins to judge a Produce request while it passes, starting with the part that is held.
    func beginLargeProduce(_ head: FrameHead) {
        guard let facts = self.factsInForce(), !self.isDraining, !self.isClosing else { return }
        var request = LargeProduce(head)
        var held: [ByteBuffer] = []
        do throws(LargeProduceError) {
            while request.left > 0, let part = self.input.takeFromFirst(limit: request.left) {
                try request.received(part, facts: facts)
                held.append(part)
            }
            // The topics begin within the bytes that may be held, unless the header was made long on purpose.
            guard request.acks != nil else { throw .malformed }
        } catch {
            self.phase = .head
            return self.malformed(head, error: error)
        }
        self.largeProduce = request
        self.phase = .passingProduce
        self.hasCompletedRequest = true
        self.noticeActivity()
        if request.isRefused {
            self.largeProduceRefused(request)
        } else if let link = self.upstream {
            for part in held { link.channel.write(part, promise: nil) }
            self.largeProduce?.isUnderWay = true
        }
        if request.left == 0 { self.largeProduceEnded() }
    }

    /// Forwards or drops the received part of a large Produce request. False when there is none.
    func takeLargeProduce() -> Bool {
        guard let facts = self.factsInForce(), let link = self.upstream, var request = self.largeProduce,
            let part = self.input.takeFromFirst(limit: request.left)
        else { return false }
        self.noticeActivity()
        let wasRefused = request.isRefused
        // This keeps the only reference to the outline, so that it grows in place.
        self.largeProduce = nil
        do {
            try request.received(part, facts: facts)
        } catch {
            self.phase = .head
            self.malformed(request.head, error: error)
            return false
        }
        self.largeProduce = request
        if !request.isRefused {
            link.channel.write(part, promise: nil)
        } else if !wasRefused {
            self.largeProduceRefused(request)
        }
        if request.left == 0 { self.largeProduceEnded() }
        return true
    }

    private func largeProduceRefused(_ request: LargeProduce) {
        self.log(
            .info, "a large Produce request is dropped: some of it is denied",
            [
                "apiVersion": "\(request.head.version)", "bytes": "\(request.head.frameBytes)",
                "isUnderWay": "\(request.isUnderWay)",
            ])
        if request.acks == 0 {
            self.endAfterAnswers(reason: "Produce with acks=0 was denied: there is no answer to say so in.")
        }
    }

    private func largeProduceEnded() {
        guard let request = self.largeProduce, !self.isClosing else { return }
        self.largeProduce = nil
        self.phase = .head
        if request.isRefused, request.acks == 0 {
            self.closeIfDrained()
        } else if request.isRefused {
            self.answer(
                request.answer(), api: .produce, version: request.head.version,
                correlationID: request.head.correlationID)
            if request.isUnderWay {
                self.wait = .freshBroker
                self.giveUpBrokerIfDue()
            }
        } else if request.acks != 0 {
            self.inFlight.requestForwarded(
                correlationID: request.head.correlationID,
                plan: PendingAnswer(
                    purpose: .client(ProduceHandler.responsePlanWhenAllAllowed(version: request.head.version)),
                    api: .produce, version: request.head.version))
        }
        self.closeIfDrained()
    }

    /// Closes the connection that carries the start of a dropped request, once the answers to earlier requests have
    /// arrived. The next request opens another connection.
    func giveUpBrokerIfDue() {
        guard case .freshBroker? = self.wait, self.inFlight.isEmpty, !self.isClosing else { return }
        self.wait = nil
        if let link = self.upstream {
            self.upstream = nil
            link.abandon()
        }
    }
}
