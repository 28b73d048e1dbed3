import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeProducers (61): `READ` on each topic; a denied topic's partitions carry the code.
enum DescribeProducersHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeProducersRequest = try request.decode()
        var denied: [DescribeProducersMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .name(topic.name)) else { return false }
            var row = DescribeProducersMerge.Topic()
            row.name = topic.name
            row.partitions = topic.partitionIndexes.map { index in
                var partition = DescribeProducersMerge.Partition()
                partition.partitionIndex = index
                partition.errorCode = code.rawValue
                partition.errorMessage = code.refusalText
                return partition
            }
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .describeProducers(DescribeProducersMerge(denied: denied)))
        }
        var answer = DescribeProducersResponse()
        answer.topics = denied
        return .answer(request.encode(answer))
    }
}

struct DescribeProducersMerge: Equatable {
    typealias Topic = DescribeProducersResponse.TopicResponse
    typealias Partition = DescribeProducersResponse.PartitionResponse

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeProducersResponse = try context.decode()
        message.topics += self.denied
        return context.encode(message)
    }
}
