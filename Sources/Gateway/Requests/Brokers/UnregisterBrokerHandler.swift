import KafkaProtocol
import Resources

/// UnregisterBroker (64): `ALTER` on the cluster.
enum UnregisterBrokerHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: UnregisterBrokerRequest = try request.decode()
        return request.forward(ifCluster: .alter, then: .backendTexts(BackendTexts(api: .unregisterBroker))) {
            var answer = UnregisterBrokerResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}
