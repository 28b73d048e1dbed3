import KafkaProtocol
import Resources

/// UpdateFeatures (57): `ALTER` on the cluster. A refusal has no row for a feature.
enum UpdateFeaturesHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: UpdateFeaturesRequest = try request.decode()
        return request.forward(ifCluster: .alter, then: .backendTexts(BackendTexts(api: .updateFeatures))) {
            var answer = UpdateFeaturesResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}
