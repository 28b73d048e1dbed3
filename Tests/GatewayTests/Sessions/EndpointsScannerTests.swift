import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

@Suite struct EndpointsScannerTests {
    private func produce(version: Int16, leader: Int32? = nil, endpoint: Bool = false) -> ByteChain {
        var partition = ProduceResponse.PartitionProduceResponse()
        partition.errorMessage = "moved"
        var recordError = ProduceResponse.BatchIndexAndErrorMessage()
        recordError.batchIndexErrorMessage = "bad"
        partition.recordErrors = [recordError, recordError]
        if let leader { partition.currentLeader.leaderId = leader }
        var topic = ProduceResponse.TopicProduceResponse()
        topic.name = "orders"
        topic.topicId = KafkaUUID(high: 1, low: 2)
        topic.partitionResponses = [partition, partition]
        var response = ProduceResponse()
        response.responses = [topic, topic]
        if endpoint { response.nodeEndpoints = [ProduceResponse.NodeEndpoint()] }
        return ByteChain(KafkaFrame.encodeResponse(response, version: version, correlationID: 1))
    }

    private func fetch(version: Int16, endpoint: Bool, records: Int = 5000) -> ByteBuffer {
        var partition = FetchResponse.PartitionData()
        partition.abortedTransactions = [FetchResponse.AbortedTransaction(), FetchResponse.AbortedTransaction()]
        partition.records = ByteBuffer(repeating: 9, count: records)
        partition.divergingEpoch.epoch = 3
        var topic = FetchResponse.FetchableTopicResponse()
        topic.topic = "orders"
        topic.topicId = KafkaUUID(high: 1, low: 2)
        topic.partitions = [partition, partition]
        var response = FetchResponse()
        response.responses = [topic]
        if endpoint { response.nodeEndpoints = [FetchResponse.NodeEndpoint()] }
        return KafkaFrame.encodeResponse(response, version: version, correlationID: 1)
    }

    @Test(arguments: Int16(10)...13)
    func `a Produce answer without new leaders is left alone`(version: Int16) {
        var plain = ChunkCursor(self.produce(version: version))
        let plainResult = EndpointsScanner.produceHasNoEndpoints(&plain, version: version)
        #expect(plainResult)
        #expect(plain.position == plain.limit)
        var moved = ChunkCursor(self.produce(version: version, leader: 2))
        let movedResult = EndpointsScanner.produceHasNoEndpoints(&moved, version: version)
        #expect(!movedResult)
        var endpoints = ChunkCursor(self.produce(version: version, endpoint: true))
        let endpointsResult = EndpointsScanner.produceHasNoEndpoints(&endpoints, version: version)
        #expect(!endpointsResult)
    }

    @Test(arguments: Int16(16)...18)
    func `a Fetch answer without endpoints is left alone, in whatever chunks it comes`(version: Int16) {
        let frame = self.fetch(version: version, endpoint: false)
        for border in stride(from: 1, to: frame.readableBytes, by: 37) {
            var chain = ByteChain(frame.getSlice(at: 0, length: border)!)
            chain.append(frame.getSlice(at: border, length: frame.readableBytes - border)!)
            var cursor = ChunkCursor(chain)
            let cursorResult = EndpointsScanner.fetchHasNoEndpoints(&cursor, version: version)
            #expect(cursorResult)
            #expect(cursor.position == cursor.limit)
        }
        var endpoints = ChunkCursor(ByteChain(self.fetch(version: version, endpoint: true)))
        let endpointsResult = EndpointsScanner.fetchHasNoEndpoints(&endpoints, version: version)
        #expect(!endpointsResult)
    }

    @Test func `an answer that is cut off is not taken for one without endpoints`() {
        let frame = self.fetch(version: 16, endpoint: false, records: 40)
        for length in 0..<frame.readableBytes {
            var cursor = ChunkCursor(ByteChain(frame.getSlice(at: 0, length: length)!))
            let cursorResult = EndpointsScanner.fetchHasNoEndpoints(&cursor, version: 16)
            #expect(!cursorResult)
        }
    }
}
