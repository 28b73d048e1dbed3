import KafkaProtocol
import NIOCore

/// The backend's Produce answer, with the denied topics put in and the endpoints of moved leaders (KIP-951) readdressed.
struct ProduceMerge: Equatable {
    typealias Topic = ProduceResponse.TopicProduceResponse
    typealias Partition = ProduceResponse.PartitionProduceResponse

    static let firstWithEndpoints: Int16 = 10

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ProduceResponse = try context.decode()
        let isReaddressed = Self.readdress(&message, &context)
        if self.denied.isEmpty && !isReaddressed { return context.body }
        message.responses += self.denied
        return context.encode(message)
    }

    /// A leader that the client cannot reach is not told; the client then asks for metadata.
    /// - Returns: whether there was anything to change.
    private static func readdress(_ message: inout ProduceResponse, _ context: inout ResponseContext) -> Bool {
        var isChanged = false
        if !message.nodeEndpoints.isEmpty {
            isChanged = true
            var endpoints: [ProduceResponse.NodeEndpoint] = []
            for var node in message.nodeEndpoints {
                guard let endpoint = context.endpoint(nodeID: node.nodeId) else { continue }
                node.host = endpoint.host
                node.port = endpoint.port
                endpoints.append(node)
            }
            message.nodeEndpoints = endpoints
        }
        for topic in message.responses.indices {
            for partition in message.responses[topic].partitionResponses.indices {
                let leader = message.responses[topic].partitionResponses[partition].currentLeader.leaderId
                guard leader >= 0, context.endpoint(nodeID: leader) == nil else { continue }
                message.responses[topic].partitionResponses[partition].currentLeader = .init()
                isChanged = true
            }
        }
        return isChanged
    }
}
