import GatewayModel
import KafkaProtocol
import NIOCore

/// DeleteGroups (42): `DELETE` on each group.
enum DeleteGroupsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteGroupsRequest = try request.decode()
        var denied: [DeleteGroupsMerge.Result] = []
        message.groupsNames.removeAll { group in
            if request.authorizer.allows(.delete, .group, group) { return false }
            var row = DeleteGroupsMerge.Result()
            row.groupId = group
            row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.groupsNames.isEmpty else {
            return .forward(request.encode(message), then: .deleteGroups(DeleteGroupsMerge(denied: denied)))
        }
        var answer = DeleteGroupsResponse()
        answer.results = denied
        return .answer(request.encode(answer))
    }
}

struct DeleteGroupsMerge: Equatable {
    typealias Result = DeleteGroupsResponse.DeletableGroupResult

    var denied: [Result]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DeleteGroupsResponse = try context.decode()
        message.results += self.denied
        return context.encode(message)
    }
}
