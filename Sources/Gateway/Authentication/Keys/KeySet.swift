import JSON
import Resources

/// The usable keys of a JSON Web Key Set.
/// - SeeAlso: RFC 7517 §5.
struct KeySet: Sendable {
    static let maximumKeys = 256

    var keys: [VerificationKey]
    /// The reasons why other keys of the set cannot serve, each a part of a sentence.
    var skipped: [String]

    /// Reads a set. Keys of other kinds and uses are skipped, as the specification asks.
    /// - Throws: `JWKSFetchError.notAKeySet`.
    init(parsing bytes: [UInt8]) async throws(JWKSFetchError) {
        let document: JSONValue
        do throws(JSONSyntaxError) { document = try JSONValue(parsing: bytes, limits: .untrusted) } catch {
            throw .notAKeySet(error.inMessage)
        }
        guard case .object(let set) = document, case .array(let members)? = set["keys"] else {
            throw .notAKeySet("it is not an object with an array 'keys'")
        }
        guard members.count <= Self.maximumKeys else { throw .notAKeySet("more than \(Self.maximumKeys) keys") }

        self.keys = []
        self.skipped = []
        for (index, member) in members.enumerated() {
            do throws(VerificationKey.Unusable) {
                self.keys.append(try await VerificationKey(member))
            } catch {
                self.skipped.append("keys[\(index)]: \(error.reason)")
            }
        }
    }

    /// Whether a key has this `kid`, byte by byte.
    func has(_ keyID: String) -> Bool {
        self.keys.contains { $0.id?.hasSameBytes(as: keyID) == true }
    }

    enum Candidates {
        /// The keys to try; never empty.
        case keys([VerificationKey])
        /// The named key is there, but not for this algorithm.
        case mismatch([SignatureAlgorithm])
        case none
    }

    /// The keys that may have made a token's signature.
    ///
    /// A `kid` picks the keys of that name. If there is none, a set of a single nameless key still serves. Without a
    /// `kid`, every key for the algorithm is a candidate, up to eight.
    func candidates(keyID: String?, algorithm: SignatureAlgorithm) -> Candidates {
        guard let keyID else {
            let fitting = self.keys.filter { $0.algorithms.contains(algorithm) }
            return fitting.isEmpty ? .none : .keys(Array(fitting.prefix(8)))
        }
        var named = self.keys.filter { $0.id?.hasSameBytes(as: keyID) == true }
        if named.isEmpty, self.keys.count == 1 {
            named = self.keys.filter { $0.id == nil }
        }
        guard !named.isEmpty else { return .none }
        let fitting = named.filter { $0.algorithms.contains(algorithm) }
        return fitting.isEmpty ? .mismatch(named.flatMap(\.algorithms)) : .keys(fitting)
    }
}
