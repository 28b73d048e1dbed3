import GatewayModel
import KafkaProtocol
import NIOCore

/// StreamsGroupDescribe (89): `DESCRIBE` on each group, and on every topic of the topology. Authorized
/// operations are the gateway's to compute.
enum StreamsGroupDescribeHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: StreamsGroupDescribeRequest = try request.decode()
        var denied: [StreamsGroupDescribeMerge.Group] = []
        message.groupIds.removeAll { group in
            if request.authorizer.allows(.describe, .group, group) { return false }
            denied.append(StreamsGroupDescribeMerge.refusal(of: group, .groupAuthorizationFailed, nil))
            return true
        }
        let merge = StreamsGroupDescribeMerge(denied: denied, showsOperations: message.includeAuthorizedOperations)
        if denied.isEmpty { return .forward(then: .streamsGroupDescribe(merge)) }
        guard message.groupIds.isEmpty else {
            return .forward(request.encode(message), then: .streamsGroupDescribe(merge))
        }
        var answer = StreamsGroupDescribeResponse()
        answer.groups = denied
        return .answer(request.encode(answer))
    }
}

struct StreamsGroupDescribeMerge: Equatable {
    typealias Group = StreamsGroupDescribeResponse.Group

    var denied: [Group]
    var showsOperations: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: StreamsGroupDescribeResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .streamsGroupDescribe)
        for index in message.groups.indices {
            let group = message.groups[index]
            guard group.errorCode == KafkaErrorCode.none.rawValue else { continue }
            let topics = (group.topology?.subtopologies ?? []).lazy.flatMap { part in
                part.sourceTopics + part.repartitionSinkTopics + part.repartitionSourceTopics.map(\.name)
                    + part.stateChangelogTopics.map(\.name)
            }
            if !DescribedTopics.areVisible(topics, authorizer) {
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
