import KafkaProtocol
import Resources

/// DescribeUserScramCredentials (50): `DESCRIBE` on the cluster.
///
/// A broker's refusal has one row without a name for each user asked about. With all users asked for (null) a broker
/// never answers, which is a fault of the broker, so the gateway's refusal is the top-level code.
enum DescribeUserScramCredentialsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: DescribeUserScramCredentialsRequest = try request.decode()
        return request.forward(ifCluster: .describe) {
            var answer = DescribeUserScramCredentialsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            answer.results = (message.users ?? []).map { _ in
                var result = DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult()
                result.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                result.errorMessage = nil
                return result
            }
            return answer
        }
    }
}

/// AlterUserScramCredentials (51): `ALTER` on the cluster. A refusal names every user once.
enum AlterUserScramCredentialsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AlterUserScramCredentialsRequest = try request.decode()
        return request.forward(ifCluster: .alter, then: .backendTexts(BackendTexts(api: .alterUserScramCredentials))) {
            var answer = AlterUserScramCredentialsResponse()
            var seen: Set<WireName> = []
            for user in message.deletions.map(\.name) + message.upsertions.map(\.name)
            where seen.insert(WireName(user)).inserted {
                var result = AlterUserScramCredentialsResponse.AlterUserScramCredentialsResult()
                result.user = user
                result.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                result.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
                answer.results.append(result)
            }
            return answer
        }
    }
}
