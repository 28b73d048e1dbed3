/// What the control API asks of the data plane when the configuration changes.
package protocol EngineControl: Sendable {
    /// Binds the addresses and ports that `configuration` adds to the one in force, without serving anything yet. What is
    /// in force and cannot be bound at the moment is no matter of the change.
    ///
    /// Called before the change is stored, so that a busy port is refused with a 400 that names it.
    /// - Throws: ``ListenerBindError`` with each address and port that cannot be bound; what was bound is then released,
    ///   and what was given up for it is bound again.
    func prepare(_ configuration: EngineConfiguration) async throws

    /// Finds out whether `configuration` could be prepared, and leaves everything as it is. A port that a listener would
    /// give up for it counts as free.
    /// - Throws: ``ListenerBindError``.
    func rehearse(_ configuration: EngineConfiguration) async throws

    /// Takes back what ``prepare(_:)`` did for a change that does not come: what was bound is released, and what was given
    /// up is bound again. It needs no configuration, because the reason may be that none can be read.
    func takeBack() async

    /// Makes `configuration` the one in force. When it returns, the next request of every living connection sees it.
    func apply(_ configuration: EngineConfiguration) async
}

package struct ListenerBindError: Error, Equatable, Sendable {
    package struct Failure: Equatable, Sendable {
        package var address: String
        package var port: Int
        /// A reason for people: `address already in use`.
        package var reason: String

        package init(address: String, port: Int, reason: String) {
            self.address = address
            self.port = port
            self.reason = reason
        }
    }

    /// A change needs more listening sockets than this process may have.
    package struct Shortage: Equatable, Sendable {
        /// Sockets that the change adds.
        package var needed: Int
        /// Sockets that are left, those counted that the change gives up.
        package var free: Int
        /// Sockets of all listeners together.
        package var maximum: Int

        package init(needed: Int, free: Int, maximum: Int) {
            self.needed = needed
            self.free = free
            self.maximum = maximum
        }
    }

    /// The first listener that cannot be bound whole.
    package var listener: String
    package var failures: [Failure]
    /// Set when nothing was tried, because there are too many.
    package var shortage: Shortage?

    package init(listener: String, failures: [Failure], shortage: Shortage? = nil) {
        self.listener = listener
        self.failures = failures
        self.shortage = shortage
    }
}
