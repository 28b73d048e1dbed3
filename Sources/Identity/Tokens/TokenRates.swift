import Foundation
import Synchronization

/// How many tokens a client, and all clients of an auth server together, may take: a token is a write to the store, which
/// changes of configuration wait for too.
final class TokenRates: Sendable {
    struct Rate: Sendable {
        var perSecond: Double
        /// Tokens that may be taken at once after a pause.
        var burst: Double
    }

    static let ofClient = Rate(perSecond: 10, burst: 100)
    static let ofServer = Rate(perSecond: 100, burst: 1_000)
    static let maximumBuckets = 8192

    private struct Bucket {
        var tokens: Double
        var filledAt: Date

        mutating func fill(_ rate: Rate, now: Date) {
            let seconds = max(0, now.timeIntervalSince(self.filledAt))
            self.tokens = min(rate.burst, self.tokens + seconds * rate.perSecond)
            self.filledAt = now
        }
    }

    private struct Key: Hashable {
        var server: String
        /// Nil for all clients together.
        var client: String?
    }

    private let now: @Sendable () -> Date
    private let buckets = Mutex<[Key: Bucket]>([:])

    init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// Counts one token.
    /// - Throws: `temporarily_unavailable` with status 429 when one of the rates is used up; nothing is counted then.
    func take(server: String, client: String) throws(OAuthError) {
        let now = self.now()
        let isTaken = self.buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets {
                // A bucket that has filled up again is as good as none.
                buckets = buckets.filter { key, bucket in
                    var bucket = bucket
                    let rate = key.client == nil ? Self.ofServer : Self.ofClient
                    bucket.fill(rate, now: now)
                    return bucket.tokens < rate.burst
                }
            }
            let keys = [Key(server: server, client: client), Key(server: server)]
            var filled: [Bucket] = []
            for (key, rate) in zip(keys, [Self.ofClient, Self.ofServer]) {
                var bucket = buckets[key] ?? Bucket(tokens: rate.burst, filledAt: now)
                bucket.fill(rate, now: now)
                guard bucket.tokens >= 1 else { return false }
                bucket.tokens -= 1
                filled.append(bucket)
            }
            for (key, bucket) in zip(keys, filled) { buckets[key] = bucket }
            return true
        }
        guard isTaken else {
            throw .tooManyRequests(
                "Too many tokens were asked for at once: keep a token until shortly before it expires.")
        }
    }
}
