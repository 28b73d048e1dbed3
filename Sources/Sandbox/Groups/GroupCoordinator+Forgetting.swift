import NIOCore

/// Forgetting groups without members, with their offsets, after a time (KIP-211).
extension GroupCoordinator {
    /// Memory of a group besides its offsets, about.
    private static let groupBytes = 1024

    /// Memory of all groups and their offsets, about.
    var heldBytes: Int {
        self.offsets.heldBytes
            + Self.groupBytes * (self.groups.count + self.consumerGroups.count + self.shareGroups.count)
    }

    /// Groups that may be forgotten: without members, and without offsets of open transactions. Share groups stay, as the
    /// state of their partitions does.
    private var idleGroups: [String] {
        let ids = Set(self.groups.keys).union(self.consumerGroups.keys).union(self.offsets.groupIDs)
        return ids.filter { id in
            let classic = self.groups[id]
            return classic?.members.isEmpty ?? true && classic?.pendingMembers.isEmpty ?? true
                && self.consumerGroups[id]?.members.isEmpty ?? true && !(self.offsets[id]?.hasPending ?? false)
        }
    }

    /// Forgets the groups that have been idle for as long as offsets are kept.
    mutating func forgetIdleGroups(at now: NIODeadline, after retention: TimeAmount) {
        let idle = Set(self.idleGroups)
        self.idleSince = self.idleSince.filter { idle.contains($0.key) }
        for id in idle {
            guard let since = self.idleSince[id] else {
                self.idleSince[id] = now
                continue
            }
            if since + retention <= now { self.forget(id) }
        }
    }

    /// Forgets idle groups, the longest idle ones first, until all take at most `bytes`, as far as there are any.
    mutating func shrink(to bytes: Int) {
        guard self.heldBytes > bytes else { return }
        let idle = self.idleGroups.sorted { one, other in
            let (since, otherSince) = (self.idleSince[one] ?? .distantFuture, self.idleSince[other] ?? .distantFuture)
            return since == otherSince ? one < other : since < otherSince
        }
        for id in idle {
            self.forget(id)
            if self.heldBytes <= bytes { return }
        }
    }
}
