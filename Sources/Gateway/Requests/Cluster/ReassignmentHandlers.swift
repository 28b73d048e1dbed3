import GatewayModel
import KafkaProtocol

/// AlterPartitionReassignments (45): `ALTER` on the cluster.
enum AlterPartitionReassignmentsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: AlterPartitionReassignmentsRequest = try request.decode()
        return request.forward(ifCluster: .alter) {
            var answer = AlterPartitionReassignmentsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}

/// ListPartitionReassignments (46): `DESCRIBE` on the cluster, which shows every topic's.
enum ListPartitionReassignmentsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: ListPartitionReassignmentsRequest = try request.decode()
        return request.forward(ifCluster: .describe) {
            var answer = ListPartitionReassignmentsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}
