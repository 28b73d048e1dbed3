import KafkaProtocol
import NIOCore

/// The backend's ShareFetch answer, with the refused partitions put in, records withheld that may not be read, and the
/// endpoints of moved leaders readdressed. Record bytes are not read; without a change the backend's bytes are
/// forwarded.
struct ShareFetchMerge: Equatable {
    var denied: [ShareFetchResponse.Topic] = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ShareFetchResponse = try context.decode()
        let isWithheld = context.facts.authorizer.isEnforcing && self.withhold(&message, context)
        let isReaddressed = message.readdress(in: &context)
        let rows = message.errorCode == KafkaErrorCode.none.rawValue ? self.denied : []
        if rows.isEmpty && !isWithheld && !isReaddressed { return context.body }
        message.responses += rows
        return context.encode(message)
    }

    /// Puts refusals in the place of topics that may not be read. The backend keeps share sessions by group and member,
    /// not by connection, so an answer may have topics that were not asked for on this one.
    /// - Returns: Whether the message was changed.
    private func withhold(_ message: inout ShareFetchResponse, _ context: ResponseContext) -> Bool {
        var refused = Set(self.denied.lazy.map(\.topicId))
        var withheld = WithheldTopics(api: .shareFetch, facts: context.facts)
        message.responses = message.responses.compactMap { topic in
            let tellsNothing = topic.partitions.allSatisfy(\.isPlainError)
            guard let code = withheld.refusal(of: .id(topic.topicId), tellsNothing: tellsNothing) else { return topic }
            // One row for each is enough.
            guard refused.insert(topic.topicId).inserted else { return nil }
            var row = ShareSessionUpdate.row(
                topic.topicId, topic.partitions.map(\.partitionIndex), code, acknowledged: [])
            // The results of acknowledgements are no secret, and the client waits for them.
            for place in row.partitions.indices {
                row.partitions[place].acknowledgeErrorCode = topic.partitions[place].acknowledgeErrorCode
            }
            return row
        }
        return withheld.isAny
    }
}

extension ShareFetchResponse.Partition {
    /// Whether it has an error and no records.
    fileprivate var isPlainError: Bool {
        self.errorCode != KafkaErrorCode.none.rawValue && (self.records?.readableBytes ?? 0) == 0
    }
}
