import GatewayModel
import KafkaProtocol
import NIOCore

/// ConsumerGroupDescribe (69): `DESCRIBE` on each group, and on every topic in any member's assignment. Authorized
/// operations are the gateway's to compute.
enum ConsumerGroupDescribeHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: ConsumerGroupDescribeRequest = try request.decode()
        var denied: [ConsumerGroupDescribeMerge.Group] = []
        message.groupIds.removeAll { group in
            if request.authorizer.allows(.describe, .group, group) { return false }
            denied.append(ConsumerGroupDescribeMerge.refusal(of: group, .groupAuthorizationFailed, nil))
            return true
        }
        let merge = ConsumerGroupDescribeMerge(denied: denied, showsOperations: message.includeAuthorizedOperations)
        if denied.isEmpty { return .forward(then: .consumerGroupDescribe(merge)) }
        guard message.groupIds.isEmpty else {
            return .forward(request.encode(message), then: .consumerGroupDescribe(merge))
        }
        var answer = ConsumerGroupDescribeResponse()
        answer.groups = denied
        return .answer(request.encode(answer))
    }
}

struct ConsumerGroupDescribeMerge: Equatable {
    typealias Group = ConsumerGroupDescribeResponse.Group

    var denied: [Group]
    var showsOperations: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ConsumerGroupDescribeResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .consumerGroupDescribe)
        for index in message.groups.indices {
            let group = message.groups[index]
            guard group.errorCode == KafkaErrorCode.none.rawValue else { continue }
            let topics = group.members.lazy.flatMap { member in
                member.assignment.topicPartitions + member.targetAssignment.topicPartitions
            }
            if !DescribedTopics.areVisible(topics.map(\.topicName), authorizer) {
                message.groups[index] = Self.refusal(
                    of: group.groupId, .topicAuthorizationFailed, DescribedTopics.refusalText)
            } else if self.showsOperations, let bits = authorizer.authorizedOperations(.group, group.groupId) {
                message.groups[index].authorizedOperations = bits
            }
        }
        message.groups += self.denied
        return context.encode(message)
    }

    static func refusal(of group: String, _ code: KafkaErrorCode, _ text: String?) -> Group {
        var row = Group()
        row.groupId = group
        row.errorCode = code.rawValue
        row.errorMessage = text
        return row
    }
}
