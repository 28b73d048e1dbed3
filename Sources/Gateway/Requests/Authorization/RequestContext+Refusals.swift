import KafkaProtocol
import Resources

extension RequestContext {
    /// Plans a request about the cluster as a whole: it is forwarded if the operation on the cluster is allowed,
    /// otherwise the gateway answers.
    func forward(
        ifCluster operation: ACLOperation, then response: ResponsePlan = .passThrough,
        else refusal: () -> some KafkaMessage
    ) -> RequestPlan {
        if self.authorizer.allows(.cluster(operation)) { return .forward(then: response) }
        return .answer(self.encode(refusal()))
    }
}

extension KafkaErrorCode {
    /// The text of a broker beside the code of a refusal.
    var refusalText: String {
        switch self {
        case .topicAuthorizationFailed: "Topic authorization failed."
        case .groupAuthorizationFailed: "Group authorization failed."
        case .transactionalIdAuthorizationFailed: "Transactional Id authorization failed."
        case .clusterAuthorizationFailed: "Cluster authorization failed."
        case .unknownTopicId: "This server does not host this topic ID."
        default: self.name
        }
    }
}
