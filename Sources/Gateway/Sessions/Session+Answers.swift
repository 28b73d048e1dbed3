import KafkaProtocol
import Logging
import NIOCore

/// The way back: from the broker's bytes to the client, in the order of the requests.
extension Session {
    func upstreamRead(_ chunk: ByteBuffer) {
        guard !self.isClosing, self.upstream != nil else { return }
        self.noticeActivity()
        self.upstream?.input.append(chunk)
        self.takeAnswers()
    }

    func upstreamReadCompleted() {
        self.upstream?.isReadRequested = false
        self.channel.flush()
        self.upstream?.channel.flush()
        self.readUpstreamIfUseful()
        self.takeRequestsAfterAnswers()
    }

    func upstreamWritabilityChanged() {
        if self.upstream?.channel.isWritable == true { self.readIfUseful() }
    }

    func upstreamClosed() {
        guard !self.isClosing else { return }
        self.log(
            .debug, "broker closed the connection",
            ["upstream": "\(self.upstream?.description ?? "")", "unanswered": "\(self.inFlight.count)"])
        self.virtualCluster.monitor.refresh(suspecting: self.upstream?.address)
        self.upstream = nil
        self.close(reason: "the broker closed the connection")
    }

    func readUpstreamIfUseful() {
        guard let link = self.upstream, !link.isReadRequested, !self.isClosing, self.channel.isWritable else { return }
        self.upstream?.isReadRequested = true
        link.channel.read()
    }

    /// Takes the requests that waited for room among the answers.
    private func takeRequestsAfterAnswers() {
        guard !self.isClosing else { return }
        self.giveUpBrokerIfDue()
        self.takeWaitingRequests()
        self.readIfUseful()
        self.closeIfDrained()
    }

    private func takeAnswers() {
        while !self.isClosing, let phase = self.upstream?.phase {
            switch phase {
            case .head:
                guard self.takeAnswerHead() else { return }
            case .streaming(let remaining):
                guard let part = self.upstream?.input.takeFromFirst(limit: remaining) else { return }
                let left = remaining - part.readableBytes
                self.upstream?.phase = left == 0 ? .head : .streaming(left)
                self.bytesOut += UInt64(part.readableBytes)
                self.channel.write(part, promise: nil)
                if left == 0 { self.answerCompleted() }
            case .collecting(let frameBytes):
                // A new configuration may end the session and answer pending requests, so adopt it before reading an
                // answer.
                _ = self.factsInForce()
                guard !self.isClosing, let frame = self.upstream?.input.take(frameBytes) else { return }
                self.upstream?.phase = .head
                self.transform(frame)
            case .openingLarge(let frameBytes):
                guard self.takeLargeAnswerOpening(frameBytes: frameBytes) else { return }
            case .passingLarge:
                guard self.takeLargeAnswer() else { return }
            }
        }
    }

    private func takeAnswerHead() -> Bool {
        guard let bytes = self.upstream?.input.peek(8),
            let size = bytes.getInteger(at: bytes.readerIndex, as: Int32.self),
            let correlationID = bytes.getInteger(at: bytes.readerIndex + 4, as: Int32.self)
        else { return false }
        guard size >= 4, size <= Self.maximumFrameBytes else {
            self.brokerMisbehaved("it sent a frame of \(size) bytes")
            return false
        }
        guard let expectation = self.inFlight.expectation else {
            self.brokerMisbehaved("it answered request \(correlationID), which was not asked")
            return false
        }
        guard expectation.correlationID == correlationID else {
            self.brokerMisbehaved("it answered request \(correlationID) when \(expectation.correlationID) was due")
            return false
        }
        let frameBytes = Int(size) + 4
        let facts = self.factsInForce()
        guard !self.isClosing else { return false }
        guard case .client(let planned) = expectation.plan.purpose, let facts else {
            self.upstream?.phase = .collecting(frameBytes)
            return true
        }
        let plan = planned.inForce(of: expectation.plan.api, facts: facts)
        if case .passThrough = plan {
            self.upstream?.phase = .streaming(frameBytes)
        } else if frameBytes > Self.maximumHeldBytes, RecordsAnswer(plan) != nil {
            self.upstream?.phase = .openingLarge(frameBytes)
        } else {
            self.upstream?.phase = .collecting(frameBytes)
        }
        return true
    }

    func brokerMisbehaved(_ what: String) {
        self.log(
            .error, "connection closed: the broker broke the protocol",
            ["upstream": "\(self.upstream?.description ?? "")", "error": "\(what)"])
        self.close(reason: "the broker broke the protocol: \(what)")
    }

    /// Changes an answer as the request's plan says, and forwards it.
    private func transform(_ frame: ByteChain) {
        guard let facts = self.factsInForce(), !self.isClosing, let expectation = self.inFlight.expectation else {
            return
        }
        let answer = expectation.plan
        do {
            switch answer.purpose {
            case .topicNames:
                self.inFlight.answerCompleted()
                try self.topicNamesAnswered(
                    ResponseFrame.body(of: frame.contiguous(), api: answer.api, version: answer.version),
                    version: answer.version)
                self.sendLocalAnswers()
            case .client(let planned):
                let plan = planned.inForce(of: answer.api, facts: facts)
                if let records = RecordsAnswer(plan),
                    let opening = records.openingOfUntouched(frame, version: answer.version, facts: facts)
                {
                    records.followSession(opening, facts: facts)
                    self.send(frame)
                } else if EndpointsScanner.leavesUntouched(
                    plan, frame: frame, api: answer.api, version: answer.version)
                {
                    self.send(frame)
                } else {
                    try self.apply(plan, to: frame, of: answer, facts)
                }
                self.answerCompleted()
            }
        } catch {
            self.log(
                .error, "connection closed: the broker's answer cannot be decoded",
                ["apiKey": "\(answer.api.name)", "apiVersion": "\(answer.version)", "error": "\(error)"])
            self.close(reason: "the broker's answer cannot be decoded")
        }
    }

    private func apply(
        _ plan: ResponsePlan, to frame: ByteChain, of answer: PendingAnswer, _ facts: SessionFacts
    ) throws(KafkaDecodeError) {
        let whole = frame.contiguous()
        let body = try ResponseFrame.body(of: whole, api: answer.api, version: answer.version)
        let changed = try plan.apply(to: body, version: answer.version, facts: facts)
        if !changed.unmappedBrokers.isEmpty { self.noticeUnmapped(changed.unmappedBrokers) }
        if !changed.brokers.isEmpty { self.virtualCluster.monitor.directory.learn(brokers: changed.brokers) }
        guard !changed.isUnchanged else { return self.send(frame) }
        let out = ResponseFrame.replacingBody(of: whole, body: body, with: changed.body)
        self.bytesOut += UInt64(out.readableBytes)
        self.channel.write(out, promise: nil)
    }

    /// Sends an answer in the bytes that the broker sent.
    private func send(_ frame: ByteChain) {
        self.write(frame, to: self.channel)
        self.bytesOut += UInt64(frame.readableBytes)
    }

    func answerCompleted() {
        self.inFlight.answerCompleted()
        self.sendLocalAnswers()
    }

    private func sendLocalAnswers() {
        while let answer = self.inFlight.nextLocalAnswer() {
            self.bytesOut += UInt64(answer.readableBytes)
            self.channel.write(answer, promise: nil)
        }
    }

    /// Logs once per session that a broker has no port on this listener; the listener's state shows it as long as it is
    /// so.
    func noticeUnmapped(_ brokers: [Int32]) {
        guard !self.hasNoticedUnmapped else { return }
        self.hasNoticedUnmapped = true
        self.log(
            .warning, "the listener has no port for some brokers; add the ports to it",
            [
                "error":
                    "\(brokers.map(self.forward.endpoints.mapping.explanation(ofUnmapped:)).joined(separator: "; "))"
            ])
    }
}
