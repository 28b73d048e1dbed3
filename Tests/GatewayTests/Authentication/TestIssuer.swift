import EngineInterface
import Foundation
import JWTKit
import Synchronization

@testable import Gateway

/// An issuer made in the test's process: private keys, and tokens signed with them.
///
/// Signs what it is told to, also what no honest issuer would.
struct TestIssuer {
    enum Key: Sendable {
        case rsa(Insecure.RSA.PrivateKey)
        case p256(ES256PrivateKey)
        case p384(ES384PrivateKey)
        case p521(ES512PrivateKey)
    }

    static func rsaKey() throws -> Key {
        .rsa(try Insecure.RSA.PrivateKey(pem: try Self.rsaPrivateKeyPEM()))
    }

    /// One RSA key for tests that do not care which: making one takes long.
    static let sharedRSAKey: Key = {
        do { return try Self.rsaKey() } catch { preconditionFailure("\(error)") }
    }()

    /// A token of these JSON texts. Neither is checked.
    static func token(header: String, claims: String, algorithm: String, key: Key) async throws -> BearerToken {
        let input = Self.base64URL(Data(header.utf8)) + "." + Self.base64URL(Data(claims.utf8))
        let signature = try await Self.signer(algorithm, key).sign(Data(input.utf8))
        return BearerToken(input + "." + Self.base64URL(Data(signature)))
    }

    static func token(
        claims: String, algorithm: String = "RS256", kid: String? = "k1", key: Key = sharedRSAKey
    ) async throws -> BearerToken {
        let kid = kid.map { ",\"kid\":\"\($0)\"" } ?? ""
        return try await Self.token(
            header: "{\"alg\":\"\(algorithm)\",\"typ\":\"JWT\"\(kid)}", claims: claims, algorithm: algorithm, key: key)
    }

    private static func signer(_ algorithm: String, _ key: Key) async throws -> any JWTAlgorithm {
        let digest: DigestAlgorithm =
            algorithm.hasSuffix("512") ? .sha512 : algorithm.hasSuffix("384") ? .sha384 : .sha256
        let keys = JWTKeyCollection()
        switch key {
        case .rsa(let key) where algorithm.hasPrefix("PS"): await keys.add(pss: key, digestAlgorithm: digest)
        case .rsa(let key): await keys.add(rsa: key, digestAlgorithm: digest)
        case .p256(let key): await keys.add(ecdsa: key)
        case .p384(let key): await keys.add(ecdsa: key)
        case .p521(let key): await keys.add(ecdsa: key)
        }
        return try await keys.getKey()
    }

    /// The public key as a member of a key set.
    static func jwk(_ key: Key, kid: String? = "k1", extra: String = "") throws -> String {
        let name = kid.map { "\"kid\":\"\($0)\"," } ?? ""
        switch key {
        case .rsa(let key):
            let (modulus, exponent) = try key.publicKey.getKeyPrimitives()
            return
                "{\(name)\"kty\":\"RSA\",\"n\":\"\(Self.base64URL(modulus))\",\"e\":\"\(Self.base64URL(exponent))\"\(extra)}"
        case .p256(let key): return Self.jwk("P-256", key.parameters, name, extra)
        case .p384(let key): return Self.jwk("P-384", key.parameters, name, extra)
        case .p521(let key): return Self.jwk("P-521", key.parameters, name, extra)
        }
    }

    private static func jwk(_ curve: String, _ point: ECDSAParameters?, _ name: String, _ extra: String) -> String {
        let x = Self.base64URL(Data(base64Encoded: point?.x ?? "") ?? Data())
        let y = Self.base64URL(Data(base64Encoded: point?.y ?? "") ?? Data())
        return "{\(name)\"kty\":\"EC\",\"crv\":\"\(curve)\",\"x\":\"\(x)\",\"y\":\"\(y)\"\(extra)}"
    }

    static func keySet(_ keys: String...) -> [UInt8] {
        Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8)
    }

    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// The key set endpoint of a test: answers what it is told to and counts how often it was asked.
final class TestEndpoint: Sendable {
    private struct State {
        var answer: Result<[UInt8], JWKSFetchError>
        var fetches = 0
    }

    private let state: Mutex<State>

    init(_ answer: [UInt8]) {
        self.state = Mutex(State(answer: .success(answer)))
    }

    func answers(_ answer: Result<[UInt8], JWKSFetchError>) {
        self.state.withLock { $0.answer = answer }
    }

    var fetches: Int { self.state.withLock { $0.fetches } }

    func fetch() throws -> [UInt8] {
        try self.state.withLock { state in
            state.fetches += 1
            return try state.answer.get()
        }
    }
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let instant = Mutex(ContinuousClock().now)

    var now: ContinuousClock.Instant { self.instant.withLock { $0 } }

    func advance(by duration: Duration) {
        self.instant.withLock { $0 += duration }
    }
}

/// Issuers in the gateway's process: what they publish, and what they have taken back.
final class TestIssuers: LocalIssuers {
    private struct State {
        var keys: LocalKeySet
        var standing = TokenStanding.good
        var asked: [IssuedToken] = []
        var gate: AsyncStream<Void>?
    }

    private let state: Mutex<State>

    init(keys: LocalKeySet) {
        self.state = Mutex(State(keys: keys))
    }

    func publish(_ keys: LocalKeySet) {
        self.state.withLock { $0.keys = keys }
    }

    /// All tokens from now on.
    func say(_ standing: TokenStanding) {
        self.state.withLock { $0.standing = standing }
    }

    /// The next answer is made up now and given when the stream ends.
    func hold(until gate: AsyncStream<Void>) {
        self.state.withLock { $0.gate = gate }
    }

    /// Tokens that were asked about, in order.
    var asked: [IssuedToken] { self.state.withLock { $0.asked } }

    func keySet(at address: String) async throws -> LocalKeySet {
        self.state.withLock { $0.keys }
    }

    func standings(of tokens: [IssuedToken]) async throws -> [TokenStanding] {
        let (standing, gate) = self.state.withLock { state in
            state.asked += tokens
            defer { state.gate = nil }
            return (state.standing, state.gate)
        }
        if let gate { for await _ in gate {} }
        return tokens.map { _ in standing }
    }
}
