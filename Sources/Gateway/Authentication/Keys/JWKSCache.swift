package import EngineInterface
package import Logging
package import Resources

/// The key sets of all `oauth_bearer` rules, each fetched when it is first needed and then kept.
///
/// - A set is good for its source's `cache_expiration`.
/// - Each source has one fetch at a time; callers that need the source meanwhile wait for that fetch.
/// - An unknown `kid` causes one more fetch, at most every ``minimumRefetchInterval``, so that made-up tokens cannot
///   turn the gateway against an issuer; a sign-in that needs another fetch is held until it is due. The same `kid`
///   causes another fetch after ``missingKeyInterval`` at the earliest.
/// - A source that fails is asked again after ``retryInterval``, and at the latest after its own `cache_expiration`. Its
///   last keys serve on, for ``maximumStaleness`` beyond their expiration.
/// - A source without keys that fails is asked again after ``firstRetryInterval``, which doubles with each failure up to
///   ``longestFirstRetryInterval``. A sign-in that needs it is held that long, within the source's `timeout`: to refuse it
///   would end most clients for good, because of a failure that is over in a moment.
/// - A source that answers 404 or 410 has no keys: the last ones are dropped.
/// - Keys of ``LocalIssuers`` are asked for each time and never fetched.
package actor JWKSCache {
    package static let minimumRefetchInterval: Duration = .seconds(5)
    package static let missingKeyInterval: Duration = .seconds(30)
    /// The most key ids that are remembered as missing, for each source.
    static let maximumMissingKeys = 256
    /// The longest `kid` for which a set is fetched.
    static let maximumKeyIDBytes = 512
    package static let retryInterval: Duration = .seconds(5)
    static let firstRetryInterval: Duration = .milliseconds(100)
    static let longestFirstRetryInterval: Duration = .seconds(1)
    package static let maximumStaleness: Duration = .seconds(24 * 3600)

    /// Fetches the body of an address within a total time.
    package typealias Fetch = @Sendable (_ address: String, _ timeout: Duration) async throws -> [UInt8]

    /// A key set, and the number of the fetch that it comes from.
    struct Version: Sendable {
        var keySet: KeySet
        /// Rises by one with each successful fetch.
        var number: UInt64
    }

    struct Unavailable: Error, Equatable {
        var reason: String
        /// Whether another try may succeed.
        var isPassing = true
    }

    private struct Failure {
        var unavailable: Unavailable
        /// The failures since the last success.
        var count: Int
        var retryAt: ContinuousClock.Instant
    }

    private struct Entry {
        var version: Version?
        /// The number of the newest version, even after its keys are forgotten.
        var number: UInt64 = 0
        /// Raised when the keys are forgotten, because a fetch that began before brings outdated keys.
        var generation = 0
        /// When `version` expires.
        var freshUntil: ContinuousClock.Instant?
        var fetch: Task<Void, Never>?
        var failure: Failure?
        /// The document that `version` was read from, for a local issuer.
        var document: [UInt8]?
        var refetchedAt: ContinuousClock.Instant?
        /// The times at which a set was fetched for a key id in vain.
        var missing: [WireName: ContinuousClock.Instant] = [:]
    }

    /// The state of a source, without asking it.
    enum AtHand: Sendable {
        case fresh(Version)
        /// A version that has expired; it serves as long as the source cannot be asked.
        case stale(Version)
        /// There are no keys, and the last fetch failed.
        case failed(Unavailable)
        case notAskedYet
    }

    /// The issuers of this process, which are also asked whether a token was revoked.
    nonisolated let issuers: (any LocalIssuers)?
    private let fetch: Fetch
    private let now: @Sendable () -> ContinuousClock.Instant
    private let sleep: @Sendable (Duration) async -> Void
    private let logger: Logger
    private var entries: [JWKSSource: Entry] = [:]
    /// The sources that rules name; nil before that is known.
    private var wanted: Set<JWKSSource>?

    package init(
        fetch: @escaping Fetch, issuers: (any LocalIssuers)? = nil, logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.fetch = fetch
        self.issuers = issuers
        self.logger = logger
        self.now = now
        self.sleep = sleep
    }

    /// Forgets the sources that no rule names any more.
    package func keep(only sources: Set<JWKSSource>) {
        self.wanted = sources
        self.entries = self.entries.filter { sources.contains($0.key) }
    }

    /// Drops the keys that were fetched from an issuer of this process at another address than its own, because its
    /// keys changed or it was deleted. A fetch that is under way begins anew; the earliest time to ask the source again
    /// stays the same.
    func forgetKeys(of issuers: Set<String>) {
        let paths = Set(issuers.map { JWKSSource(endpoint: $0 + JWKSSource.localKeySetPath).path })
        for source in self.entries.keys where paths.contains(source.path) {
            self.entries[source]?.version = nil
            self.entries[source]?.freshUntil = nil
            self.entries[source]?.document = nil
            self.entries[source]?.missing = [:]
            self.entries[source]?.generation += 1
        }
    }

    /// The source's keys, from the cache or else fetched now.
    /// - Parameter isHeld: whether to wait for a source that has no keys yet and fails, as long as its `timeout` allows.
    func keys(of source: JWKSSource, isHeld: Bool = false) async -> Result<Version, Unavailable> {
        let end = self.now() + source.totalTimeout
        while true {
            let result = await self.currentKeys(of: source)
            guard isHeld, case .failure(let failure) = result, failure.isPassing else { return result }
            let now = self.now()
            let retryAt = self.entries[source]?.failure?.retryAt ?? now + Self.firstRetryInterval
            guard retryAt < end, !Task.isCancelled else { return result }
            await self.sleep(max(retryAt - now, .milliseconds(1)))
        }
    }

    private func currentKeys(of source: JWKSSource) async -> Result<Version, Unavailable> {
        if let local = await self.localKeys(of: source) { return local }
        let entry = self.entries[source, default: Entry()]
        let now = self.now()
        if let version = entry.version, let freshUntil = entry.freshUntil, now < freshUntil {
            return .success(version)
        }
        if entry.fetch == nil, let failure = entry.failure, now < failure.retryAt {
            return self.servable(source)
        }
        return await self.fetched(source)
    }

    /// The keys of a source that an issuer of this process has; nil for any other source.
    private func localKeys(of source: JWKSSource) async -> Result<Version, Unavailable>? {
        guard let issuers = self.issuers else { return nil }
        do {
            switch try await issuers.keySet(at: source.endpoint) {
            case .elsewhere:
                // The keys that it had as the source of a local issuer are not those that it publishes now.
                if self.entries[source]?.document != nil {
                    self.entries[source]?.version = nil
                    self.entries[source]?.document = nil
                }
                return nil
            case .gone:
                self.entries[source]?.version = nil
                self.entries[source]?.document = nil
                return .failure(Unavailable(reason: "there is no such auth server", isPassing: false))
            case .document(let bytes):
                if let entry = self.entries[source], entry.document == bytes, let version = entry.version {
                    return .success(version)
                }
                let keySet = try await KeySet(parsing: bytes)
                var entry = Entry()
                entry.document = bytes
                entry.fetch = self.entries[source]?.fetch
                let version = Version(keySet: keySet, number: (self.entries[source]?.number ?? 0) &+ 1)
                entry.version = version
                entry.number = version.number
                self.entries[source] = entry
                return .success(version)
            }
        } catch {
            return .failure(Unavailable(reason: "\(error)"))
        }
    }

    /// The source's keys as far as they are cached, without fetching or waiting.
    func atHand(of source: JWKSSource) async -> AtHand {
        switch await self.localKeys(of: source) {
        case .success(let version): return .fresh(version)
        case .failure(let unavailable): return .failed(unavailable)
        case nil: break
        }
        let entry = self.entries[source, default: Entry()]
        if let version = entry.version, let freshUntil = entry.freshUntil {
            if self.now() < freshUntil { return .fresh(version) }
            if self.now() < freshUntil + Self.maximumStaleness { return .stale(version) }
        }
        guard let failure = entry.failure else { return .notAskedYet }
        return .failed(failure.unavailable)
    }

    /// The source's keys after `version` turned out to lack one, fetched anew unless that has just been done.
    /// - Parameters:
    ///   - keyID: The missing key's id; nil for a token without one.
    ///   - isHeld: whether to wait, within the source's `timeout`, until the source may be asked again for a key id.
    func keys(
        of source: JWKSSource, newerThan version: UInt64, lacking keyID: String? = nil, isHeld: Bool = false
    ) async -> Result<Version, Unavailable> {
        let end = self.now() + source.totalTimeout
        while isHeld, let keyID, let due = self.refetchIsDue(source, newerThan: version, for: keyID), due < end,
            !Task.isCancelled
        {
            await self.sleep(max(due - self.now(), .milliseconds(1)))
        }
        return await self.newerKeys(of: source, than: version, lacking: keyID, isHeld: isHeld)
    }

    /// The time from which the source may be asked again, if it was just asked and a key id is not known to be missing.
    private func refetchIsDue(
        _ source: JWKSSource, newerThan version: UInt64, for keyID: String
    ) -> ContinuousClock.Instant? {
        guard let entry = self.entries[source], entry.document == nil, entry.fetch == nil,
            let current = entry.version, current.number <= version,
            keyID.utf8.count <= Self.maximumKeyIDBytes, entry.missing[WireName(keyID)] == nil,
            let last = entry.refetchedAt, self.now() < last + Self.minimumRefetchInterval
        else { return nil }
        return last + Self.minimumRefetchInterval
    }

    private func newerKeys(
        of source: JWKSSource, than version: UInt64, lacking keyID: String?, isHeld: Bool
    ) async -> Result<Version, Unavailable> {
        if let local = await self.localKeys(of: source) { return local }
        var entry = self.entries[source, default: Entry()]
        if let current = entry.version, current.number > version {
            return .success(current)
        }
        // The keys were forgotten meanwhile, so fetch all of them.
        if entry.version == nil { return await self.keys(of: source, isHeld: isHeld) }
        if let keyID {
            guard keyID.utf8.count <= Self.maximumKeyIDBytes else { return self.servable(source) }
            if let missed = entry.missing[WireName(keyID)], self.now() < missed + Self.missingKeyInterval {
                return self.servable(source)
            }
        }
        if entry.fetch == nil {
            let now = self.now()
            if let last = entry.refetchedAt, now < last + Self.minimumRefetchInterval {
                return self.servable(source)
            }
            entry.refetchedAt = now
            self.entries[source] = entry
        }
        let result = await self.fetched(source)
        if let keyID, case .success(let found) = result, found.number > version, !found.keySet.has(keyID) {
            self.remember(keyID, missingAt: source)
        }
        return result
    }

    private func remember(_ keyID: String, missingAt source: JWKSSource) {
        guard var entry = self.entries[source] else { return }
        let now = self.now()
        if entry.missing.count >= Self.maximumMissingKeys {
            entry.missing = entry.missing.filter { now < $0.value + Self.missingKeyInterval }
        }
        if entry.missing.count >= Self.maximumMissingKeys,
            let oldest = entry.missing.min(by: { $0.value < $1.value })
        {
            entry.missing[oldest.key] = nil
        }
        entry.missing[WireName(keyID)] = now
        self.entries[source] = entry
    }

    private func servable(_ source: JWKSSource) -> Result<Version, Unavailable> {
        let entry = self.entries[source, default: Entry()]
        if let version = entry.version {
            if entry.document != nil { return .success(version) }
            if let freshUntil = entry.freshUntil, self.now() < freshUntil + Self.maximumStaleness {
                return .success(version)
            }
        }
        if let failure = entry.failure { return .failure(failure.unavailable) }
        guard self.wanted?.contains(source) ?? true else {
            return .failure(Unavailable(reason: "its rule was removed", isPassing: false))
        }
        return .failure(Unavailable(reason: "its keys have just changed"))
    }

    private func fetched(_ source: JWKSSource) async -> Result<Version, Unavailable> {
        let task: Task<Void, Never>
        if let running = self.entries[source]?.fetch {
            task = running
        } else {
            task = Task { await self.load(source) }
            self.entries[source, default: Entry()].fetch = task
        }
        await task.value
        return self.servable(source)
    }

    private func load(_ source: JWKSSource) async {
        var generation: Int?
        var outcome: Result<KeySet, JWKSFetchError>
        repeat {
            generation = self.entries[source]?.generation
            outcome = await self.download(source)
        } while self.entries[source] != nil && self.entries[source]?.generation != generation
        // The rule may have been removed meanwhile, or the source is one of this process now.
        guard var entry = self.entries[source] else { return }
        entry.fetch = nil
        guard entry.document == nil else { return self.entries[source] = entry }
        let metadata: Logger.Metadata = ["endpoint": "\(source.displayAddress)"]
        switch outcome {
        case .success(let keySet):
            entry.number &+= 1
            entry.version = Version(keySet: keySet, number: entry.number)
            entry.freshUntil = self.now() + source.lifetime
            entry.failure = nil
            self.logger.info(
                "key set fetched",
                metadata: metadata.merging(
                    ["keys": "\(keySet.keys.count)", "skipped": "\(keySet.skipped.joined(separator: "; "))"],
                    uniquingKeysWith: { first, _ in first }))
        case .failure(let error):
            if error.saysThereAreNoKeys { entry.version = nil }
            if let freshUntil = entry.freshUntil, self.now() >= freshUntil + Self.maximumStaleness {
                entry.version = nil
            }
            let count = (entry.failure?.count ?? 0) + 1
            let wait =
                entry.version == nil
                ? min(Self.firstRetryInterval * (1 << min(count - 1, 10)), Self.longestFirstRetryInterval)
                : min(Self.retryInterval, source.lifetime)
            entry.failure = Failure(
                unavailable: Unavailable(reason: "\(error)", isPassing: error.isPassing), count: count,
                retryAt: self.now() + wait)
            // Retries in quick succession count as one failure in the log.
            let level: Logger.Level = count == 1 || entry.version != nil ? .warning : .debug
            self.logger.log(
                level: level,
                entry.version == nil ? "key set not fetched" : "key set not fetched, the last one stays in use",
                metadata: metadata.merging(["error": "\(error)"], uniquingKeysWith: { first, _ in first }))
        }
        self.entries[source] = entry
    }

    private func download(_ source: JWKSSource) async -> Result<KeySet, JWKSFetchError> {
        do {
            let bytes = try await self.fetch(source.endpoint, source.totalTimeout)
            return .success(try await KeySet(parsing: bytes))
        } catch let error as JWKSFetchError {
            return .failure(error)
        } catch {
            return .failure(.failed("\(error)"))
        }
    }
}

extension JWKSSource {
    /// The `timeout`; ten seconds when it cannot be read.
    var totalTimeout: Duration { Duration(durationText: self.timeout) ?? .seconds(10) }

    /// The `cache_expiration`, at least a second; one hour when it cannot be read.
    var lifetime: Duration { max(Duration(durationText: self.cacheExpiration) ?? .seconds(3600), .seconds(1)) }

    /// The path below an issuer's URL at which the issuers of this process publish their keys.
    static let localKeySetPath = "/.well-known/jwks"

    /// The path: the part that follows host and port.
    var path: Substring {
        guard let scheme = self.endpoint.firstRange(of: "://") else { return self.endpoint[...] }
        return self.endpoint[scheme.upperBound...].drop { $0 != "/" }
    }

    /// The endpoint without a user name and password, fit for messages and logs.
    var displayAddress: String {
        guard let scheme = self.endpoint.firstRange(of: "://") else { return self.endpoint }
        let rest = self.endpoint[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return self.endpoint }
        return String(self.endpoint[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }
}
