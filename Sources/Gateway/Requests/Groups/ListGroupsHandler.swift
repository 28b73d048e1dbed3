import KafkaProtocol
import NIOCore
import Resources

/// ListGroups (16): `DESCRIBE` on the cluster shows all groups; otherwise those with `DESCRIBE` on the group. Others
/// are left out; there is never an error.
enum ListGroupsHandler {
    static func plan(_ request: RequestContext) -> RequestPlan {
        guard request.authorizer.wouldAllow(.cluster(.describe)) else {
            return .forward(then: .listGroups(ListGroupsFilter()))
        }
        _ = request.authorizer.allows(.cluster(.describe))
        return .forward()
    }
}

struct ListGroupsFilter: Equatable {
    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ListGroupsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .listGroups)
        message.groups.removeAll { !authorizer.shows(.describe, .group, $0.groupId) }
        return context.encode(message)
    }
}
