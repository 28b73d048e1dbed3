import KafkaProtocol
import NIOCore

/// The backend's Fetch answer, with the refused partitions put in, records withheld that may not be read, the endpoints
/// of moved leaders (KIP-951) readdressed and the session followed. Record bytes are not read; without a change the
/// backend's bytes are forwarded.
struct FetchMerge: Equatable {
    typealias Topic = FetchResponse.FetchableTopicResponse
    typealias Partition = FetchResponse.PartitionData

    enum Session: Equatable {
        case none
        /// A new session, kept under the id that the backend assigns, if it assigns one.
        case opened(FetchSession)
        case continued(Int32)
    }

    var denied: [Topic] = []
    var session: Session = .none

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        let head = Self.head(context)
        self.followSession(errorCode: head.errorCode, sessionID: head.sessionID, facts: context.facts)
        let isRefused = head.errorCode != KafkaErrorCode.none.rawValue
        let rows = isRefused ? [] : self.denied
        let isJudged = context.facts.authorizer.isEnforcing
        if rows.isEmpty && !isJudged && context.version < Partition.firstVersionWithPreferredReadReplica {
            return context.body
        }
        var message: FetchResponse = try context.decode()
        let isWithheld = isJudged && self.withhold(&message, context)
        let isReaddressed = message.readdress(in: &context)
        if rows.isEmpty && !isWithheld && !isReaddressed { return context.body }
        message.responses += rows
        return context.encode(message)
    }

    /// Keeps or forgets the fetch session, as the head of the answer says.
    func followSession(errorCode: Int16, sessionID: Int32, facts: SessionFacts) {
        let sessions = facts.fetchSessions
        switch self.session {
        case .none:
            break
        case .opened(let session):
            guard errorCode == KafkaErrorCode.none.rawValue, sessionID != 0 else { return }
            sessions.store(session, id: sessionID)
        case .continued(let id):
            if errorCode != KafkaErrorCode.none.rawValue || sessionID == 0 { sessions.remove(id) }
        }
    }

    /// Error code and session id stand at the same place in every version that has them. A body too short for them
    /// does not decode either.
    private static func head(_ context: ResponseContext) -> (errorCode: Int16, sessionID: Int32) {
        guard context.version >= FetchResponse.firstVersionWithSessionId else { return (0, 0) }
        let start = context.body.readerIndex
        let code = context.body.getInteger(at: start + 4, as: Int16.self) ?? 0
        return (code, context.body.getInteger(at: start + 6, as: Int32.self) ?? 0)
    }

    /// Puts refusals in the place of topics that may not be read: the rules may have changed since the request was
    /// forwarded.
    /// - Returns: Whether the message was changed.
    private func withhold(_ message: inout FetchResponse, _ context: ResponseContext) -> Bool {
        let usesIDs = context.version >= Topic.firstVersionWithTopicId
        func key(_ topic: Topic) -> TopicKey { TopicKey(name: topic.topic, id: topic.topicId, usesIDs: usesIDs) }
        var refused = Set(self.denied.lazy.map(key))
        var withheld = WithheldTopics(api: .fetch, facts: context.facts)
        message.responses = message.responses.compactMap { topic in
            let tellsNothing = topic.partitions.allSatisfy(\.isPlainError)
            guard let code = withheld.refusal(of: key(topic), tellsNothing: tellsNothing) else { return topic }
            // One row for each is enough.
            guard refused.insert(key(topic)).inserted else { return nil }
            return FetchHandler.row(topic.topic, topic.topicId, topic.partitions.map(\.partitionIndex), code)
        }
        return withheld.isAny
    }
}

extension FetchResponse.PartitionData {
    /// Whether it has an error and no records.
    fileprivate var isPlainError: Bool {
        self.errorCode != KafkaErrorCode.none.rawValue && (self.records?.readableBytes ?? 0) == 0
    }
}
