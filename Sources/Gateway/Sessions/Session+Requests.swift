import GatewayModel
import KafkaProtocol
import Logging
import NIOCore

/// The way of a request: from the client's bytes to the broker, or to an answer of the gateway's own.
extension Session {
    func clientRead(_ chunk: ByteBuffer) {
        guard !self.isClosing else { return }
        self.bytesIn += UInt64(chunk.readableBytes)
        self.input.append(chunk)
        self.takeRequests()
    }

    func clientReadCompleted() {
        self.isReadRequested = false
        self.upstream?.channel.flush()
        self.channel.flush()
        self.readIfUseful()
    }

    func clientWritabilityChanged() {
        if self.channel.isWritable {
            self.readUpstreamIfUseful()
            self.readIfUseful()
        }
    }

    /// Reads on from the client unless something stands in the way: a decision that is not made, a broker that does not
    /// take more, or a client that does not take its answers.
    func readIfUseful() {
        guard !self.isReadRequested, !self.isClosing, self.wait == nil, self.channel.isWritable,
            self.hasRoomForRequests, self.upstream?.channel.isWritable ?? true
        else { return }
        if self.isDraining, case .head = self.phase { return }
        self.isReadRequested = true
        self.channel.read()
    }

    /// Whether one more answer may wait for its turn.
    var hasRoomForRequests: Bool {
        self.inFlight.count < Self.maximumInFlight && self.inFlight.localBytes < Self.maximumLocalAnswerBytes
    }

    /// Goes on after a wait.
    func resume() {
        self.wait = nil
        self.takeRequests()
        guard !self.isClosing else { return }
        self.upstream?.channel.flush()
        if self.isClientGone {
            if self.wait == nil { self.finish() }
            return
        }
        self.channel.flush()
        self.readIfUseful()
    }

    /// Takes as many requests from the input as can be dealt with now.
    func takeRequests() {
        while self.wait == nil, !self.isClosing {
            switch self.phase {
            case .head:
                guard !self.isDraining, self.hasRoomForRequests, self.takeHead() else { return }
            case .streaming(let remaining):
                guard let link = self.upstream, let part = self.input.takeFromFirst(limit: remaining) else { return }
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
                self.handle(frame, head: head)
            }
        }
    }

    /// Looks at the next frame's head and decides how it is read. False when its bytes are not there.
    private func takeHead() -> Bool {
        guard let first = self.input.peek(4) else { return false }
        if let error = FrameError.check(first, limit: Self.maximumFrameBytes) {
            self.refuse(error)
            return false
        }
        guard let bytes = self.input.peek(FrameHead.bytes), let head = FrameHead(bytes) else {
            if !self.isAuthenticated { self.limitUnauthenticated(first) }
            return false
        }
        self.begin(head)
        return true
    }

    /// A client that is nobody yet announces a large frame and has not said what it is. Only an anonymous client's first
    /// request may be that large: its head must follow at once.
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

    private func begin(_ head: FrameHead) {
        guard let api = head.api else { return self.refuse(head) }
        switch api {
        case .apiVersions, .saslHandshake, .saslAuthenticate:
            // These alone are taken from a client that is nobody yet, and held whole.
            guard head.size <= Self.maximumFrameBytesUnauthenticated else {
                return self.refuse(.tooLarge(head.size, limit: Self.maximumFrameBytesUnauthenticated))
            }
            self.phase = .collecting(head)
            return
        default:
            break
        }
        guard self.admit() else { return }
        guard let facts = self.facts, let link = self.upstream else { return self.connectUpstream() }
        guard link.offer.contains(api, version: head.version) else {
            if APITable.isAnsweredWhenNotOffered(api, facts: facts) { return self.collect(head, api) }
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
        } else {
            self.collect(head, api)
        }
    }

    /// Waits for the whole of a request that has to be decoded.
    private func collect(_ head: FrameHead, _ api: APIKey) {
        guard head.size <= Self.maximumDecodedRequestBytes else {
            return self.refuse(.tooLargeToDecode(api, head.size, limit: Self.maximumDecodedRequestBytes))
        }
        self.phase = .collecting(head)
    }

    private func refuse(_ error: FrameError) {
        self.log(.warning, "connection closed: not a Kafka request", ["error": "\(error)"])
        self.close(reason: error.description)
    }

    /// A request that is not offered: a broker closes the connection.
    private func refuse(_ head: FrameHead) {
        self.log(
            .info, "connection closed: the request is not offered",
            ["apiKey": "\(head.api?.name ?? String(head.apiKey))", "apiVersion": "\(head.version)"])
        self.close(reason: "request \(head.apiKey) version \(head.version) is not offered")
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
        self.log(
            .warning, "connection closed: the request cannot be decoded",
            [
                "apiKey": "\(head.api?.name ?? String(head.apiKey))", "apiVersion": "\(head.version)",
                "correlationID": "\(head.correlationID)", "error": "\(error)",
            ])
        self.close(reason: "a request cannot be decoded")
    }

    func learnClientID(_ header: RequestHeaderBytes) {
        if self.clientID == nil, let clientID = header.clientID {
            self.clientID = clientID
        }
    }

    /// Asks the API's own code what becomes of a request, and does it.
    func evaluate(_ request: ParkedRequest, answers: TopicAnswers? = nil) {
        guard let facts = self.facts, let link = self.upstream, let api = request.head.api else { return }
        let head = request.head
        do {
            let plan = try RequestEvaluator.plan(
                api: api, version: head.version, body: request.header.body, facts: facts, answers: answers)
            if let limit = plan.limit { self.noticeLimit(limit, api) }
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
                self.close(reason: reason)
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
        self.inFlight.requestForwarded(
            correlationID: head.correlationID,
            plan: PendingAnswer(purpose: .client(plan.response), api: api, version: head.version))
    }

    func write(_ frame: ByteChain, to channel: any Channel) {
        channel.write(frame.first, promise: nil)
        for chunk in frame.rest { channel.write(chunk, promise: nil) }
    }

    /// Sends an answer of the gateway's own when its turn comes.
    func answer(_ body: ByteBuffer, api: APIKey, version: Int16, correlationID: Int32) {
        let frame = ResponseFrame.make(body: body, api: api, version: version, correlationID: correlationID)
        if let now = self.inFlight.requestAnswered(frame) {
            self.bytesOut += UInt64(now.readableBytes)
            self.channel.write(now, promise: nil)
        }
    }

    // MARK: Produce

    private func scanProduce(_ head: FrameHead) {
        guard let facts = self.facts else { return }
        let isComplete = self.input.readableBytes >= head.frameBytes
        var cursor = ChunkCursor(self.input, limit: head.frameBytes)
        guard RequestHeaderBytes.skip(&cursor, head: head) else {
            return self.lookAgain(head, isComplete: isComplete)
        }
        switch ProduceScanner.scan(cursor, version: head.version, isComplete: isComplete) {
        case .incomplete:
            self.lookAgain(head, isComplete: isComplete)
        case .malformed:
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
        }
    }

    /// Waits for more of the frame: an eighth more than is here, so that looking again stays cheap however it trickles in.
    private func lookAgain(_ head: FrameHead, isComplete: Bool) {
        let here = self.input.readableBytes
        guard !isComplete, here < Self.maximumHeldBytes else { return self.judge(head) }
        let next = min(head.frameBytes, Self.maximumHeldBytes, here + max(64, here / 8))
        self.phase = .scanningProduce(head, nextLook: next)
    }

    /// Judges a request whose outline alone does not let it through: with all its fields, or while it passes.
    private func judge(_ head: FrameHead) {
        if head.frameBytes > Self.maximumHeldBytes {
            self.beginLargeProduce(head)
        } else {
            self.phase = .collecting(head)
        }
    }

    // MARK: Questions about topics

    /// Asks the broker about topics, and takes the request up again when it has answered.
    private func ask(_ question: TopicQuestion, parking request: ParkedRequest) {
        guard let link = self.upstream else { return }
        guard let version = link.offer.metadataVersion(for: question) else {
            // The backend cannot be asked: what is unknown stays unknown.
            return self.evaluate(request, answers: TopicAnswers())
        }
        if question == .all, let list = self.virtualCluster.monitor.directory.topicList(at: .now()) {
            return self.evaluate(request, answers: TopicAnswers(list))
        }
        let correlationID = Int32(bitPattern: 0x736c_7563)
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

    /// Has a pattern matched elsewhere, and takes the request up again with the result.
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

    private func noticeLimit(_ limit: LimitKind, _ api: APIKey) {
        self.context.limitCounters.add(limit)
        self.log(
            .warning, "request refused: the client ran into a limit",
            ["limit": "\(limit.rawValue)", "setting": "\(limit.setting ?? "none")", "apiKey": "\(api.name)"])
    }

    // MARK: The connection to the broker

    private func connectUpstream() {
        self.wait = .backend
        let monitor = self.virtualCluster.monitor
        let session = NIOLoopBound(self, eventLoop: self.context.loop)
        monitor.ready(on: self.context.loop).whenComplete { result in
            switch result {
            case .success(let snapshot): session.value.connectUpstream(snapshot)
            case .failure(let error): session.value.backendUnavailable(error)
            }
        }
    }

    private func connectUpstream(_ snapshot: BackendDirectory.Snapshot) {
        guard !self.isClosing else { return }
        let candidates = UpstreamConnector.candidates(
            port: self.binding.port, endpoints: self.forward.endpoints, snapshot: snapshot,
            bootstrapServers: self.virtualCluster.monitor.cluster.bootstrapServers, rotation: Int(self.id >> 6))
        guard !candidates.isEmpty else {
            return self.backendUnavailable(BackendUnreachable(reason: "no broker is known"))
        }
        UpstreamConnector(session: self).connect(to: candidates).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let (channel, address)):
                guard !self.isClosing else {
                    channel.close(promise: nil)
                    return
                }
                self.upstream = UpstreamLink(
                    channel: channel, address: address,
                    offer: OfferedVersions(backend: snapshot.apiVersions, enforcesACLs: self.virtualCluster.acl != nil))
                self.log(.debug, "broker connected", ["upstream": "\(address)"])
                self.readUpstreamIfUseful()
                self.resume()
            case .failure(let error):
                self.virtualCluster.monitor.refresh()
                self.backendUnavailable(error)
            }
        }
    }

    func backendUnavailable(_ error: any Error) {
        guard !self.isClosing else { return }
        self.log(
            .warning, "connection closed: the backend cluster cannot be reached",
            ["backendCluster": "\(self.virtualCluster.monitor.cluster.name)", "error": "\(error)"])
        self.close(reason: "the backend cluster cannot be reached")
    }
}
