import Resources

/// A member of a group, as a client names it: its key in what a session remembers.
struct GroupMember: Hashable {
    @WireName var group: String
    @WireName var member: String
}

/// What a session remembers for the members that speak through it: a few, and beyond that the oldest is forgotten.
struct MemberMemory<Value> {
    /// A client has one member per connection, rarely more.
    static var capacity: Int { 16 }

    private var values: [GroupMember: Value] = [:]
    /// Oldest first.
    private var order: [GroupMember] = []

    /// Takes a value out, to be changed and put in again.
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
