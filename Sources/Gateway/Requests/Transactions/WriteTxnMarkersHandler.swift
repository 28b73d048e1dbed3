import KafkaProtocol
import Resources

/// WriteTxnMarkers (27): `ALTER` on the cluster. Brokers send it, and so does the tool that ends a hanging transaction,
/// for which an administrator needs no rule on the topic. But a marker is written to the topic, so a rule that denies
/// `WRITE` on one refuses all of the request. A refusal names every partition of every marker.
enum WriteTxnMarkersHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: WriteTxnMarkersRequest = try request.decode()
        guard request.authorizer.allows(.cluster(.alter)) else {
            return Self.refuse(message, .clusterAuthorizationFailed, request)
        }
        let denied = message.markers.lazy.flatMap(\.topics).map(\.name).wireNames.filter { name in
            request.authorizer.isDeniedByRule(Permission(.write, .topic, name.text))
        }
        if denied.isEmpty { return .forward() }
        for name in denied { _ = request.authorizer.allows(.write, .topic, name.text) }
        return Self.refuse(message, .topicAuthorizationFailed, request)
    }

    private static func refuse(
        _ message: WriteTxnMarkersRequest, _ code: KafkaErrorCode, _ request: RequestContext
    ) -> RequestPlan {
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
                    partition.errorCode = code.rawValue
                    return partition
                }
                return row
            }
            return result
        }
        return .answer(request.encode(answer))
    }
}
