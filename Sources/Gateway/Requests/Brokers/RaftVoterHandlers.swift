import KafkaProtocol
import Resources

/// AddRaftVoter (80): `ALTER` on the cluster. A client with that permission is refused as well, as by a cluster whose
/// controllers are fixed, because the request has addresses of controllers, which a client of a gateway does not know.
enum AddRaftVoterHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: AddRaftVoterRequest = try request.decode()
        var answer = AddRaftVoterResponse()
        if request.authorizer.allows(.cluster(.alter)) {
            answer.errorCode = KafkaErrorCode.unsupportedVersion.rawValue
            answer.errorMessage = "Controllers cannot be added through a gateway."
        } else {
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
        }
        return .answer(request.encode(answer))
    }
}

/// RemoveRaftVoter (81): `ALTER` on the cluster.
enum RemoveRaftVoterHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: RemoveRaftVoterRequest = try request.decode()
        return request.forward(ifCluster: .alter) {
            var answer = RemoveRaftVoterResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            return answer
        }
    }
}
