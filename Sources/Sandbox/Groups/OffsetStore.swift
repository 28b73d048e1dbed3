/// The offsets of all groups, and the memory that they take.
struct OffsetStore {
    private var groups: [String: GroupOffsets] = [:]
    /// Memory of all offsets, about.
    private(set) var heldBytes = 0

    init() {}

    subscript(groupID: String) -> GroupOffsets? { self.groups[groupID] }

    var groupIDs: [String] { Array(self.groups.keys) }

    /// Changes the offsets of a group. A group without offsets is removed.
    mutating func change(_ groupID: String, _ body: (inout GroupOffsets) -> Void) {
        // Remove the value meanwhile, so that it is changed in place.
        var offsets = self.groups.removeValue(forKey: groupID) ?? GroupOffsets()
        self.heldBytes -= offsets.heldBytes
        body(&offsets)
        guard !offsets.isEmpty else { return }
        self.heldBytes += offsets.heldBytes
        self.groups[groupID] = offsets
    }

    mutating func forget(_ groupID: String) {
        guard let offsets = self.groups.removeValue(forKey: groupID) else { return }
        self.heldBytes -= offsets.heldBytes
    }
}
