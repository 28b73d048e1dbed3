import GatewayModel
import KafkaProtocol
import NIOCore

/// DeleteRecords (21): `DELETE` on each topic; a denied topic's partitions carry the code.
enum DeleteRecordsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteRecordsRequest = try request.decode()
        var denied: [DeleteRecordsMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .delete, on: .name(topic.name)) else { return false }
            var row = DeleteRecordsMerge.Topic()
            row.name = topic.name
            row.partitions = topic.partitions.map { asked in
                var partition = DeleteRecordsMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.lowWatermark = -1
                partition.errorCode = code.rawValue
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .deleteRecords(DeleteRecordsMerge(denied: denied)))
        }
        var answer = DeleteRecordsResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct DeleteRecordsMerge: Equatable {
    typealias Topic = DeleteRecordsResponse.DeleteRecordsTopicResult
    typealias Partition = DeleteRecordsResponse.DeleteRecordsPartitionResult

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DeleteRecordsResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
