import KafkaProtocol
import NIOCore
import Resources

/// The backend's offsets, with the denied topics and groups put in or left out.
struct OffsetFetchMerge: Equatable {
    typealias Topic = OffsetFetchResponse.OffsetFetchResponseTopic
    typealias Partition = OffsetFetchResponse.OffsetFetchResponsePartition
    typealias Group = OffsetFetchResponse.OffsetFetchResponseGroup
    typealias GroupTopic = OffsetFetchResponse.OffsetFetchResponseTopics
    typealias GroupPartition = OffsetFetchResponse.OffsetFetchResponsePartitions

    /// Up to v7: rows of denied topics.
    var denied: [Topic] = []
    /// Up to v7: all topics were asked for, those without `DESCRIBE` are left out.
    var showsVisible = false
    /// Up to v7: no topic was forwarded, which a backend may read as a question about all topics: its rows must not
    /// show.
    var dropsTopics = false
    /// v8+: the parts of each group.
    var parts = GroupParts<GroupTopic>()
    var deniedGroups: [Group] = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: OffsetFetchResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .offsetFetch)
        if context.version < OffsetFetchResponse.firstVersionWithGroups {
            if self.dropsTopics { message.topics = [] }
            if self.showsVisible { message.topics.removeAll { !authorizer.shows(.describe, .topic, $0.name) } }
            if message.errorCode == KafkaErrorCode.none.rawValue { message.topics += self.denied }
            return context.encode(message)
        }
        var parts = self.parts
        for index in message.groups.indices {
            guard let part = parts.next(group: message.groups[index].groupId) else { continue }
            if part.dropsTopics { message.groups[index].topics = [] }
            if part.showsVisible { Self.leaveOut(&message.groups[index].topics, context) }
            if message.groups[index].errorCode == KafkaErrorCode.none.rawValue {
                message.groups[index].topics += part.denied
            }
        }
        message.groups += self.deniedGroups
        return context.encode(message)
    }

    private static func leaveOut(_ topics: inout [GroupTopic], _ context: ResponseContext) {
        let usesIDs = context.version >= GroupTopic.firstVersionWithTopicId
        topics.removeAll { topic in
            let key = TopicKey(name: topic.name, id: topic.topicId, usesIDs: usesIDs)
            guard let name = key.name(in: context.facts.topicNames) else { return true }
            return !context.facts.authorizer.shows(.describe, .topic, name)
        }
    }
}
