/// What the control API asks of the data plane when the configuration changes.
package protocol EngineControl: Sendable {
    /// Binds the listeners that `configuration` adds or changes, without serving anything yet.
    ///
    /// Called before the change is stored, so that a busy port is refused with a 400 that names it.
    /// - Throws: ``ListenerBindError`` for each address and port that cannot be bound; what was bound is released.
    func prepare(_ configuration: EngineConfiguration) async throws

    /// Makes `configuration` the one in force. When it returns, the next request of every living connection sees it.
    func apply(_ configuration: EngineConfiguration) async
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
