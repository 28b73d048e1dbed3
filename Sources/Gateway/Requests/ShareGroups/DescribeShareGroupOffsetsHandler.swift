import KafkaProtocol
import NIOCore
import Resources

/// DescribeShareGroupOffsets (90): `DESCRIBE` on each group, then `DESCRIBE` on each topic. With all topics asked for
/// (null) denied ones are left out.
enum DescribeShareGroupOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeShareGroupOffsetsRequest = try request.decode()
        var merge = DescribeShareGroupOffsetsMerge()
        var isChanged = false
        var isFiltered = false
        var rest: [DescribeShareGroupOffsetsRequest.Group] = []
        for var group in message.groups {
            guard request.authorizer.allows(.describe, .group, group.groupId) else {
                merge.added.append(Self.refusal(of: group.groupId))
                isChanged = true
                continue
            }
            var part = GroupParts<DescribeShareGroupOffsetsMerge.Topic>.Part()
            part.showsVisible = group.topics == nil
            part.denied =
                group.topics?.takeRefused { topic in
                    request.facts.refusal(of: .describe, on: .name(WireName(topic.topicName))).map {
                        Self.row(topic, $0)
                    }
                } ?? []
            if !part.denied.isEmpty { isChanged = true }
            if part.showsVisible { isFiltered = true }
            if !part.denied.isEmpty && group.topics?.isEmpty ?? false {
                // No topic is left to ask about, and a broker does not check the group then.
                var row = DescribeShareGroupOffsetsMerge.Group()
                row.groupId = group.groupId
                row.errorMessage = nil
                row.topics = part.denied
                merge.added.append(row)
                continue
            }
            merge.parts.append(part, group: group.groupId)
            rest.append(group)
        }
        if !isChanged { return .forward(then: isFiltered ? .describeShareGroupOffsets(merge) : .passThrough) }
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

    /// The groups that the backend was not asked about.
    var added: [Group] = []
    var parts = GroupParts<Topic>()

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeShareGroupOffsetsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .describeShareGroupOffsets)
        var parts = self.parts
        for index in message.groups.indices {
            guard let part = parts.next(group: message.groups[index].groupId) else { continue }
            if part.showsVisible {
                message.groups[index].topics.removeAll { !authorizer.shows(.describe, .topic, $0.topicName) }
            }
            if message.groups[index].errorCode == KafkaErrorCode.none.rawValue {
                message.groups[index].topics += part.denied
            }
        }
        message.groups += self.added
        return context.encode(message)
    }
}
