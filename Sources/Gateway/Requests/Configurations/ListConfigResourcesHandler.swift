import KafkaProtocol
import Resources

/// ListConfigResources (74): `DESCRIBE_CONFIGS` on the cluster.
enum ListConfigResourcesHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: ListConfigResourcesRequest = try request.decode()
        return request.forward(ifCluster: .describeConfigs) {
            var answer = ListConfigResourcesResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            return answer
        }
    }
}
