import Foundation
import NIOCore
import NIOPosix

/// Why a backend or one of its brokers cannot be used.
struct BackendUnreachable: Error, CustomStringConvertible {
    var reason: String
    var description: String { self.reason }
}

/// A network error in the words of an operator.
package func describe(_ error: any Error) -> String {
    if let error = error as? NIOConnectionError {
        guard let first = error.connectionErrors.first else {
            return "the host name \(error.host) cannot be resolved"
        }
        return describe(first.error)
    }
    if let error = error as? IOError {
        switch error.errnoCode {
        case ECONNREFUSED: return "the connection is refused, nothing listens there"
        case ECONNRESET, EPIPE: return "the connection was broken off"
        case EHOSTUNREACH, ENETUNREACH: return "the host cannot be reached"
        case ETIMEDOUT: return "the host does not answer"
        default: return "\(error)"
        }
    }
    if let error = error as? ChannelError, case .connectTimeout(let time) = error {
        return "no connection within \(time.nanoseconds / 1_000_000_000) s"
    }
    return "\(error)"
}
