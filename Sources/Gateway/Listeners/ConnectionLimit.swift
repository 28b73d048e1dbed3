import Synchronization

/// How many clients may be connected at once, to all listeners together.
///
/// A process that can open no more files is not only deaf to new clients: it loses its brokers, its management API and,
/// on Linux, its life (the dispatch library ends a process that cannot read its own state). So clients that come when the
/// limit is reached are disconnected at once.
final class ConnectionLimit: Sendable {
    let maximum: Int
    private let open = Atomic<Int>(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    var isReached: Bool { self.open.load(ordering: .relaxed) >= self.maximum }

    /// Counts one more connection.
    /// - Returns: false, and counts nothing, when there is no room.
    func take() -> Bool {
        let now = self.open.add(1, ordering: .relaxed).newValue
        if now <= self.maximum { return true }
        self.give()
        return false
    }

    func give() {
        self.open.subtract(1, ordering: .relaxed)
    }
}
