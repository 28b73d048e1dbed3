import GatewayModel
import KafkaProtocol

/// WriteTxnMarkers (27): `ALTER` on the cluster, or cluster action. Brokers send it, and the tool that ends a hanging
/// transaction. A refusal names every partition of every marker.
enum WriteTxnMarkersHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: WriteTxnMarkersRequest = try request.decode()
        if !request.authorizer.wouldAllow(.cluster(.alter)), request.authorizer.wouldAllowClusterAction() {
            _ = request.authorizer.allowsClusterAction()
            return .forward()
        }
        return request.forward(ifCluster: .alter) {
            var answer = WriteTxnMarkersResponse()
            answer.markers = message.markers.map { marker in
                var result = WriteTxnMarkersResponse.WritableTxnMarkerResult()
                result.producerId = marker.producerId
                result.topics = marker.topics.map { topic in
                    var row = WriteTxnMarkersResponse.WritableTxnMarkerTopicResult()
                    row.name = topic.name
                    row.partitions = topic.partitionIndexes.map { index in
                        var partition = WriteTxnMarkersResponse.WritableTxnMarkerPartitionResult()
                        partition.partitionIndex = index
                        partition.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                        return partition
                    }
                    return row
                }
                return result
            }
            return answer
        }
    }
}
