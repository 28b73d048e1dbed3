import EngineInterface
import JWTKit
import Logging
import Resources
import Synchronization
import Testing

@testable import Gateway

private let source = JWKSSource(endpoint: "http://issuer/jwks", timeout: "2s", cacheExpiration: "1h")

/// A cache whose waits pass at once: the clock moves instead.
private func cache(
    _ endpoint: TestEndpoint, _ clock: TestClock, issuers: (any LocalIssuers)? = nil,
    whileWaiting: @escaping @Sendable () -> Void = {}
) -> JWKSCache {
    JWKSCache(
        fetch: { _, _ in try endpoint.fetch() }, issuers: issuers, logger: Logger(label: "test"), now: { clock.now },
        sleep: { duration in
            clock.advance(by: duration)
            whileWaiting()
        })
}

private func oneKey(_ kid: String) throws -> [UInt8] {
    TestIssuer.keySet(try TestIssuer.jwk(.p256(ES256PrivateKey()), kid: kid))
}

extension Result<JWKSCache.Version, JWKSCache.Unavailable> {
    fileprivate var names: [String?]? { (try? self.get())?.keySet.keys.map(\.id) }
}

@Suite struct JWKSCacheTests {
    @Test func `a set is fetched once and kept until it expires`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        #expect(await cache.keys(of: source).names == ["a"])
        clock.advance(by: .seconds(3599))
        #expect(await cache.keys(of: source).names == ["a"])
        #expect(endpoint.fetches == 1)
        endpoint.answers(.success(try oneKey("b")))
        clock.advance(by: .seconds(1))
        #expect(await cache.keys(of: source).names == ["b"])
        #expect(endpoint.fetches == 2)
    }

    @Test func `those who need a set at the same time share one fetch`() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let answer = try oneKey("a")
        let fetches = Mutex(0)
        let cache = JWKSCache(
            fetch: { address, timeout in
                #expect(address == "http://issuer/jwks")
                #expect(timeout == .seconds(2))
                fetches.withLock { $0 += 1 }
                for await _ in gate {}
                return answer
            }, logger: Logger(label: "test"))
        await withTaskGroup(of: [String?]?.self) { group in
            for _ in 0..<20 {
                group.addTask { await cache.keys(of: source).names }
            }
            open.finish()
            for await names in group { #expect(names == ["a"]) }
        }
        #expect(fetches.withLock { $0 } == 1)
    }

    @Test func `an endpoint that is down keeps the old keys for a day`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        _ = await cache.keys(of: source)
        endpoint.answers(.failure(.failed("connection refused")))
        clock.advance(by: .seconds(3600))
        #expect(await cache.keys(of: source).names == ["a"])
        #expect(await cache.keys(of: source).names == ["a"])
        #expect(endpoint.fetches == 2, "a failed fetch is not repeated at once")
        clock.advance(by: JWKSCache.retryInterval)
        #expect(await cache.keys(of: source).names == ["a"])
        #expect(endpoint.fetches == 3)
        clock.advance(by: JWKSCache.maximumStaleness)
        #expect(await cache.keys(of: source).names == nil)
        endpoint.answers(.success(try oneKey("b")))
        clock.advance(by: JWKSCache.retryInterval)
        #expect(await cache.keys(of: source).names == ["b"])
    }

    @Test func `who needs a set that was never had is held until it comes`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        endpoint.answers(.failure(.failed("connection refused")))
        let clock = TestClock()
        let answer = try oneKey("a")
        let cache = cache(endpoint, clock) {
            if endpoint.fetches == 4 { endpoint.answers(.success(answer)) }
        }
        let start = clock.now
        #expect(await cache.keys(of: source, isHeld: true).names == ["a"])
        #expect(endpoint.fetches == 5)
        #expect(start.duration(to: clock.now) == .milliseconds(100 + 200 + 400 + 800))
    }

    @Test func `who is not held is told at once, and the source is asked again soon`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        endpoint.answers(.failure(.failed("connection refused")))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        #expect(await cache.keys(of: source).names == nil)
        #expect(await cache.keys(of: source).names == nil)
        #expect(endpoint.fetches == 1)
        clock.advance(by: JWKSCache.firstRetryInterval)
        #expect(await cache.keys(of: source).names == nil)
        #expect(endpoint.fetches == 2)
        // Each failure doubles the pause, up to a bound.
        for _ in 0..<20 {
            clock.advance(by: JWKSCache.longestFirstRetryInterval)
            _ = await cache.keys(of: source)
        }
        #expect(endpoint.fetches == 22)
    }

    @Test func `a source that stays down holds nobody for longer than its timeout`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        endpoint.answers(.failure(.status(503)))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        let start = clock.now
        let result = await cache.keys(of: source, isHeld: true)
        #expect(throws: JWKSCache.Unavailable(reason: "it answers with status 503")) { try result.get() }
        #expect(start.duration(to: clock.now) <= .seconds(2))
        #expect(start.duration(to: clock.now) > .seconds(1))
    }

    @Test(arguments: [
        JWKSFetchError.badAddress, .redirected(to: "http://elsewhere"), .status(404), .status(403), .notAKeySet("x"),
        .tooLarge(maximumBytes: 1),
    ])
    func `an answer that waiting does not change holds nobody`(error: JWKSFetchError) async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        endpoint.answers(.failure(error))
        let cache = cache(endpoint, TestClock()) { Issue.record("it waits") }
        #expect(await cache.keys(of: source, isHeld: true).names == nil)
        #expect(endpoint.fetches == 1)
    }

    @Test(arguments: [UInt(404), 410]) func `a source that says it has no keys loses the old ones`(status: UInt)
        async throws
    {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        _ = await cache.keys(of: source)
        endpoint.answers(.failure(.status(status)))
        #expect(await cache.keys(of: source).names == ["a"])
        clock.advance(by: .seconds(3600))
        #expect(await cache.keys(of: source).names == nil)
        endpoint.answers(.success(try oneKey("b")))
        clock.advance(by: JWKSCache.longestFirstRetryInterval)
        #expect(await cache.keys(of: source).names == ["b"])
    }

    @Test func `a failure is kept no longer than a success would be`() async throws {
        let brief = JWKSSource(endpoint: "http://issuer/jwks", timeout: "2s", cacheExpiration: "1s")
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        _ = await cache.keys(of: brief)
        endpoint.answers(.failure(.timedOut(seconds: 2)))
        clock.advance(by: .seconds(1))
        #expect(await cache.keys(of: brief).names == ["a"])
        endpoint.answers(.success(try oneKey("b")))
        clock.advance(by: .seconds(1))
        #expect(await cache.keys(of: brief).names == ["b"])
    }

    @Test func `keys of this process are never fetched, and each change is seen at once`() async throws {
        let endpoint = TestEndpoint(try oneKey("fetched"))
        let issuers = TestIssuers(keys: .document(try oneKey("a")))
        let cache = cache(endpoint, TestClock(), issuers: issuers)
        let first = try await cache.keys(of: source).get().number
        #expect(try await cache.keys(of: source).get().number == first)
        #expect(try await cache.keys(of: source, newerThan: first, lacking: "b").get().number == first)
        issuers.publish(.document(try oneKey("b")))
        #expect(await cache.keys(of: source).names == ["b"])
        #expect(await cache.keys(of: source, newerThan: first, lacking: "b").names == ["b"])
        issuers.publish(.gone)
        #expect(await cache.keys(of: source, isHeld: true).names == nil)
        if case .failed = await cache.atHand(of: source) {} else { Issue.record("a deleted server has keys") }
        #expect(endpoint.fetches == 0)
        issuers.publish(.elsewhere)
        #expect(await cache.keys(of: source).names == ["fetched"])
    }

    @Test func `an issuer that changes loses the keys that were fetched from it by another address`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let proxied = JWKSSource(endpoint: "https://proxy.example/x/auth/.well-known/jwks")
        let cache = cache(endpoint, TestClock())
        _ = await cache.keys(of: proxied)
        _ = await cache.keys(of: source)
        await cache.forgetKeys(of: ["http://localhost:9190/y/auth"])
        _ = await cache.keys(of: proxied)
        #expect(endpoint.fetches == 2)
        await cache.forgetKeys(of: ["http://localhost:9190/x/auth"])
        _ = await cache.keys(of: source)
        #expect(endpoint.fetches == 2)
        _ = await cache.keys(of: proxied)
        #expect(endpoint.fetches == 3)
    }

    @Test func `a fetch that began before its keys changed is made again, and whoever waits has the new ones`()
        async throws
    {
        let (old, new) = (try oneKey("old"), try oneKey("new"))
        let (begun, hasBegun) = AsyncStream<Void>.makeStream()
        let (gate, open) = AsyncStream<Void>.makeStream()
        let fetches = Mutex(0)
        let cache = JWKSCache(
            fetch: { _, _ in
                let count = fetches.withLock { count in
                    count += 1
                    return count
                }
                guard count == 1 else { return new }
                hasBegun.finish()
                for await _ in gate {}
                return old
            }, logger: Logger(label: "test"))
        let proxied = JWKSSource(endpoint: "https://proxy.example/x/auth/.well-known/jwks")
        async let waiter = cache.keys(of: proxied)
        for await _ in begun {}
        await cache.forgetKeys(of: ["http://localhost:9190/x/auth"])
        open.finish()
        #expect(await waiter.names == ["new"])
        #expect(fetches.withLock { $0 } == 2)
    }

    @Test func `how soon a source may be asked again outlasts its keys`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let proxied = JWKSSource(endpoint: "https://proxy.example/x/auth/.well-known/jwks")
        let cache = cache(endpoint, TestClock())
        let first = try await cache.keys(of: proxied).get().number
        // A key id that is not there has the source asked; then the keys change.
        let second = try await cache.keys(of: proxied, newerThan: first, lacking: "b").get().number
        #expect(endpoint.fetches == 2)
        await cache.forgetKeys(of: ["http://localhost:9190/x/auth"])
        let third = try await cache.keys(of: proxied, newerThan: second, lacking: "c").get().number
        #expect(third > second)
        #expect(endpoint.fetches == 3)
        _ = await cache.keys(of: proxied, newerThan: third, lacking: "d")
        #expect(endpoint.fetches == 3)
        // And so does the pause after a failure.
        await cache.forgetKeys(of: ["http://localhost:9190/x/auth"])
        endpoint.answers(.failure(.failed("connection refused")))
        _ = await cache.keys(of: proxied)
        await cache.forgetKeys(of: ["http://localhost:9190/x/auth"])
        let refused = await cache.keys(of: proxied)
        #expect(throws: JWKSCache.Unavailable(reason: "connection refused")) { try refused.get() }
        #expect(endpoint.fetches == 4)
    }

    @Test func `only a source whose rule was removed fails for good`() async throws {
        let answer = try oneKey("a")
        for isWanted in [true, false] {
            let (begun, hasBegun) = AsyncStream<Void>.makeStream()
            let (gate, open) = AsyncStream<Void>.makeStream()
            let cache = JWKSCache(
                fetch: { _, _ in
                    hasBegun.finish()
                    for await _ in gate {}
                    return answer
                }, logger: Logger(label: "test"))
            async let waiter = cache.keys(of: source)
            for await _ in begun {}
            await cache.keep(only: [])
            if isWanted { await cache.keep(only: [source]) }
            open.finish()
            guard case .failure(let failure) = await waiter else {
                Issue.record("there are keys of a source that was dropped")
                continue
            }
            #expect(failure.isPassing == isWanted)
        }
    }

    @Test(arguments: ["", "{}", "[]", #"{"keys":{}}"#, "<html>"])
    func `an answer that is no key set does not throw out the old keys`(body: String) async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        _ = await cache.keys(of: source)
        endpoint.answers(.success(Array(body.utf8)))
        clock.advance(by: .seconds(3600))
        #expect(await cache.keys(of: source).names == ["a"])
        #expect(endpoint.fetches == 2)
    }

    @Test func `an empty set revokes the old keys`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        _ = await cache.keys(of: source)
        endpoint.answers(.success(TestIssuer.keySet()))
        clock.advance(by: .seconds(3600))
        #expect(await cache.keys(of: source).names == [])
    }

    @Test func `a missing key causes one fetch in five seconds`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        let first = try await cache.keys(of: source).get().number
        let second = try await cache.keys(of: source, newerThan: first).get().number
        #expect(endpoint.fetches == 2)
        #expect(second == first + 1)
        #expect(try await cache.keys(of: source, newerThan: first).get().number == second)
        #expect(try await cache.keys(of: source, newerThan: second).get().number == second)
        #expect(endpoint.fetches == 2)
        clock.advance(by: JWKSCache.minimumRefetchInterval)
        #expect(try await cache.keys(of: source, newerThan: second).get().number == second + 1)
        #expect(endpoint.fetches == 3)
    }

    @Test func `a key id that was missing is not asked for again for a while, another one is`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        var number = try await cache.keys(of: source).get().number
        func look(for keyID: String) async throws {
            number = try await cache.keys(of: source, newerThan: number, lacking: keyID).get().number
        }
        try await look(for: "x")
        #expect(endpoint.fetches == 2)
        clock.advance(by: JWKSCache.minimumRefetchInterval)
        try await look(for: "x")
        #expect(endpoint.fetches == 2)
        try await look(for: "y")
        #expect(endpoint.fetches == 3)
        // The letter in another spelling is another key id.
        for keyID in ["e\u{301}", "\u{e9}"] {
            clock.advance(by: JWKSCache.minimumRefetchInterval)
            try await look(for: keyID)
        }
        #expect(endpoint.fetches == 5)
        clock.advance(by: JWKSCache.missingKeyInterval)
        try await look(for: "x")
        #expect(endpoint.fetches == 6)
    }

    @Test func `a key id that has come meanwhile is found at once`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        let first = try await cache.keys(of: source).get().number
        let second = try await cache.keys(of: source, newerThan: first, lacking: "b").get().number
        endpoint.answers(.success(try oneKey("b")))
        clock.advance(by: JWKSCache.minimumRefetchInterval)
        let third = try await cache.keys(of: source, newerThan: second, lacking: "c").get().number
        #expect(third == second + 1)
        #expect(await cache.keys(of: source).names == ["b"])
        #expect(await cache.keys(of: source, newerThan: second, lacking: "b").names == ["b"])
    }

    @Test func `a sign-in with a key that is new is held until the source may be asked again`() async throws {
        let patient = JWKSSource(endpoint: "http://issuer/jwks", timeout: "10s", cacheExpiration: "1h")
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        let first = try await cache.keys(of: patient).get().number
        // A made-up key has just had the set fetched.
        let second = try await cache.keys(of: patient, newerThan: first, lacking: "made-up").get().number
        endpoint.answers(.success(try oneKey("new")))
        let start = clock.now
        #expect(await cache.keys(of: patient, newerThan: second, lacking: "new").names == ["a"])
        let found = await cache.keys(of: patient, newerThan: second, lacking: "new", isHeld: true)
        #expect(found.names == ["new"])
        #expect(start.duration(to: clock.now) == JWKSCache.minimumRefetchInterval)
        // What was looked for in vain holds nobody.
        let third = try found.get().number
        _ = await cache.keys(of: patient, newerThan: third, lacking: "made-up", isHeld: true)
        #expect(start.duration(to: clock.now) == JWKSCache.minimumRefetchInterval)
    }

    @Test func `a sign-in is not held for a fetch that is due after its source's timeout`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock) { Issue.record("it waits") }
        let first = try await cache.keys(of: source).get().number
        let second = try await cache.keys(of: source, newerThan: first, lacking: "made-up").get().number
        #expect(await cache.keys(of: source, newerThan: second, lacking: "new", isHeld: true).names == ["a"])
    }

    @Test func `made-up key ids cause few fetches and are remembered within bounds`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let clock = TestClock()
        let cache = cache(endpoint, clock)
        var number = try await cache.keys(of: source).get().number
        for index in 0..<1_000 {
            number = try await cache.keys(of: source, newerThan: number, lacking: "made-up \(index)").get().number
            clock.advance(by: .milliseconds(50))
        }
        #expect(endpoint.fetches <= 12)
        let long = String(repeating: "k", count: JWKSCache.maximumKeyIDBytes + 1)
        let before = endpoint.fetches
        clock.advance(by: JWKSCache.minimumRefetchInterval)
        _ = await cache.keys(of: source, newerThan: number, lacking: long)
        #expect(endpoint.fetches == before)
    }

    @Test func `a source that no rule names any more is forgotten`() async throws {
        let endpoint = TestEndpoint(try oneKey("a"))
        let cache = cache(endpoint, TestClock())
        _ = await cache.keys(of: source)
        await cache.keep(only: [source])
        _ = await cache.keys(of: source)
        #expect(endpoint.fetches == 1)
        await cache.keep(only: [])
        _ = await cache.keys(of: source)
        #expect(endpoint.fetches == 2)
    }

    @Test func `keys that cannot serve are passed over and the reason is kept`() async throws {
        let good = TestIssuer.Key.p256(ES256PrivateKey())
        let set = try await KeySet(
            parsing: TestIssuer.keySet(
                #"{"kty":"oct","k":"c2VjcmV0"}"#, #"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, "7", #"{"kty":5}"#,
                "{}",
                #"{"kty":"RSA","n":"","e":""}"#, #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA","n":"AQAB"}"#,
                #"{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}"#,
                #"{"kty":"EC","crv":"secp256k1","x":"A","y":"A"}"#,
                "{\"kty\":\"RSA\",\"n\":\"\(String(repeating: "A", count: 1401))\",\"e\":\"AQAB\"}",
                try TestIssuer.jwk(good, extra: #","use":"enc""#),
                try TestIssuer.jwk(good, extra: #","key_ops":["sign"]"#),
                try TestIssuer.jwk(good, extra: #","alg":"RS256""#),
                try TestIssuer.jwk(good, extra: #","alg":"ES256","use":"sig","key_ops":["verify"]"#)))
        #expect(set.keys.map(\.algorithms) == [[.es256]])
        #expect(
            set.skipped == [
                "keys[0]: its kty 'oct' is not supported",
                "keys[1]: its kty 'OKP' is not supported",
                "keys[2]: it is not an object",
                "keys[3]: 'kty' is not a string",
                "keys[4]: 'kty' is missing",
                "keys[5]: it is not a valid key, or an RSA key of less than 2048 bits",
                "keys[6]: it is not a valid key, or an RSA key of less than 2048 bits",
                "keys[7]: 'e' is missing",
                "keys[8]: it is not a valid key, or an RSA key of less than 2048 bits",
                "keys[9]: its curve 'secp256k1' is not supported",
                "keys[10]: 'n' is too long",
                "keys[11]: its use is 'enc'",
                "keys[12]: its key_ops have no 'verify'",
                "keys[13]: its alg 'RS256' is not supported or does not fit its kty",
            ])
    }

    @Test(arguments: [
        ("https://user:pass@host:8443/jwks?x=a@b", "https://host:8443/jwks?x=a@b"),
        ("http://host/a@b", "http://host/a@b"), ("http://host", "http://host"), ("nonsense", "nonsense"),
    ])
    func `an endpoint is shown without its password`(endpoint: String, shown: String) {
        #expect(JWKSSource(endpoint: endpoint).displayAddress == shown)
    }
}
