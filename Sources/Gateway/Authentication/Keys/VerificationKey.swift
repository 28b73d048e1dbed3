import JSON
import JWTKit

/// A public key of a key set, ready to verify.
struct VerificationKey: Sendable {
    /// The key's `kid`.
    let id: String?
    /// One verifier for each algorithm that the key may be used with.
    private let verifiers: [SignatureAlgorithm: any JWTAlgorithm]

    var algorithms: [SignatureAlgorithm] {
        SignatureAlgorithm.allCases.filter { self.verifiers[$0] != nil }
    }

    /// Whether the signature is this key's. Takes tens of microseconds: not for an event loop.
    func verifies(_ token: JSONWebToken, algorithm: SignatureAlgorithm) -> Bool {
        guard let verifier = self.verifiers[algorithm] else { return false }
        // A signature of the wrong length throws in some of the algorithms and is false in the others.
        return (try? verifier.verify(token.signature, signs: token.signingInput)) ?? false
    }

    /// Reads one member of a set's `keys`.
    ///
    /// - Throws: The reason why the key cannot serve. The other keys of the set still may.
    /// - SeeAlso: RFC 7517 §4, RFC 7518 §6.
    init(_ value: JSONValue) async throws(Unusable) {
        guard case .object(let members) = value else { throw Unusable(reason: "it is not an object") }
        func string(_ name: String) throws(Unusable) -> String? {
            guard let value = members[name] else { return nil }
            guard let string = value.stringValue else { throw Unusable(reason: "'\(name)' is not a string") }
            return string
        }
        func required(_ name: String) throws(Unusable) -> String {
            guard let text = try string(name) else { throw Unusable(reason: "'\(name)' is missing") }
            guard text.utf8.count <= Self.maximumMemberLength else { throw Unusable(reason: "'\(name)' is too long") }
            return text
        }

        self.id = try string("kid")
        if let use = try string("use"), use != "sig" { throw Unusable(reason: "its use is \(use.quoted())") }
        if case .array(let operations)? = members["key_ops"], !operations.contains(.string("verify")) {
            throw Unusable(reason: "its key_ops have no 'verify'")
        }

        var verifiers: [SignatureAlgorithm: any JWTAlgorithm] = [:]
        do {
            switch try required("kty") {
            case "RSA":
                verifiers = try await Self.rsa(modulus: try required("n"), exponent: try required("e"))
            case "EC":
                let point = (x: try required("x"), y: try required("y"))
                switch try required("crv") {
                case "P-256": verifiers[.es256] = try await Self.verifier(try ES256PublicKey(parameters: point))
                case "P-384": verifiers[.es384] = try await Self.verifier(try ES384PublicKey(parameters: point))
                case "P-521": verifiers[.es512] = try await Self.verifier(try ES512PublicKey(parameters: point))
                case let curve: throw Unusable(reason: "its curve \(curve.quoted()) is not supported")
                }
            case let type:
                throw Unusable(reason: "its kty \(type.quoted()) is not supported")
            }
        } catch let error as Unusable {
            throw error
        } catch {
            throw Unusable(reason: "it is not a valid key, or an RSA key of less than 2048 bits")
        }

        if let name = try string("alg") {
            verifiers = verifiers.filter { $0.key.rawValue == name }
            guard !verifiers.isEmpty else {
                throw Unusable(reason: "its alg \(name.quoted()) is not supported or does not fit its kty")
            }
        }
        self.verifiers = verifiers
    }

    struct Unusable: Error, Equatable {
        var reason: String
    }

    /// An RSA modulus of 8192 bits has 1366 characters.
    private static let maximumMemberLength = 1400

    private static func rsa(
        modulus: String, exponent: String
    ) async throws -> [SignatureAlgorithm: any JWTAlgorithm] {
        let key = try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
        let plain: [(SignatureAlgorithm, DigestAlgorithm)] = [(.rs256, .sha256), (.rs384, .sha384), (.rs512, .sha512)]
        let probabilistic: [(SignatureAlgorithm, DigestAlgorithm)] = [
            (.ps256, .sha256), (.ps384, .sha384), (.ps512, .sha512),
        ]
        var verifiers: [SignatureAlgorithm: any JWTAlgorithm] = [:]
        for (algorithm, digest) in plain {
            verifiers[algorithm] = try await JWTKeyCollection().add(rsa: key, digestAlgorithm: digest).getKey()
        }
        for (algorithm, digest) in probabilistic {
            verifiers[algorithm] = try await JWTKeyCollection().add(pss: key, digestAlgorithm: digest).getKey()
        }
        return verifiers
    }

    private static func verifier(_ key: some ECDSAKey) async throws -> any JWTAlgorithm {
        try await JWTKeyCollection().add(ecdsa: key).getKey()
    }
}
