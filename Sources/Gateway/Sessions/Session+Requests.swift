import EngineInterface
import KafkaProtocol
import Logging
import NIOCore
import Resources

/// The path of a request: from the client's bytes to the broker, or to an answer of the gateway's own.
extension Session {
    func clientRead(_ chunk: ByteBuffer) {
        guard !self.isClosing else { return self.dropAfterEnd(chunk) }
        self.bytesIn += UInt64(chunk.readableBytes)
        if self.isDraining, case .head = self.phase {
            self.hasDroppedRequests = true
            return
        }
        self.input.append(chunk)
        self.takeRequests()
    }

    func clientReadCompleted() {
        self.isReadRequested = false
        guard !self.isClosing else { return self.channel.read() }
        if !self.turn.isOver { self.turn = Turn() }
        self.upstream?.channel.flush()
        self.channel.flush()
        self.readIfUseful()
    }

    func clientWritabilityChanged() {
        guard self.channel.isWritable else { return }
        self.noticeActivity()
        self.readUpstreamIfUseful()
        self.takeWaitingRequests()
        self.readIfUseful()
    }

    /// Takes the requests that waited for room among the answers, for the client to accept answers, or for the next
    /// turn.
    func takeWaitingRequests() {
        guard self.wait == nil, !self.isClosing, !self.input.isEmpty, self.hasRoomForRequests else { return }
        self.takeRequests()
        self.upstream?.channel.flush()
        self.channel.flush()
    }

    /// Continues with the requests that were deferred for the sake of other clients.
    func takeTurn() {
        self.turn = Turn()
        self.takeWaitingRequests()
        self.finishIfDone()
        self.readIfUseful()
        self.closeIfDrained()
    }

    /// Reads more from the client, unless a decision is pending, the broker accepts no more bytes, or the client does
    /// not accept its answers.
    func readIfUseful() {
        guard !self.isReadRequested, !self.isClosing, self.wait == nil, self.channel.isWritable,
            self.hasRoomForRequests, !self.turn.isOver, self.upstream?.channel.isWritable ?? true
        else { return }
        if self.isDraining, self.phase.isBetweenFrames { return }
        self.isReadRequested = true
        self.channel.read()
    }

    /// Whether one more answer may wait for its turn.
    var hasRoomForRequests: Bool {
        self.inFlight.count < Self.maximumInFlight && self.inFlight.localBytes < Self.maximumLocalAnswerBytes
            && self.inFlight.plannedBytes < Self.maximumPlannedBytes
    }

    /// Continues after a wait.
    func resume() {
        self.wait = nil
        self.takeRequests()
        guard !self.isClosing else { return }
        self.upstream?.channel.flush()
        self.finishIfDone()
        guard !self.isClientGone else { return }
        self.channel.flush()
        self.readIfUseful()
    }

    /// Ends a session whose client has disconnected, once none of the client's requests waits any more.
    private func finishIfDone() {
        if self.isClientGone, self.wait == nil, !self.turn.isOver { self.finish() }
    }

    /// Takes as many requests from the input as can be handled now.
    func takeRequests() {
        while self.wait == nil, !self.isClosing, !self.turn.isOver {
            switch self.phase {
            case .head:
                // A client that does not accept its answers is not served further.
                guard !self.isDraining, self.hasRoomForRequests, self.isClientGone || self.channel.isWritable,
                    self.takeHead()
                else {
                    return
                }
            case .bareToken:
                guard !self.isDraining, self.takeBareToken() else { return }
            case .streaming(let remaining):
                guard let link = self.upstream, let part = self.input.takeFromFirst(limit: remaining) else { return }
                self.noticeActivity()
                let left = remaining - part.readableBytes
                self.phase = left == 0 ? .head : .streaming(left)
                link.channel.write(part, promise: nil)
                if left == 0 { self.closeIfDrained() }
            case .scanningProduce(let head, let nextLook):
                guard self.input.readableBytes >= nextLook else { return }
                self.scanProduce(head)
            case .passingProduce:
                guard self.takeLargeProduce() else { return }
            case .collecting(let head):
                guard let frame = self.input.take(head.frameBytes) else { return }
                self.phase = .head
                self.requestArrived()
                self.turn.decodingBegins(now: .now())
                self.handle(frame, head: head)
                let spent = self.turn.countDecoded(now: .now(), limit: self.context.turnTime)
                if self.turn.isOver { self.context.putOff(self, after: spent) }
            }
        }
    }

    /// Reads the next frame's head and decides how the frame is read. False when the head has not arrived.
    private func takeHead() -> Bool {
        guard let first = self.input.peek(4) else { return false }
        if let error = FrameError.check(first, limit: Self.maximumFrameBytes) {
            self.refuse(error)
            return false
        }
        if self.generation != self.context.generation { self.takeOverConfiguration() }
        guard !self.isDraining, !self.isClosing else { return false }
        guard let bytes = self.input.peek(FrameHead.bytes), let head = FrameHead(bytes) else {
            if !self.isAuthenticated { self.limitUnauthenticated(first) }
            return false
        }
        self.begin(head)
        return true
    }

    /// Takes a token that comes as bytes behind their length. False when they have not arrived.
    private func takeBareToken() -> Bool {
        guard let first = self.input.peek(FrameError.sizeBytes) else { return false }
        let limit = Self.maximumFrameBytesUnauthenticated
        if let error = FrameError.check(first, minimum: 0, limit: limit) {
            self.refuse(error)
            return false
        }
        let size = first.getInteger(at: first.readerIndex, as: Int32.self) ?? 0
        guard let frame = self.input.take(FrameError.sizeBytes + Int(size)) else { return false }
        self.phase = .head
        self.requestForwarded()
        self.bareTokenReceived(frame)
        return true
    }

    /// Handles an unauthenticated client that announces a large frame before its head has arrived. Only an anonymous
    /// client's first request may be that large, and its head must follow at once.
    private func limitUnauthenticated(_ first: ByteBuffer) {
        let limit = Self.maximumFrameBytesUnauthenticated
        guard let size = first.getInteger(at: first.readerIndex, as: Int32.self), size > limit else { return }
        guard self.virtualCluster.virtualCluster.authentication.contains(.anonymous) else {
            return self.refuse(.tooLarge(Int(size), limit: limit))
        }
        self.context.loop.assumeIsolated().scheduleTask(in: .seconds(1)) { [weak self] in
            guard let self, !self.isAuthenticated, self.input.readableBytes < FrameHead.bytes else { return }
            self.refuse(.tooLarge(Int(size), limit: limit))
        }
    }

    /// A request has arrived completely, or is being forwarded to the broker.
    private func requestArrived() {
        self.hasCompletedRequest = true
        self.noticeActivity()
    }

    /// A request is forwarded to the broker without being decoded.
    private func requestForwarded() {
        self.requestArrived()
        self.turn.countForwarded()
        if self.turn.isOver { self.context.putOff(self, after: .zero) }
    }

    private func begin(_ head: FrameHead) {
        guard let api = head.api else { return self.refuse(head) }
        switch api {
        case .apiVersions, .saslHandshake, .saslAuthenticate:
            // Only these are accepted from an unauthenticated client, and they are held whole.
            guard head.size <= Self.maximumFrameBytesUnauthenticated else {
                return self.refuse(.tooLarge(head.size, limit: Self.maximumFrameBytesUnauthenticated))
            }
            self.phase = .collecting(head)
            return
        default:
            break
        }
        guard self.admit() else { return }
        guard let facts = self.factsInForce(), let link = self.upstream else { return self.connectUpstream() }
        guard link.offer.contains(api, version: head.version) else {
            if APITable.isAnsweredWhenNotOffered(api) { return self.collect(head, api) }
            return self.refuse(head)
        }
        self.requests += 1
        if api == .produce {
            self.phase = .scanningProduce(head, nextLook: min(head.frameBytes, 64))
        } else if !APITable.looksAtRequest(api, version: head.version, facts: facts) {
            self.inFlight.requestForwarded(
                correlationID: head.correlationID,
                plan: PendingAnswer(purpose: .client(.passThrough), api: api, version: head.version))
            self.phase = .streaming(head.frameBytes)
            self.requestForwarded()
        } else {
            self.collect(head, api)
        }
    }

    /// Waits for the whole of a request that has to be decoded.
    private func collect(_ head: FrameHead, _ api: APIKey) {
        let limit = self.context.limits.requestBytes
        guard head.size <= limit else {
            let error = FrameError.tooLargeToDecode(api, head.size, limit: limit)
            self.limitReached(.requestBytes, "connection closed: a request is too large", ["error": "\(error)"])
            return self.endAfterAnswers(reason: error.description)
        }
        self.phase = .collecting(head)
    }

    private func refuse(_ error: FrameError) {
        self.log(.warning, "connection closed: not a Kafka request", ["error": "\(error)"])
        self.endAfterAnswers(reason: error.description)
    }

    /// Closes the connection for a request that is not offered, as a broker does.
    private func refuse(_ head: FrameHead) {
        self.log(
            .info, "connection closed: the request is not offered",
            ["apiKey": "\(head.api?.name ?? String(head.apiKey))", "apiVersion": "\(head.version)"])
        self.endAfterAnswers(reason: "request \(head.apiKey) version \(head.version) is not offered")
    }

    func handle(_ frame: ByteChain, head: FrameHead) {
        guard let api = head.api else { return self.refuse(head) }
        switch api {
        case .apiVersions: self.apiVersionsRequested(frame, head: head)
        case .saslHandshake: self.saslHandshakeRequested(frame, head: head)
        case .saslAuthenticate: self.saslAuthenticateRequested(frame, head: head)
        default:
            do {
                let header = try RequestHeaderBytes(frame.contiguous(), head: head)
                self.learnClientID(header)
                self.evaluate(ParkedRequest(head: head, frame: frame, header: header))
            } catch {
                self.malformed(head, error: error)
            }
        }
    }

    func malformed(_ head: FrameHead, error: any Error) {
        if let error = error as? KafkaDecodeError, case .overElementLimit = error.reason {
            return self.refuseElements(head, error: error)
        }
        self.log(
            .warning, "connection closed: the request cannot be decoded",
            [
                "apiKey": "\(head.api?.name ?? String(head.apiKey))", "apiVersion": "\(head.version)",
                "correlationID": "\(head.correlationID)", "error": "\(error)",
            ])
        self.endAfterAnswers(reason: "a request cannot be decoded")
    }

    /// Answers a request that has too many elements with the API's own error, if it has one for the whole request.
    private func refuseElements(_ head: FrameHead, error: KafkaDecodeError) {
        let body = head.api.flatMap { WholeRefusal.body(of: $0, version: head.version, .invalidRequest) }
        self.limitReached(
            .requestElements, body == nil ? "connection closed: a request is too large" : "a request is too large",
            ["apiKey": "\(head.api?.name ?? String(head.apiKey))", "error": "\(error)"])
        guard let api = head.api, let body else { return self.endAfterAnswers(reason: "\(error)") }
        self.answer(body, api: api, version: head.version, correlationID: head.correlationID)
    }

    func learnClientID(_ header: RequestHeaderBytes) {
        if self.clientID == nil, let clientID = header.clientID {
            self.clientID = OutsideText.cut(clientID)
            self.recorder?.learned(clientID: clientID)
        }
    }

    /// Evaluates a request with the API's rules, and carries out the plan.
    func evaluate(_ request: ParkedRequest, answers: TopicAnswers? = nil) {
        guard let facts = self.factsInForce(), !self.isClosing, let link = self.upstream, let api = request.head.api
        else { return }
        let head = request.head
        do {
            let plan = try RequestEvaluator.plan(
                api: api, version: head.version, body: request.header.body, facts: facts, answers: answers)
            if let limit = plan.limit {
                self.limitReached(limit, "request refused: it costs too much", ["apiKey": "\(api.name)"])
            }
            switch plan.verdict {
            case .forward:
                self.expectAnswer(plan, head: head, api: api)
                self.write(request.frame, to: link.channel)
            case .forwardRewritten(let body):
                self.expectAnswer(plan, head: head, api: api)
                link.channel.write(request.header.frame(with: body), promise: nil)
            case .answer(let body):
                self.answer(body, api: api, version: head.version, correlationID: head.correlationID)
            case .close(let reason, let last):
                if let last { link.channel.write(request.header.frame(with: last), promise: nil) }
                self.log(
                    .info, "connection closed instead of an answer", ["apiKey": "\(api.name)", "error": "\(reason)"])
                self.endAfterAnswers(reason: reason)
            case .ask(let question):
                self.ask(question, parking: request)
            case .match(let question):
                self.match(question, parking: request, answers)
            }
        } catch {
            self.malformed(head, error: error)
        }
    }

    private func expectAnswer(_ plan: RequestPlan, head: FrameHead, api: APIKey) {
        guard plan.expectsResponse else { return }
        // A plan keeps the rows for its answer, in proportion to the request's size.
        let bytes = if case .passThrough = plan.response { 0 } else { head.frameBytes }
        self.inFlight.requestForwarded(
            correlationID: head.correlationID, requestBytes: bytes,
            plan: PendingAnswer(purpose: .client(plan.response), api: api, version: head.version))
    }

    func write(_ frame: ByteChain, to channel: any Channel) {
        channel.write(frame.first, promise: nil)
        for chunk in frame.rest { channel.write(chunk, promise: nil) }
    }

    /// Sends an answer of the gateway's own when its turn comes.
    func answer(_ body: ByteBuffer, api: APIKey, version: Int16, correlationID: Int32) {
        self.answer(ResponseFrame.make(body: body, api: api, version: version, correlationID: correlationID))
    }

    /// Sends a whole frame of the gateway's own when its turn comes.
    func answer(_ frame: ByteBuffer) {
        if let now = self.inFlight.requestAnswered(frame) {
            self.bytesOut += UInt64(now.readableBytes)
            self.channel.write(now, promise: nil)
        }
    }

    // MARK: Produce

    private func scanProduce(_ head: FrameHead) {
        guard let facts = self.factsInForce(), !self.isDraining, !self.isClosing else { return }
        let isComplete = self.input.readableBytes >= head.frameBytes
        var cursor = ChunkCursor(self.input, limit: head.frameBytes)
        guard RequestHeaderBytes.skip(&cursor, head: head) else {
            return self.lookAgain(head, isComplete: isComplete)
        }
        let elements = self.context.limits.requestElements
        switch ProduceScanner.scan(cursor, version: head.version, isComplete: isComplete, maximumElements: elements) {
        case .incomplete:
            self.lookAgain(head, isComplete: isComplete)
        case .malformed, .tooManyElements:
            self.judge(head)
        case .outline(let outline):
            guard !outline.isTransactional, self.hotTopics.allowsWriting(outline, facts: facts) else {
                return self.judge(head)
            }
            if outline.acks != 0 {
                self.inFlight.requestForwarded(
                    correlationID: head.correlationID,
                    plan: PendingAnswer(
                        purpose: .client(ProduceHandler.responsePlanWhenAllAllowed(version: head.version)),
                        api: .produce, version: head.version))
            }
            self.phase = .streaming(head.frameBytes)
            self.requestForwarded()
        }
    }

    /// Waits for more of the frame: an eighth more than has arrived, so that scanning again stays cheap even if the
    /// bytes come one by one.
    private func lookAgain(_ head: FrameHead, isComplete: Bool) {
        let here = self.input.readableBytes
        guard !isComplete, here < Self.maximumHeldBytes else { return self.judge(head) }
        let next = min(head.frameBytes, Self.maximumHeldBytes, here + max(64, here / 8))
        self.phase = .scanningProduce(head, nextLook: next)
    }

    /// Judges a request that its outline alone does not allow: with all its fields, or while it passes.
    private func judge(_ head: FrameHead) {
        if head.frameBytes > Self.maximumHeldBytes {
            self.beginLargeProduce(head)
        } else {
            self.phase = .collecting(head)
        }
    }

    // MARK: Questions about topics

    /// Asks the broker about topics, and evaluates the request again with the answer.
    private func ask(_ question: TopicQuestion, parking request: ParkedRequest) {
        guard let link = self.upstream else { return }
        guard let version = link.offer.metadataVersion(for: question) else {
            // The backend cannot be asked, so unknown topics stay unknown.
            return self.evaluate(request, answers: TopicAnswers())
        }
        if question == .all, let list = self.virtualCluster.monitor.directory.topicList(at: .now()) {
            return self.evaluate(request, answers: TopicAnswers(list))
        }
        let correlationID = TopicQuestion.correlationID
        let frame = KafkaFrame.encodeRequest(
            question.request, version: version, correlationID: correlationID, clientID: ControlConnection.clientID)
        self.wait = .topicNames(request, question)
        self.inFlight.requestForwarded(
            correlationID: correlationID,
            plan: PendingAnswer(purpose: .topicNames, api: .metadata, version: version))
        link.channel.writeAndFlush(frame, promise: nil)
    }

    func topicNamesAnswered(_ body: ByteBuffer, version: Int16) throws {
        guard case .topicNames(let request, let question)? = self.wait, let facts = self.facts else { return }
        var answers = try question.answers(body: body, version: version, names: facts.topicNames)
        if question == .all { answers.list = self.virtualCluster.monitor.directory.keep(answers.list) }
        self.wait = nil
        self.evaluate(request, answers: answers)
        if self.wait == nil { self.resume() }
    }

    /// Has a pattern matched outside the event loop, and evaluates the request again with the result.
    private func match(_ question: PatternQuestion, parking request: ParkedRequest, _ answers: TopicAnswers?) {
        self.wait = .patternMatch
        let matcher = self.virtualCluster.monitor.directory.patterns
        let loop = self.context.loop
        let parked = NIOLoopBound((session: self, request: request, answers: answers), eventLoop: loop)
        Task {
            let matches = await matcher.matches(question)
            loop.execute {
                let (session, request, answers) = parked.value
                guard case .patternMatch? = session.wait, !session.isClosing else { return }
                var matched = answers ?? TopicAnswers()
                matched.matches = matches
                session.wait = nil
                session.evaluate(request, answers: matched)
                if session.wait == nil { session.resume() }
                session.closeIfDrained()
            }
        }
    }
}
