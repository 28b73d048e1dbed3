/// A group as clients of a virtual cluster see it.
package struct GroupView: Codable, Equatable, Sendable {
    package struct Member: Codable, Equatable, Sendable {
        package var memberID: String
        package var clientID: String
        package var clientHost: String

        package init(memberID: String, clientID: String, clientHost: String) {
            self.memberID = memberID
            self.clientID = clientID
            self.clientHost = clientHost
        }

        package enum CodingKeys: String, CodingKey {
            case memberID = "member_id"
            case clientID = "client_id"
            case clientHost = "client_host"
        }
    }

    package struct Offset: Codable, Equatable, Sendable {
        package var topic: String
        package var partition: Int32
        package var committed: Int64
        /// Nil when the backend did not say.
        package var end: Int64?

        package init(topic: String, partition: Int32, committed: Int64, end: Int64?) {
            self.topic = topic
            self.partition = partition
            self.committed = committed
            self.end = end
        }

        /// Records behind the end; nil when unknown.
        package var lag: Int64? { self.end.map { max(0, $0 &- self.committed) } }
    }

    package var groupID: String
    package var physicalName: String
    /// `classic`, `consumer`, `share`, `streams`, or as the backend says.
    package var type: String
    /// `Stable`, `Empty`, ...
    package var state: String
    package var members: [Member]
    package var offsets: [Offset]
    /// Principals whose clients are connected with a member's client id; sorted.
    package var principals: [String]

    package init(
        groupID: String, physicalName: String, type: String, state: String, members: [Member], offsets: [Offset],
        principals: [String]
    ) {
        self.groupID = groupID
        self.physicalName = physicalName
        self.type = type
        self.state = state
        self.members = members
        self.offsets = offsets
        self.principals = principals
    }

    /// Records behind, over all partitions whose end is known; nil when none is.
    package var lag: Int64? {
        let known = self.offsets.compactMap(\.lag)
        return known.isEmpty ? nil : known.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    }

    package enum CodingKeys: String, CodingKey {
        case type, state, members, offsets, principals
        case groupID = "group_id"
        case physicalName = "physical_name"
    }
}
