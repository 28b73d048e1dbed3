import GatewayModel
import KafkaProtocol
import NIOCore

/// ListOffsets (2): `DESCRIBE` on each topic; a denied topic's partitions carry the code.
enum ListOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: ListOffsetsRequest = try request.decode()
        var denied: [ListOffsetsMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .describe, on: .name(topic.name)) else { return false }
            var row = ListOffsetsMerge.Topic()
            row.name = topic.name
            row.partitions = topic.partitions.map { asked in
                var partition = ListOffsetsMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                partition.timestamp = -1
                partition.offset = -1
                partition.leaderEpoch = -1
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .listOffsets(ListOffsetsMerge(denied: denied)))
        }
        var answer = ListOffsetsResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct ListOffsetsMerge: Equatable {
    typealias Topic = ListOffsetsResponse.ListOffsetsTopicResponse
    typealias Partition = ListOffsetsResponse.ListOffsetsPartitionResponse

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ListOffsetsResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
