import KafkaProtocol
import NIOCore
import Resources

/// DescribeQuorum (55): `DESCRIBE` on the cluster. The controllers' addresses (v2+) are hidden.
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
    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeQuorumResponse = try context.decode()
        message.readdress(in: &context)
        return context.encode(message)
    }
}
