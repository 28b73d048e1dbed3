import Foundation
import Store

/// Writes down tokens that were issued, those that are issued at the same time in one transaction: each transaction is a
/// wait for the disk. Tokens that are over are forgotten on the way.
actor TokenRecorder {
    /// Tokens in one transaction.
    private static let batch = 256
    /// Expired tokens that are forgotten in one transaction: more than come in, in the long run.
    private static let forgotten = 512
    /// How long a token that is over is kept: gateways grant as much for clocks that differ.
    private static let grace: TimeInterval = 60

    private let store: ConfigurationStore
    private let now: @Sendable () -> Date
    private var waiting: [(record: TokenRecord, done: CheckedContinuation<Void, any Error>)] = []
    private var isWriting = false

    init(store: ConfigurationStore, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.now = now
    }

    /// Returns when the record is durable.
    /// - Throws: ``StoreError``, when the client is gone for one.
    func record(_ record: TokenRecord) async throws {
        try await withCheckedThrowingContinuation { done in
            self.waiting.append((record, done))
            guard !self.isWriting else { return }
            self.isWriting = true
            Task { await self.writeAll() }
        }
    }

    private func writeAll() async {
        while !self.waiting.isEmpty {
            let batch = Array(self.waiting.prefix(Self.batch))
            self.waiting.removeFirst(batch.count)
            do {
                try await self.write(batch.map(\.record))
                batch.forEach { $0.done.resume() }
            } catch {
                // One that cannot be written, since its client was deleted, is no reason to refuse the others.
                for (record, done) in batch {
                    do {
                        try await self.write([record])
                        done.resume()
                    } catch {
                        done.resume(throwing: error)
                    }
                }
            }
        }
        self.isWriting = false
    }

    private func write(_ records: [TokenRecord]) async throws {
        let over = self.now().addingTimeInterval(-Self.grace)
        try await self.store.write { transaction in
            try transaction.deleteTokens(expiredBefore: over, limit: Self.forgotten)
            for record in records { try transaction.insert(record) }
        }
    }
}
