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
}
