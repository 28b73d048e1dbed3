import KafkaProtocol
import Resources

/// ElectLeaders (43): `ALTER` on the cluster. A refusal has the code at top level (v1+) and at each partition named;
/// with all partitions asked for (null) it names none.
enum ElectLeadersHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: ElectLeadersRequest = try request.decode()
        return request.forward(ifCluster: .alter, then: .backendTexts(BackendTexts(api: .electLeaders))) {
            var answer = ElectLeadersResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.replicaElectionResults = (message.topicPartitions ?? []).map { topic in
                var row = ElectLeadersResponse.ReplicaElectionResult()
                row.topic = topic.topic
                row.partitionResult = topic.partitions.map { index in
                    var partition = ElectLeadersResponse.PartitionResult()
                    partition.partitionId = index
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
