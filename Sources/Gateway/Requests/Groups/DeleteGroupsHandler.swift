import KafkaProtocol
import Resources

/// DeleteGroups (42): `DELETE` on each group. A group named twice has one row.
enum DeleteGroupsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteGroupsRequest = try request.decode()
        var seen: Set<WireName> = []
        let refused = message.groupsNames.takeRefused { group -> [DeleteGroupsResponse.Row]? in
            if request.authorizer.allows(.delete, .group, group) { return nil }
            guard seen.insert(WireName(group)).inserted else { return [] }
            var row = DeleteGroupsResponse.Row()
            row.groupId = group
            row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            return [row]
        }
        return request.forward(
            message, isEmpty: message.groupsNames.isEmpty, refused: refused.flatMap { $0 },
            then: ResponsePlan.deleteGroups)
    }
}

extension DeleteGroupsResponse: RowAnswer {
    typealias Row = DeletableGroupResult

    var rows: [Row] {
        get { self.results }
        set { self.results = newValue }
    }
}
