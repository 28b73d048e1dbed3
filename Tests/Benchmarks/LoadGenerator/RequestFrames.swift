import KafkaProtocol
import NIOCore

/// Request frames made once; only the correlation id differs between sends.
struct RequestFrames {
    static let produceVersion: Int16 = 10
    static let fetchVersion: Int16 = 16

    let topic: BenchmarkTopic
    let bytes: Int

    /// One batch with one record, acks 1.
    func produce(bytes: Int) -> ByteBuffer {
        var partition = ProduceRequest.PartitionProduceData()
        partition.index = 0
        partition.records = RecordBatchWriter.batch(values: [ByteBuffer(repeating: 0x61, count: bytes)])
        var data = ProduceRequest.TopicProduceData()
        data.name = self.topic.name
        data.partitionData = [partition]
        var request = ProduceRequest()
        request.acks = 1
        request.timeoutMs = 30_000
        request.topicData = [data]
        return KafkaFrame.encodeRequest(request, version: Self.produceVersion, correlationID: 0, clientID: "benchmark")
    }

    /// A fetch from offset 0 without a session: the same records each time.
    func fetch(maximumBytes: Int) -> ByteBuffer {
        var partition = FetchRequest.FetchPartition()
        partition.partition = 0
        partition.fetchOffset = 0
        partition.partitionMaxBytes = Int32(maximumBytes)
        var topic = FetchRequest.FetchTopic()
        topic.topicId = self.topic.id
        topic.partitions = [partition]
        var request = FetchRequest()
        request.maxWaitMs = 500
        request.minBytes = 1
        request.maxBytes = Int32(maximumBytes)
        request.sessionId = 0
        request.sessionEpoch = -1
        request.topics = [topic]
        return KafkaFrame.encodeRequest(request, version: Self.fetchVersion, correlationID: 0, clientID: "benchmark")
    }
}
