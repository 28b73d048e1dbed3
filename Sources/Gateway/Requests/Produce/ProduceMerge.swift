import KafkaProtocol
import NIOCore

/// The backend's Produce answer, with the denied topics put in and the endpoints of moved leaders (KIP-951) readdressed.
struct ProduceMerge: Equatable {
    typealias Topic = ProduceResponse.TopicProduceResponse
    typealias Partition = ProduceResponse.PartitionProduceResponse

    var denied: [Topic]

    /// The row of a refused topic, whose name or id is the one that the version has.
    static func row(
        _ name: String, _ id: KafkaUUID, _ partitions: some Sequence<Int32>, _ code: KafkaErrorCode
    ) -> Topic {
        var row = Topic()
        row.name = name
        row.topicId = id
        row.partitionResponses = partitions.map { index in
            var partition = Partition()
            partition.index = index
            partition.errorCode = code.rawValue
            partition.baseOffset = -1
            partition.logAppendTimeMs = -1
            partition.logStartOffset = -1
            return partition
        }
        return row
    }

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ProduceResponse = try context.decode()
        let isReaddressed = message.readdress(in: &context)
        if self.denied.isEmpty && !isReaddressed { return context.body }
        message.responses += self.denied
        return context.encode(message)
    }
}
