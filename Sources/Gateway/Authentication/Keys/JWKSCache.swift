package import GatewayModel
package import Logging

/// The key sets of all `oauth_bearer` rules, fetched when first needed and kept.
///
/// - A set is good for its source's `cache_expiration`.
/// - One fetch at a time for each source; whoever needs it meanwhile waits for that one.
/// - An unknown `kid` causes one more fetch, at most every ``minimumRefetchInterval``, so that made-up tokens cannot
///   turn the gateway against an issuer. The same one causes another after ``missingKeyInterval`` at the earliest.
/// - A source that fails is asked again after ``retryInterval``. Its last keys serve on, for ``maximumStaleness``
///   beyond their expiration.
package actor JWKSCache {
    package static let minimumRefetchInterval: Duration = .seconds(5)
    package static let missingKeyInterval: Duration = .seconds(30)
    /// Key ids that are remembered as missing, for each source.
    static let maximumMissingKeys = 256
    /// No set is fetched for a longer one.
    static let maximumKeyIDBytes = 512
    package static let retryInterval: Duration = .seconds(5)
    package static let maximumStaleness: Duration = .seconds(24 * 3600)

    /// Gets the body of an address within a total time.
    package typealias Fetch = @Sendable (_ address: String, _ timeout: Duration) async throws -> [UInt8]

    /// A key set and which fetch of its source it comes from.
    struct Version: Sendable {
        var keySet: KeySet
        /// Rises by one with each successful fetch.
        var number: UInt64
    }

    struct Unavailable: Error, Equatable {
        var reason: String
    }

    private struct Entry {
        var version: Version?
        /// When `version` expires.
        var freshUntil: ContinuousClock.Instant?
        var fetch: Task<Void, Never>?
        var failure: (at: ContinuousClock.Instant, reason: String)?
        var refetchedAt: ContinuousClock.Instant?
        /// When a set was fetched for a key id in vain.
        var missing: [WireName: ContinuousClock.Instant] = [:]
    }

    /// The state of a source, without asking it.
    enum AtHand: Sendable {
        case fresh(Version)
        /// Its time is over; it serves as long as the source cannot be asked.
        case stale(Version)
        /// There are no keys, and the last fetch failed.
        case failed(Unavailable)
        case notAskedYet
    }

    private let fetch: Fetch
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private var entries: [JWKSSource: Entry] = [:]

    package init(
        fetch: @escaping Fetch, logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.fetch = fetch
        self.logger = logger
        self.now = now
    }

    /// Forgets the sources that no rule names any more.
    package func keep(only sources: Set<JWKSSource>) {
        self.entries = self.entries.filter { sources.contains($0.key) }
    }

    /// The source's keys: those cached, or else fetched now.
    func keys(of source: JWKSSource) async -> Result<Version, Unavailable> {
        let entry = self.entries[source, default: Entry()]
        let now = self.now()
        if let version = entry.version, let freshUntil = entry.freshUntil, now < freshUntil {
            return .success(version)
        }
        if entry.fetch == nil, let failure = entry.failure, now < failure.at + Self.retryInterval {
            return self.servable(source)
        }
        return await self.fetched(source)
    }

    /// The source's keys as far as they are here: nothing is fetched and nothing is waited for.
    func atHand(of source: JWKSSource) -> AtHand {
        let entry = self.entries[source, default: Entry()]
        if let version = entry.version, let freshUntil = entry.freshUntil {
            if self.now() < freshUntil { return .fresh(version) }
            if self.now() < freshUntil + Self.maximumStaleness { return .stale(version) }
        }
        guard let failure = entry.failure else { return .notAskedYet }
        return .failed(Unavailable(reason: failure.reason))
    }

    /// The source's keys after `version` turned out to lack one: fetched anew unless that was done just now.
    /// - Parameter keyID: The one that is missed; nil for a token without.
    func keys(
        of source: JWKSSource, newerThan version: UInt64, lacking keyID: String? = nil
    ) async -> Result<Version, Unavailable> {
        var entry = self.entries[source, default: Entry()]
        if let current = entry.version, current.number > version {
            return .success(current)
        }
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
        if let version = entry.version, let freshUntil = entry.freshUntil,
            self.now() < freshUntil + Self.maximumStaleness
        {
            return .success(version)
        }
        return .failure(Unavailable(reason: entry.failure?.reason ?? "its rule was removed"))
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
        let outcome = await self.download(source)
        // The rule may have been removed meanwhile.
        guard var entry = self.entries[source] else { return }
        entry.fetch = nil
        let metadata: Logger.Metadata = ["endpoint": "\(source.displayAddress)"]
        switch outcome {
        case .success(let keySet):
            entry.version = Version(keySet: keySet, number: (entry.version?.number ?? 0) &+ 1)
            entry.freshUntil = self.now() + source.lifetime
            entry.failure = nil
            self.logger.info(
                "key set fetched",
                metadata: metadata.merging(
                    ["keys": "\(keySet.keys.count)", "skipped": "\(keySet.skipped.joined(separator: "; "))"],
                    uniquingKeysWith: { first, _ in first }))
        case .failure(let error):
            entry.failure = (self.now(), "\(error)")
            self.logger.warning(
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
    /// `timeout`; ten seconds when it cannot be read.
    var totalTimeout: Duration { Duration(durationText: self.timeout) ?? .seconds(10) }

    /// `cache_expiration`; one hour when it cannot be read. At least a second.
    var lifetime: Duration { max(Duration(durationText: self.cacheExpiration) ?? .seconds(3600), .seconds(1)) }

    /// The endpoint without a user name and password, fit for messages and logs.
    var displayAddress: String {
        guard let scheme = self.endpoint.firstRange(of: "://") else { return self.endpoint }
        let rest = self.endpoint[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return self.endpoint }
        return String(self.endpoint[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }
}
