/// Why a key set could not be had.
package enum JWKSFetchError: Error, Equatable, Sendable {
    case badAddress
    case status(UInt)
    case redirected(to: String)
    case timedOut(seconds: Double)
    case tooLarge(maximumBytes: Int)
    case notAKeySet(String)
    case failed(String)
}

extension JWKSFetchError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress: "the address is not an http or https URL"
        case .status(let status): "it answers with status \(status)"
        case .redirected(let location):
            "it redirects to \(location.quoted(maximumLength: 200)), and redirects are not followed: "
                + "the endpoint has to be the address of the keys"
        case .timedOut(let seconds): "no complete answer within \(seconds) s"
        case .tooLarge(let maximumBytes): "its answer has more than \(maximumBytes) bytes"
        case .notAKeySet(let reason): "its answer is not a key set: \(reason)"
        case .failed(let reason): reason
        }
    }
}
