/// What the control API asks of the data plane when the configuration changes.
package protocol EngineControl: Sendable {
    /// Binds the addresses and ports that `configuration` adds to the one in force, without serving anything yet. What is
    /// in force and cannot be bound at the moment is no matter of the change.
    ///
    /// Called before the change is stored, so that a busy port is refused with a 400 that names it.
    /// - Throws: ``ListenerBindError`` for each address and port that cannot be bound, ``ListeningSocketsError`` when
    ///   there are too many; what was bound is then released, and what was given up for it is bound again.
    func prepare(_ configuration: EngineConfiguration) async throws

    /// Makes `configuration` the one in force. When it returns, the next request of every living connection sees it.
    func apply(_ configuration: EngineConfiguration) async
}

/// A change needs more listening sockets than this process may have.
package struct ListeningSocketsError: Error, Equatable, Sendable {
    /// The first listener that does not fit.
    package var listener: String
    /// Sockets that the change adds.
    package var needed: Int
    /// Sockets that are left, the ones counted that the change gives up.
    package var free: Int
    /// Sockets of all listeners together.
    package var maximum: Int

    package init(listener: String, needed: Int, free: Int, maximum: Int) {
        self.listener = listener
        self.needed = needed
        self.free = free
        self.maximum = maximum
    }
}

package struct ListenerBindError: Error, Equatable, Sendable {
    package struct Failure: Equatable, Sendable {
        package var address: String
        package var port: Int
        /// For people: `address already in use`.
        package var reason: String

        package init(address: String, port: Int, reason: String) {
            self.address = address
            self.port = port
            self.reason = reason
        }
    }

    package var listener: String
    package var failures: [Failure]

    package init(listener: String, failures: [Failure]) {
        self.listener = listener
        self.failures = failures
    }
}
