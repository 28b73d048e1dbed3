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
            ? "Sandbox broker \(self.nodeID) cannot bind \(self.host):\(self.port): address already in use. "
                + "Stop what listens there, or give the sandbox other ports."
            : "Sandbox broker \(self.nodeID) cannot bind \(self.host):\(self.port): \(self.reason)."
    }
}
