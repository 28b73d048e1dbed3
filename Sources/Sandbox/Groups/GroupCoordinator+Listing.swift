/// A group as ListGroups shows it.
struct GroupListing: Equatable {
    var id: String
    /// `classic`, `consumer` or `share`.
    var type: String
    var protocolType: String
    var state: String
}

extension GroupCoordinator {
    /// All groups, in no order.
    var listing: [GroupListing] {
        let classic = self.groups.values.map {
            GroupListing(id: $0.id, type: "classic", protocolType: $0.protocolType ?? "", state: $0.state.name)
        }
        let consumer = self.consumerGroups.values.map {
            GroupListing(id: $0.id, type: "consumer", protocolType: "consumer", state: $0.stateName)
        }
        let share = self.shareGroups.values.map {
            GroupListing(id: $0.id, type: "share", protocolType: "share", state: $0.stateName)
        }
        return classic + consumer + share
    }

    /// The word for a group's protocol, nil when there is no such group.
    func typeName(of groupID: String) -> String? {
        if self.groups[groupID] != nil { return "classic" }
        if self.consumerGroups[groupID] != nil { return "consumer" }
        if self.shareGroups[groupID] != nil { return "share" }
        return nil
    }
}
