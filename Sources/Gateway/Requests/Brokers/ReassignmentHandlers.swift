import KafkaProtocol
import Resources

/// AlterPartitionReassignments (45): `ALTER` on the cluster. A refusal names every partition.
enum AlterPartitionReassignmentsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AlterPartitionReassignmentsRequest = try request.decode()
        return request.forward(ifCluster: .alter, then: .backendTexts(BackendTexts(api: .alterPartitionReassignments)))
        {
            var answer = AlterPartitionReassignmentsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            answer.responses = message.topics.map { topic in
                var row = AlterPartitionReassignmentsResponse.ReassignableTopicResponse()
                row.name = topic.name
                row.partitions = topic.partitions.map { asked in
                    var partition = AlterPartitionReassignmentsResponse.ReassignablePartitionResponse()
                    partition.partitionIndex = asked.partitionIndex
                    partition.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                    partition.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
                    return partition
                }
                return row
            }
            return answer
        }
    }
}

/// ListPartitionReassignments (46): `DESCRIBE` on the cluster, which shows every topic's. A refusal has an empty row for
/// every partition named.
enum ListPartitionReassignmentsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: ListPartitionReassignmentsRequest = try request.decode()
        return request.forward(
            ifCluster: .describe, then: .backendTexts(BackendTexts(api: .listPartitionReassignments))
        ) {
            var answer = ListPartitionReassignmentsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            answer.topics = (message.topics ?? []).map { topic in
                var row = ListPartitionReassignmentsResponse.OngoingTopicReassignment()
                row.name = topic.name
                row.partitions = topic.partitionIndexes.map { index in
                    var partition = ListPartitionReassignmentsResponse.OngoingPartitionReassignment()
                    partition.partitionIndex = index
                    return partition
                }
                return row
            }
            return answer
        }
    }
}
