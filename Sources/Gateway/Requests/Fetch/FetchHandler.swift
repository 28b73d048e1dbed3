import KafkaProtocol
import NIOCore
import Resources

/// Fetch (1): `READ` on every topic of the fetch session.
///
/// A follower's Fetch is refused, whatever the rules say, because no client of a gateway is a broker. At the backend it
/// would read records that consumers cannot see, and change the state of a replica.
enum FetchHandler {

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else { return try Self.planUnjudged(request) }
        var message: FetchRequest = try request.decode()
        if message.replicaId >= 0 || message.replicaState.replicaId >= 0 {
            let rows = message.topics.map { Self.row($0, .topicAuthorizationFailed) }
            return Self.answer(rows, sessionID: 0, request)
        }
        let isChanged = Self.staysAtLeader(&message, request)
        return message.sessionEpoch > 0
            ? Self.planIncremental(request, message, isChanged: isChanged)
            : Self.planFull(request, message, isChanged: isChanged)
    }

    /// Plans a Fetch where nothing is enforced, so that the backend's answer stays.
    private static func planUnjudged(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let response: ResponsePlan =
            request.version >= FetchResponse.firstVersionWithNodeEndpoints ? .fetch(FetchMerge()) : .passThrough
        if request.version >= FetchRequest.firstVersionWithRackId, request.facts.hidesBrokers {
            var message: FetchRequest = try request.decode()
            if Self.staysAtLeader(&message, request) { return .forward(request.encode(message), then: response) }
        }
        return .forward(then: response)
    }

    /// A leader that knows the client's rack sends it to the nearest replica (KIP-392) and gives it no records. Where
    /// some brokers have no port on the listener, the client may not reach that replica and would be sent there again
    /// and again, so the leader is not given the rack.
    /// - Returns: Whether the request was changed.
    private static func staysAtLeader(_ message: inout FetchRequest, _ request: RequestContext) -> Bool {
        guard !message.rackId.isEmpty, request.facts.hidesBrokers else { return false }
        message.rackId = ""
        return true
    }

    // MARK: Full

    /// Epoch −1: no session, or the end of one. Epoch 0: a new session. Both list all they want.
    private static func planFull(
        _ request: RequestContext, _ message: FetchRequest, isChanged: Bool
    ) -> RequestPlan {
        let usesIDs = request.version >= FetchRequest.FetchTopic.firstVersionWithTopicId
        if usesIDs, let question = request.question(about: message.topics.lazy.map(\.topicId)) {
            return RequestPlan(.ask(question))
        }
        if message.sessionId != 0 { request.facts.fetchSessions.remove(message.sessionId) }
        var session = FetchSession(usesIDs: usesIDs)
        var allowed: [FetchRequest.FetchTopic] = []
        var denied: [FetchMerge.Topic] = []
        for topic in message.topics {
            let key = TopicKey(name: topic.topic, id: topic.topicId, usesIDs: usesIDs)
            let code = request.facts.refusal(of: .read, on: key)
            session.add(topic.partitions.lazy.map(\.partition), to: key)
            session.setAtBackend(code == nil, key)
            if let code { denied.append(Self.row(topic, code)) } else { allowed.append(topic) }
        }
        let opens = message.sessionEpoch == 0 && !session.isTooLarge
        if allowed.isEmpty && !denied.isEmpty {
            session.localEpoch = 1
            let id = opens ? request.facts.fetchSessions.storeLocal(session) : 0
            return Self.answer(denied, sessionID: id, request)
        }
        let merge = FetchMerge(denied: denied, session: opens ? .opened(session) : .none)
        let isRefusedSession = message.sessionEpoch == 0 && !opens
        guard isChanged || isRefusedSession || !denied.isEmpty else { return .forward(then: .fetch(merge)) }
        var rest = message
        rest.topics = allowed
        // Otherwise the backend would open a session that the gateway does not follow.
        if isRefusedSession { rest.sessionEpoch = -1 }
        return .forward(request.encode(rest), then: .fetch(merge))
    }

    // MARK: Incremental

    private static func planIncremental(
        _ request: RequestContext, _ message: FetchRequest, isChanged: Bool
    ) -> RequestPlan {
        let tracker = request.facts.fetchSessions
        let usesIDs = request.version >= FetchRequest.FetchTopic.firstVersionWithTopicId
        guard var session = tracker.take(message.sessionId) else {
            return Self.answer(.fetchSessionIdNotFound, request)
        }
        if let epoch = session.localEpoch, epoch != message.sessionEpoch {
            tracker.store(session, id: message.sessionId)
            return Self.answer(.invalidFetchSessionEpoch, request)
        }
        guard session.usesIDs == usesIDs else {
            tracker.store(session, id: message.sessionId)
            return Self.answer(.fetchSessionTopicIdError, request)
        }
        if usesIDs, let question = request.question(about: message.topics.lazy.map(\.topicId)) {
            tracker.store(session, id: message.sessionId)
            return RequestPlan(.ask(question))
        }
        var update = FetchSessionUpdate(message, &session)
        if !message.topics.isEmpty, session.isTooLarge { return Self.answer(.fetchSessionIdNotFound, request) }
        for (key, topic) in session.topics {
            update.judge(key, topic, request.facts.refusal(of: .read, on: key), &session)
        }
        let isRead = session.topicsAtBackend > 0
        // A topic whose partitions were withheld is readable now, but the gateway does not have their offsets, so the
        // client has to begin a new session and list them all.
        if update.needsNewSession || session.localEpoch != nil && isRead {
            return Self.answer(.fetchSessionIdNotFound, request)
        }
        // A session with nothing in it ends, at a broker too.
        if session.localEpoch != nil && session.topics.isEmpty { return Self.answer([], sessionID: 0, request) }
        // No partition is left for the backend to read, so the gateway continues the session alone.
        if !isRead && !session.topics.isEmpty {
            session.localEpoch = FetchSession.epoch(after: message.sessionEpoch)
            tracker.store(session, id: message.sessionId)
            return Self.answer(update.denied, sessionID: message.sessionId, request)
        }
        tracker.store(session, id: message.sessionId)
        let merge = FetchMerge(denied: update.denied, session: .continued(message.sessionId))
        guard isChanged || update.isChanged else { return .forward(then: .fetch(merge)) }
        var rest = message
        rest.topics = update.topics
        rest.forgottenTopicsData = update.forgotten
        return .forward(request.encode(rest), then: .fetch(merge))
    }

    // MARK: Answers

    private static func answer(_ denied: [FetchMerge.Topic], sessionID: Int32, _ request: RequestContext) -> RequestPlan
    {
        var answer = FetchResponse()
        answer.sessionId = sessionID
        answer.responses = denied
        return .answer(request.encode(answer))
    }

    private static func answer(_ code: KafkaErrorCode, _ request: RequestContext) -> RequestPlan {
        var answer = FetchResponse()
        answer.errorCode = code.rawValue
        return .answer(request.encode(answer))
    }

    private static func row(_ topic: FetchRequest.FetchTopic, _ code: KafkaErrorCode) -> FetchMerge.Topic {
        self.row(topic.topic, topic.topicId, topic.partitions.map(\.partition), code)
    }

    static func row(
        _ name: String, _ id: KafkaUUID, _ partitions: [Int32], _ code: KafkaErrorCode
    ) -> FetchMerge.Topic {
        var row = FetchMerge.Topic()
        row.topic = name
        row.topicId = id
        row.partitions = partitions.map { index in
            var partition = FetchMerge.Partition()
            partition.partitionIndex = index
            partition.errorCode = code.rawValue
            partition.highWatermark = -1
            partition.lastStableOffset = -1
            partition.logStartOffset = -1
            partition.abortedTransactions = []
            partition.preferredReadReplica = -1
            partition.records = ByteBuffer()
            return partition
        }
        return row
    }
}
