import Foundation
import NIOCore

/// Why an address cannot be bound, in words: `address already in use`. For every server socket of the process.
package func bindingFailure(_ error: any Error) -> String {
    if let error = error as? SocketAddressError.UnknownHost {
        return "the host name \(error.host) cannot be resolved"
    }
    guard let error = error as? IOError else { return "\(error)" }
    return switch error.errnoCode {
    case EADDRINUSE: "address already in use"
    case EACCES: "permission denied"
    case EADDRNOTAVAIL: "this machine does not have that address"
    case EAFNOSUPPORT: "this machine has no addresses of that kind"
    case EMFILE, ENFILE: "no more files can be opened (ulimit -n)"
    default: String(cString: strerror(error.errnoCode)).lowercased()
    }
}
