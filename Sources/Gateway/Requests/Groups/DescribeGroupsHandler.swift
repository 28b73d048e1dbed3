import KafkaProtocol
import NIOCore
import Resources

/// DescribeGroups (15): `DESCRIBE` on each group. Authorized operations (v3+) are the gateway's to compute.
enum DescribeGroupsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeGroupsRequest = try request.decode()
        let showsOperations = message.includeAuthorizedOperations
        let refused = message.groups.takeRefused { group -> DescribeGroupsResponse.Row? in
            if request.authorizer.allows(.describe, .group, group) { return nil }
            var row = DescribeGroupsResponse.Row()
            row.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            row.groupId = group
            return row
        }
        func plan(_ refused: RefusedRows<DescribeGroupsResponse>) -> ResponsePlan {
            .describeGroups(DescribeGroupsMerge(refused: refused, showsOperations: showsOperations))
        }
        return request.forward(
            message, isEmpty: message.groups.isEmpty, refused: refused,
            whenNothingIsRefused: showsOperations ? plan(RefusedRows(rows: [])) : .passThrough, then: plan)
    }
}

extension DescribeGroupsResponse: RowAnswer {
    typealias Row = DescribedGroup

    var rows: [Row] {
        get { self.groups }
        set { self.groups = newValue }
    }
}

struct DescribeGroupsMerge: Equatable {
    var refused: RefusedRows<DescribeGroupsResponse>
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
        self.refused.add(to: &message)
        return context.encode(message)
    }
}
