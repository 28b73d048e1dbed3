import Foundation
import NIOPosix
import Synchronization
import Testing

@testable import Identity

@Suite struct SecretVerifierTests {
    private let scheme = SecretHash.Scheme.scrypt(cost: 16, blockSize: 8, parallelism: 1)
    private let clock = TestClock()

    private func verifier(_ threads: NIOThreadPool = .singleton) -> SecretVerifier {
        SecretVerifier(threads: threads, now: { [clock] in clock.now })
    }

    private func caller(_ client: String, peer: String = "10.0.0.1") -> SecretVerifier.Caller {
        SecretVerifier.Caller(server: "server", clientID: client, peer: peer)
    }

    @Test func `a wrong secret fails also after the right one was remembered`() async throws {
        let verifier = self.verifier()
        let hash = try await verifier.hash("chosen", scheme: self.scheme)
        let caller = self.caller("client")
        #expect(try await verifier.verify(["chosen"], against: [hash], by: caller) == 0)
        #expect(try await verifier.verify(["chosen"], against: [hash], by: caller) == 0)
        #expect(try await verifier.verify(["wrong"], against: [hash], by: caller) == nil)
        #expect(try await verifier.verify(["chosen"], against: ["no hash"], by: caller) == nil)
        #expect(try await verifier.verify(["chosen"], against: [], by: caller) == nil)
    }

    @Test func `each reading of a secret is tried against each hash`() async throws {
        let verifier = self.verifier()
        let fast = try await verifier.hash("generated", scheme: .hmacSHA256)
        let slow = try await verifier.hash("chosen", scheme: self.scheme)
        let other = try await verifier.hash("other", scheme: self.scheme, siblings: [fast, slow])
        let hashes = [fast, slow, other]
        for (readings, index) in [
            (["generated"], 0), (["chosen"], 1), (["other"], 2), (["a b", "other"], 2), (["other", "a+b"], 2),
        ] {
            #expect(try await verifier.verify(readings, against: hashes, by: self.caller("client")) == index)
        }
        #expect(try await verifier.verify(["a b", "a+b"], against: hashes, by: self.caller("client")) == nil)
    }

    /// A pool that runs nothing holds every comparison.
    @Test func `guesses for one client take no place from others, and one peer's none from other peers`() async throws {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let hold = HeldThread(threads)
        let verifier = self.verifier(threads)
        let hash = try SecretHash(of: "right", scheme: self.scheme).encoded
        func verify(_ caller: SecretVerifier.Caller) -> Task<Int?, any Error> {
            Task { try await verifier.verify(["right"], against: [hash], by: caller) }
        }
        var waiting = (0..<SecretVerifier.maximumPendingPerCaller).map { _ in verify(self.caller("target")) }
        try await until { await verifier.pendingCount == waiting.count }
        await #expect(throws: SecretVerifier.Overloaded.self) { try await verify(self.caller("target")).value }

        // Another peer that has the same id, and another client of the same peer.
        waiting += [verify(self.caller("target", peer: "10.0.0.2")), verify(self.caller("victim"))]
        try await until { await verifier.pendingCount == waiting.count }
        for number in 0..<200 {
            guard await verifier.pendingCount(of: "10.0.0.1") < SecretVerifier.maximumPendingPerPeer else { break }
            let before = await verifier.pendingCount
            waiting.append(verify(self.caller("guess-\(number)")))
            try await until { await verifier.pendingCount > before }
        }
        await #expect(throws: SecretVerifier.Overloaded.self) { try await verify(self.caller("one-more")).value }
        waiting.append(verify(self.caller("one-more", peer: "10.0.0.2")))
        hold.release()
        for task in waiting { #expect(try await task.value == 0) }
        #expect(await verifier.pendingCount == 0)
        try await threads.shutdownGracefully()
    }

    @Test func `peers take turns, so that one with many guesses hardly delays another`() async throws {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let hold = HeldThread(threads)
        let verifier = self.verifier(threads)
        let hash = try SecretHash(of: "right", scheme: self.scheme).encoded
        let finished = Finished()
        let guesses = SecretVerifier.maximumRunning + 10
        var tasks: [Task<Void, any Error>] = []
        for number in 0...guesses {
            let caller =
                number == guesses ? self.caller("victim", peer: "10.0.0.2") : self.caller("guess-\(number)")
            tasks.append(
                Task {
                    _ = try await verifier.verify(["right"], against: [hash], by: caller)
                    finished.add(caller.clientID)
                })
            try await until { await verifier.pendingCount == number + 1 }
        }
        hold.release()
        for task in tasks { try await task.value }
        let place = try #require(finished.names.firstIndex(of: "victim"))
        #expect(place < guesses - 2, "\(finished.names)")
        try await threads.shutdownGracefully()
    }

    @Test func `wrong secrets in a row make a caller pause, whether there is such a client or not`() async throws {
        for hashes in [[], [try SecretHash(of: "right", scheme: self.scheme).encoded]] {
            let verifier = self.verifier()
            for _ in 0..<SecretVerifier.freeFailures {
                #expect(try await verifier.verify(["wrong"], against: hashes, by: self.caller("id")) == nil)
            }
            await #expect(throws: SecretVerifier.Overloaded.self) {
                try await verifier.verify(["right"], against: hashes, by: self.caller("id"))
            }
            // Not for the same client elsewhere.
            let elsewhere = try await verifier.verify(
                ["right"], against: hashes, by: self.caller("id", peer: "10.0.0.2"))
            #expect((elsewhere != nil) == !hashes.isEmpty)
            self.clock.advance(bySeconds: 1)
            _ = try await verifier.verify(["wrong"], against: hashes, by: self.caller("id"))
            self.clock.advance(bySeconds: Int(SecretVerifier.longestPauseSeconds))
            let right = try await verifier.verify(["right"], against: hashes, by: self.caller("id"))
            #expect((right != nil) == !hashes.isEmpty)
        }
    }

    @Test func `a refusal derives the same number of slow keys, whatever there is to compare with`() async throws {
        let verifier = self.verifier()
        let chosen = try await verifier.hash("chosen", scheme: .forChosenSecrets)
        let second = try await verifier.hash("second", scheme: .forChosenSecrets, siblings: [chosen])
        // An older release gave each a salt of its own.
        let apart = try await verifier.hash("apart", scheme: .forChosenSecrets)
        for hashes in [[], [chosen], [chosen, second], [chosen, apart]] {
            let slow = hashes.enumerated().compactMap { index, text in
                SecretHash(encoded: text).map { (index: index, hash: $0) }
            }
            for readings in [["wrong"], ["wr ong", "wr+ong"]] {
                let comparison = try SecretVerifier.compare(readings, with: slow, SecretVerifier.decoys)
                #expect(comparison.match == nil)
                #expect(comparison.derivations == 2 * readings.count)
            }
        }
        #expect(SecretHash.decoy.isSlow)
    }
}

/// Who was answered, in order.
private final class Finished: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] { self.state.withLock { $0 } }

    func add(_ name: String) { self.state.withLock { $0.append(name) } }
}

/// Keeps the one thread of a pool until it is released.
private final class HeldThread: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ threads: NIOThreadPool) {
        threads.submit { [gate] _ in gate.wait() }
    }

    func release() { self.gate.signal() }
}

private func until(_ condition: () async -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while !(await condition()) {
        try #require(ContinuousClock.now < end, "it did not come to that")
        await Task.yield()
    }
}
