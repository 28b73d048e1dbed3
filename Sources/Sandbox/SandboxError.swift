import Foundation
import NIOCore

/// Why a sandbox cluster did not start: a broker cannot bind its address.
package struct SandboxError: Error, CustomStringConvertible {
    package var nodeID: Int32
    package var host: String
    package var port: Int
    /// The reason in words, such as `address already in use`.
    package var reason: String
    package var isAddressInUse: Bool

    init(nodeID: Int32, host: String, port: Int, cause: any Error) {
        self.nodeID = nodeID
        self.host = host
        self.port = port
        let number = (cause as? IOError)?.errnoCode
        self.isAddressInUse = number == EADDRINUSE
        if let number {
            self.reason = String(cString: strerror(number)).lowercased()
        } else if cause is SocketAddressError.UnknownHost {
            self.reason = "the host name \(host) cannot be resolved"
        } else {
            self.reason = "\(cause)"
        }
    }

    package var description: String {
        let address = SandboxCluster.Address.text(host: self.host, port: self.port)
        return self.isAddressInUse
            ? "\(address) is in use: sandbox broker \(self.nodeID) cannot start there. "
                + "Stop what listens there, or give the sandbox other ports."
            : "\(address) cannot be bound by sandbox broker \(self.nodeID): \(self.reason). "
                + "Give the sandbox another address."
    }
}
