/// Why a sandbox cluster did not start.
package struct SandboxError: Error, CustomStringConvertible {
    package var nodeID: Int32
    package var host: String
    package var port: Int
    /// The system's words.
    package var reason: String
    package var isAddressInUse: Bool

    package var description: String {
        self.isAddressInUse
            ? "\(self.host):\(self.port) is in use: sandbox broker \(self.nodeID) cannot start there. "
                + "Stop what listens there, or give the sandbox other ports."
            : "\(self.host):\(self.port) cannot be bound by sandbox broker \(self.nodeID): \(self.reason)."
    }
}
