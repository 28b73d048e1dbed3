import Resources

/// A member of a group, as a client names it: the key in a session's memory.
struct GroupMember: Hashable {
    @WireName var group: String
    @WireName var member: String
}

/// The memory of a session for the members that use it: a few values; beyond them the oldest is forgotten.
struct MemberMemory<Value> {
    /// The most members; a client has one per connection, rarely more.
    static var capacity: Int { 16 }

    private var values: [GroupMember: Value] = [:]
    /// The members, oldest first.
    private var order: [GroupMember] = []

    /// Removes a value, to be changed and stored again.
    mutating func take(_ member: GroupMember) -> Value? {
        guard let value = self.values.removeValue(forKey: member) else { return nil }
        self.order.removeAll { $0 == member }
        return value
    }

    subscript(member: GroupMember) -> Value? {
        get { self.values[member] }
        set {
            if self.values.removeValue(forKey: member) != nil { self.order.removeAll { $0 == member } }
            guard let newValue else { return }
            self.values[member] = newValue
            self.order.append(member)
            if self.order.count > Self.capacity { self.values[self.order.removeFirst()] = nil }
        }
    }
}
