import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeQuorum (55): `DESCRIBE` on the cluster. The controllers' addresses (v2+) are not told.
enum DescribeQuorumHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: DescribeQuorumRequest = try request.decode()
        let response: ResponsePlan =
            request.version >= DescribeQuorumResponse.firstVersionWithNodes
            ? .describeQuorum(DescribeQuorumView()) : .passThrough
        return request.forward(ifCluster: .describe, then: response) {
            var answer = DescribeQuorumResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}

struct DescribeQuorumView: Equatable {
    /// A controller that is a broker too has the broker's address here. Others have none: no port stands for them, and
    /// that is nothing to warn of.
    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeQuorumResponse = try context.decode()
        for node in message.nodes.indices {
            let endpoint = context.facts.endpoints.endpoint(nodeID: message.nodes[node].nodeId)
            guard let endpoint, let port = UInt16(exactly: endpoint.port) else {
                message.nodes[node].listeners = []
                continue
            }
            for listener in message.nodes[node].listeners.indices {
                message.nodes[node].listeners[listener].host = endpoint.host
                message.nodes[node].listeners[listener].port = port
            }
        }
        return context.encode(message)
    }
}
