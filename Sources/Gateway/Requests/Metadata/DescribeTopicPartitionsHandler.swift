import KafkaProtocol
import NIOCore
import Resources

/// DescribeTopicPartitions (75): `DESCRIBE` on each topic. With all topics asked for (none named) denied ones are left
/// out; the backend is then asked for the visible ones by name, so that its pages and its cursor name no others.
enum DescribeTopicPartitionsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .describeTopicPartitions(DescribeTopicPartitionsView()))
        }
        let message: DescribeTopicPartitionsRequest = try request.decode()
        return message.topics.isEmpty ? Self.planAll(request, message) : Self.planNamed(request, message)
    }

    private static func planAll(_ request: RequestContext, _ message: DescribeTopicPartitionsRequest) -> RequestPlan {
        if let cursor = message.cursor, cursor.partitionIndex < 0 {
            return .answer(request.encode(DescribeTopicPartitionsResponse()))
        }
        guard let answers = request.answers else { return RequestPlan(.ask(.all)) }
        let cursor = message.cursor?.topicName ?? ""
        let visible = answers.names.filter { name in
            !Self.isBefore(name, cursor) && request.authorizer.shows(.describe, .topic, name)
        }
        guard !visible.isEmpty else { return .answer(request.encode(DescribeTopicPartitionsResponse())) }
        let rest = Self.rest(of: message, visible)
        // The client did not name the topics, so one that was deleted in the meantime is left out.
        let view = DescribeTopicPartitionsView(dropsUnknown: true)
        return .forward(request.encode(rest), then: .describeTopicPartitions(view))
    }

    private static func planNamed(_ request: RequestContext, _ message: DescribeTopicPartitionsRequest) -> RequestPlan {
        if let cursor = message.cursor,
            cursor.partitionIndex < 0 || !message.topics.contains(where: { $0.name.hasSameBytes(as: cursor.topicName) })
        {
            // The request is wrong for any client, before anything is authorized.
            var answer = DescribeTopicPartitionsResponse()
            answer.topics = message.topics.map { Self.row($0.name, .invalidRequest) }
            return .answer(request.encode(answer))
        }
        let cursor = message.cursor?.topicName ?? ""
        var view = DescribeTopicPartitionsView()
        var visible: [String] = []
        var seen: Set<WireName> = []
        for name in message.topics.lazy.map(\.name) where seen.insert(WireName(name)).inserted {
            if request.authorizer.allows(.describe, .topic, name) {
                visible.append(name)
            } else if !Self.isBefore(name, cursor) {
                view.added.append(Self.row(name, .topicAuthorizationFailed))
            }
        }
        if visible.count == seen.count { return .forward(then: .describeTopicPartitions(view)) }
        guard visible.contains(where: { !Self.isBefore($0, cursor) }) else {
            var answer = DescribeTopicPartitionsResponse()
            answer.topics = view.added
            return .answer(request.encode(answer))
        }
        return .forward(request.encode(Self.rest(of: message, visible)), then: .describeTopicPartitions(view))
    }

    /// The same page of the visible topics. A broker refuses a cursor at a topic that is not among those named, so the
    /// page then begins with the first visible topic behind it.
    private static func rest(
        of message: DescribeTopicPartitionsRequest, _ visible: [String]
    ) -> DescribeTopicPartitionsRequest {
        var rest = message
        rest.topics = visible.map(Self.topic)
        guard let cursor = message.cursor, !visible.contains(where: { $0.hasSameBytes(as: cursor.topicName) }) else {
            return rest
        }
        rest.topics.removeAll { Self.isBefore($0.name, cursor.topicName) }
        rest.cursor = nil
        return rest
    }

    private static func topic(_ name: String) -> DescribeTopicPartitionsRequest.TopicRequest {
        var topic = DescribeTopicPartitionsRequest.TopicRequest()
        topic.name = name
        return topic
    }

    /// Pages are in the order of names; names of topics are ASCII.
    private static func isBefore(_ name: String, _ cursor: String) -> Bool {
        name.utf8.lexicographicallyPrecedes(cursor.utf8)
    }

    /// A row without facts about the topic: the same whether or not it exists.
    private static func row(_ name: String, _ code: KafkaErrorCode) -> DescribeTopicPartitionsView.Topic {
        var row = DescribeTopicPartitionsView.Topic()
        row.errorCode = code.rawValue
        row.name = name
        return row
    }
}

/// A client's view of the backend's answer. Authorized operations are always filled in, since there is no flag to ask
/// for them.
struct DescribeTopicPartitionsView: Equatable {
    typealias Topic = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic

    /// The gateway's own rows.
    var added: [Topic] = []
    var dropsUnknown = false

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeTopicPartitionsResponse = try context.decode()
        if self.dropsUnknown {
            message.topics.removeAll { $0.errorCode == KafkaErrorCode.unknownTopicOrPartition.rawValue }
        }
        for index in message.topics.indices {
            let topic = message.topics[index]
            if topic.errorCode == KafkaErrorCode.none.rawValue, let name = topic.name {
                context.facts.topicNames.learn(topic.topicId, name)
            }
            if let name = topic.name, let bits = context.facts.authorizer.authorizedOperations(.topic, name) {
                message.topics[index].topicAuthorizedOperations = bits
            }
        }
        message.readdress(in: &context)
        message.topics += self.added
        return context.encode(message)
    }
}
