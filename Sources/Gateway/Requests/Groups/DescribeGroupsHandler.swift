import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeGroups (15): `DESCRIBE` on each group. Authorized operations (v3+) are the gateway's to compute.
enum DescribeGroupsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeGroupsRequest = try request.decode()
        var denied: [DescribeGroupsMerge.Group] = []
        message.groups.removeAll { group in
            if request.authorizer.allows(.describe, .group, group) { return false }
            var row = DescribeGroupsMerge.Group()
            row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            row.groupId = group
            denied.append(row)
            return true
        }
        let merge = DescribeGroupsMerge(denied: denied, showsOperations: message.includeAuthorizedOperations)
        if denied.isEmpty { return .forward(then: merge.showsOperations ? .describeGroups(merge) : .passThrough) }
        guard message.groups.isEmpty else {
            return .forward(request.encode(message), then: .describeGroups(merge))
        }
        var answer = DescribeGroupsResponse()
        answer.groups = denied
        return .answer(request.encode(answer))
    }
}

struct DescribeGroupsMerge: Equatable {
    typealias Group = DescribeGroupsResponse.DescribedGroup

    var denied: [Group]
    var showsOperations: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeGroupsResponse = try context.decode()
        if self.showsOperations {
            for index in message.groups.indices where message.groups[index].errorCode == KafkaErrorCode.none.rawValue {
                let group = message.groups[index].groupId
                guard let bits = context.facts.authorizer.authorizedOperations(.group, group) else { continue }
                message.groups[index].authorizedOperations = bits
            }
        }
        message.groups += self.denied
        return context.encode(message)
    }
}
