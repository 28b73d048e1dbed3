/// Why a key set could not be fetched.
package enum JWKSFetchError: Error, Equatable, Sendable {
    case badAddress
    case status(UInt)
    case redirected(to: String)
    case timedOut(seconds: Double)
    case tooLarge(maximumBytes: Int)
    case notAKeySet(String)
    case failed(String)
}

extension JWKSFetchError {
    /// Whether the source answered that it has no keys, or has them no more (RFC 9110 §15.5.5 and §15.5.11).
    var saysThereAreNoKeys: Bool {
        switch self {
        case .status(404), .status(410): true
        case .status, .badAddress, .redirected, .timedOut, .tooLarge, .notAKeySet, .failed: false
        }
    }

    /// Whether the same question may soon have another answer: the source is not there yet, or too busy.
    var isPassing: Bool {
        switch self {
        case .status(let status): status >= 500 || status == 408 || status == 429
        case .timedOut, .failed: true
        case .badAddress, .redirected, .tooLarge, .notAKeySet: false
        }
    }
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
