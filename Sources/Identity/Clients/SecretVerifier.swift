import Crypto
import Foundation
import NIOCore
import NIOPosix
import Store

/// Compares presented secrets with stored hashes, off the event loops and off the cooperative threads.
///
/// A client that comes back with the same chosen secret does not pay for scrypt again: the last successes are remembered
/// as an HMAC under a key that lives only in this process. Wrong secrets are never remembered.
///
/// What is not remembered is costly, and whoever asks has not authenticated. So each client id and peer together have a
/// share, each peer has one, and after ``freeFailures`` wrong secrets in a row a client id has to pause, for that peer. A
/// refusal costs the same whatever the secrets of the client are and whether there is such a client at all: its time tells
/// nothing.
actor SecretVerifier {
    /// Too many slow comparisons are waiting, or too many were in vain; try again later.
    struct Overloaded: Error {
        var retryAfterSeconds = 1
    }

    /// The peer that presents a secret, so that its guesses do not keep another peer from a token.
    struct Caller: Hashable, Sendable {
        var server: String
        var clientID: String
        /// The peer's address; empty when it is not known.
        var peer: String
    }

    static let maximumPendingPerCaller = 2
    static let maximumPendingPerPeer = 64
    static let maximumPending = 128
    static let maximumRemembered = 4096
    /// Wrong secrets in a row before a caller has to pause.
    static let freeFailures = 10
    static let longestPauseSeconds = 5.0
    static let maximumFailing = 8192
    /// A caller who fails no more for so long is forgotten.
    static let failureMemorySeconds = 60.0

    private let key = SymmetricKey(size: .bits256)
    private let threads: NIOThreadPool
    private let now: @Sendable () -> Date
    /// What a secret is compared with in place of hashes that a client has not: as many as it may have, none alike.
    private let decoys: [SecretHash]
    /// Stored hash to the HMAC of the secret that matched it.
    private var remembered: [String: Data] = [:]
    private var pending: [Caller: Int] = [:]
    private var pendingOfPeer: [String: Int] = [:]
    private var failing: [Caller: Failures] = [:]
    private var running = 0
    /// The waiting checks by peer, each peer's in the order of arrival.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    /// The peers that wait, in the order in which they have their turn.
    private var turns: [String] = []

    private struct Failures {
        var count: Int
        var lastAt: Date
        /// No secret is compared before.
        var pausedUntil: Date
    }

    init(threads: NIOThreadPool = .singleton, now: @escaping @Sendable () -> Date = { Date() }) {
        self.threads = threads
        self.now = now
        self.decoys = Self.decoys
    }

    static var decoys: [SecretHash] { (0..<ClientSecretRecord.maximumEnabled).map { _ in .decoy } }

    /// Comparisons that run at once: the event loops of the gateway need the processors too.
    static let maximumRunning = max(2, System.coreCount / 2)

    /// Finds the stored hash that one of the presented secrets was made of.
    ///
    /// - Parameters:
    ///   - secrets: readings of the one secret that was presented.
    ///   - encodedHashes: the client's; none when there is no such client.
    /// - Returns: the index of the hash; nil when the secret is wrong.
    /// - Throws: ``Overloaded``.
    func verify(_ secrets: [String], against encodedHashes: [String], by caller: Caller) async throws -> Int? {
        let hashes = encodedHashes.map { SecretHash(encoded: $0) }
        let tags = secrets.map { Data(HMAC<SHA256>.authenticationCode(for: Data($0.utf8), using: self.key)) }
        for (index, hash) in hashes.enumerated() {
            guard let hash else { continue }
            if hash.isSlow {
                if let known = self.remembered[encodedHashes[index]],
                    tags.contains(where: { $0.isEqualInConstantTime(to: known) })
                {
                    return self.succeeded(index, caller)
                }
            } else if try secrets.contains(where: { try hash.matches($0) }) {
                return self.succeeded(index, caller)
            }
        }

        try self.enter(caller)
        defer { self.leave(caller) }
        await self.waitForTurn(of: caller.peer)
        defer { self.endTurn() }
        let (slow, decoys) = (hashes.enumerated().filter { $0.element?.isSlow == true }, self.decoys)
        let comparison = try await self.threads.runIfActive {
            try Self.compare(secrets, with: slow.compactMap { index, hash in hash.map { (index, $0) } }, decoys)
        }
        guard let match = comparison.match else {
            self.failed(caller)
            return nil
        }
        if self.remembered.count >= Self.maximumRemembered { self.remembered.removeAll() }
        self.remembered[encodedHashes[match.hash]] = tags[match.secret]
        return self.succeeded(match.hash, caller)
    }

    /// What slow comparisons came to, and what they took.
    struct Comparison {
        var match: (hash: Int, secret: Int)?
        var derivations = 0
    }

    /// Derives as many slow keys for each reading of the secret as a client may have hashes, until one matches. Hashes that
    /// share their salt need one key, those of older releases do not share it; what is missing is derived of the decoys, so
    /// that the time of a refusal tells neither.
    static func compare(
        _ secrets: [String], with hashes: [(index: Int, hash: SecretHash)], _ decoys: [SecretHash]
    ) throws -> Comparison {
        var comparison = Comparison()
        for (reading, secret) in secrets.enumerated() {
            var derived: [(like: SecretHash, key: Data)] = []
            for (index, hash) in hashes {
                let key: Data
                if let known = derived.first(where: { $0.like.isDerived(like: hash) }) {
                    key = known.key
                } else {
                    key = try hash.derive(secret)
                    derived.append((hash, key))
                }
                if comparison.match == nil, key.isEqualInConstantTime(to: hash.hash) {
                    comparison.match = (index, reading)
                }
            }
            comparison.derivations += derived.count
            if comparison.match != nil { break }
            for decoy in decoys.dropFirst(derived.count) {
                _ = try decoy.derive(secret)
                comparison.derivations += 1
            }
        }
        return comparison
    }

    /// Finds the hash that a secret was made of, for an operator: without a share and without a decoy.
    nonisolated func find(_ secret: String, among encodedHashes: [String]) async throws -> Int? {
        try await self.threads.runIfActive {
            try encodedHashes.firstIndex { try SecretHash(encoded: $0)?.matches(secret) ?? false }
        }
    }

    /// Hashes a secret on the thread pool.
    /// - Parameter siblings: the client's other hashes, to share their salt.
    nonisolated func hash(
        _ secret: String, scheme: SecretHash.Scheme, siblings: [String] = []
    ) async throws -> String {
        try await self.threads.runIfActive {
            let sibling = siblings.compactMap { SecretHash(encoded: $0) }.first { $0.scheme == scheme }
            return try SecretHash(of: secret, scheme: scheme, salt: sibling?.salt).encoded
        }
    }

    // MARK: Shares

    var pendingCount: Int { self.pendingOfPeer.values.reduce(0, +) }

    func pendingCount(of peer: String) -> Int { self.pendingOfPeer[peer, default: 0] }

    private func enter(_ caller: Caller) throws {
        if let failures = self.failing[caller] {
            let pause = failures.pausedUntil.timeIntervalSince(self.now())
            if pause > 0 { throw Overloaded(retryAfterSeconds: Int(pause.rounded(.up))) }
        }
        let ofCaller = self.pending[caller, default: 0]
        let ofPeer = self.pendingCount(of: caller.peer)
        guard ofCaller < Self.maximumPendingPerCaller, ofPeer < Self.maximumPendingPerPeer,
            self.pendingCount < Self.maximumPending
        else { throw Overloaded() }
        self.pending[caller] = ofCaller + 1
        self.pendingOfPeer[caller.peer] = ofPeer + 1
    }

    private func leave(_ caller: Caller) {
        self.pending[caller] = self.pending[caller].flatMap { $0 > 1 ? $0 - 1 : nil }
        self.pendingOfPeer[caller.peer] = self.pendingOfPeer[caller.peer].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// Peers take turns, so that one with many comparisons keeps the others waiting for one of them only.
    private func waitForTurn(of peer: String) async {
        guard self.running >= Self.maximumRunning else { return self.running += 1 }
        await withCheckedContinuation { continuation in
            if self.waiting[peer] == nil { self.turns.append(peer) }
            self.waiting[peer, default: []].append(continuation)
        }
    }

    private func endTurn() {
        guard !self.turns.isEmpty else { return self.running -= 1 }
        let peer = self.turns.removeFirst()
        let next = self.waiting[peer]?.removeFirst()
        if self.waiting[peer]?.isEmpty == true {
            self.waiting[peer] = nil
        } else {
            self.turns.append(peer)
        }
        next?.resume()
    }

    private func succeeded(_ index: Int, _ caller: Caller) -> Int {
        self.failing[caller] = nil
        return index
    }

    private func failed(_ caller: Caller) {
        let now = self.now()
        if self.failing[caller] == nil, self.failing.count >= Self.maximumFailing {
            self.failing = self.failing.filter { now.timeIntervalSince($0.value.lastAt) < Self.failureMemorySeconds }
            if self.failing.count >= Self.maximumFailing { self.failing.removeAll() }
        }
        var failures = self.failing[caller] ?? Failures(count: 0, lastAt: now, pausedUntil: now)
        if now.timeIntervalSince(failures.lastAt) >= Self.failureMemorySeconds { failures.count = 0 }
        failures.count += 1
        failures.lastAt = now
        if failures.count >= Self.freeFailures {
            let doublings = min(failures.count - Self.freeFailures, 10)
            failures.pausedUntil = now.addingTimeInterval(min(0.1 * Double(1 << doublings), Self.longestPauseSeconds))
        }
        self.failing[caller] = failures
    }
}
