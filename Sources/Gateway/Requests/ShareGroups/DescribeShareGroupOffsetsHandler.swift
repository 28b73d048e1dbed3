import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeShareGroupOffsets (90): `DESCRIBE` on each group, then `DESCRIBE` on each topic. With all topics asked for
/// (null) denied ones are left out.
enum DescribeShareGroupOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeShareGroupOffsetsRequest = try request.decode()
        var merge = DescribeShareGroupOffsetsMerge()
        var isChanged = false
        var rest: [DescribeShareGroupOffsetsRequest.Group] = []
        for var group in message.groups {
            guard request.authorizer.allows(.describe, .group, group.groupId) else {
                merge.added.append(Self.refusal(of: group.groupId))
                isChanged = true
                continue
            }
            guard let topics = group.topics else {
                merge.filtered.insert(group.groupId)
                rest.append(group)
                continue
            }
            var denied: [DescribeShareGroupOffsetsMerge.Topic] = []
            group.topics = topics.filter { topic in
                guard let code = request.facts.refusal(of: .describe, on: .name(topic.topicName)) else { return true }
                denied.append(Self.row(topic, code))
                return false
            }
            if !denied.isEmpty { isChanged = true }
            if !denied.isEmpty && group.topics?.isEmpty ?? false {
                // Nothing is left to ask: a broker does not look at the group then.
                var row = DescribeShareGroupOffsetsMerge.Group()
                row.groupId = group.groupId
                row.errorMessage = nil
                row.topics = denied
                merge.added.append(row)
                continue
            }
            merge.denied[group.groupId, default: []] += denied
            rest.append(group)
        }
        if !isChanged {
            return .forward(then: merge.filtered.isEmpty ? .passThrough : .describeShareGroupOffsets(merge))
        }
        message.groups = rest
        guard rest.isEmpty else { return .forward(request.encode(message), then: .describeShareGroupOffsets(merge)) }
        var answer = DescribeShareGroupOffsetsResponse()
        answer.groups = merge.added
        return .answer(request.encode(answer))
    }

    private static func refusal(of group: String) -> DescribeShareGroupOffsetsMerge.Group {
        var row = DescribeShareGroupOffsetsMerge.Group()
        row.groupId = group
        row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        row.errorMessage = KafkaErrorCode.groupAuthorizationFailed.refusalText
        return row
    }

    private static func row(
        _ topic: DescribeShareGroupOffsetsRequest.Topic, _ code: KafkaErrorCode
    ) -> DescribeShareGroupOffsetsMerge.Topic {
        var row = DescribeShareGroupOffsetsMerge.Topic()
        row.topicName = topic.topicName
        row.partitions = topic.partitions.map { index in
            var partition = DescribeShareGroupOffsetsMerge.Partition()
            partition.partitionIndex = index
            partition.startOffset = -1
            partition.errorCode = code.rawValue
            partition.errorMessage = code.refusalText
            return partition
        }
        return row
    }
}

struct DescribeShareGroupOffsetsMerge: Equatable {
    typealias Group = DescribeShareGroupOffsetsResponse.Group
    typealias Topic = DescribeShareGroupOffsetsResponse.Topic
    typealias Partition = DescribeShareGroupOffsetsResponse.Partition

    /// Groups that were not asked about.
    var added: [Group] = []
    /// Rows of denied topics, by group.
    var denied: [String: [Topic]] = [:]
    /// Groups of which all topics were asked for: those without `DESCRIBE` are left out.
    var filtered: Set<String> = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeShareGroupOffsetsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .describeShareGroupOffsets)
        for index in message.groups.indices {
            let group = message.groups[index].groupId
            if self.filtered.contains(group) {
                message.groups[index].topics.removeAll { !authorizer.shows(.describe, .topic, $0.topicName) }
            }
            if message.groups[index].errorCode == KafkaErrorCode.none.rawValue {
                message.groups[index].topics += self.denied[group] ?? []
            }
        }
        message.groups += self.added
        return context.encode(message)
    }
}
