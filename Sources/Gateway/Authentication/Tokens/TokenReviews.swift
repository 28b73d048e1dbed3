import EngineInterface
import Synchronization

/// The changes for which the tokens of sessions have to be reviewed. Changes that come during a review are reviewed
/// together in the next.
final class TokenReviews: Sendable {
    /// The subject of one review.
    struct Subject: Equatable, Sendable {
        /// Issuers whose tokens are all reviewed.
        var issuers: Set<String> = []
        /// Issuers whose key set has changed.
        var keySets: Set<String> = []
        /// Tokens that are reviewed one by one; they name no key.
        var tokens: Set<IssuedToken> = []

        var isEmpty: Bool { self.issuers.isEmpty && self.keySets.isEmpty && self.tokens.isEmpty }

        func concerns(_ token: IssuedToken) -> Bool {
            let named = IssuedToken(issuer: token.issuer, id: token.id, keyID: nil)
            return self.issuers.contains(token.issuer) || self.tokens.contains(named)
        }

        mutating func formUnion(_ other: Subject) {
            self.issuers.formUnion(other.issuers)
            self.keySets.formUnion(other.keySets)
            self.tokens.formUnion(other.tokens)
        }
    }

    /// The pause between two reviews, so that fast revocations do not keep the loops busy with reviews.
    static let pause: Duration = .milliseconds(50)
    /// The longest pause after failed reviews, each of which doubles it.
    static let longestPause: Duration = .seconds(5)

    private struct State {
        var subject = Subject()
        var isRunning = false
    }

    private let state = Mutex(State())

    /// - Returns: Whether the caller has to ``run(_:failed:sleep:)`` the reviews.
    func add(_ subject: Subject) -> Bool {
        self.state.withLock { state in
            state.subject.formUnion(subject)
            defer { state.isRunning = true }
            return !state.isRunning
        }
    }

    /// Reviews until there is no subject left. A subject whose review fails is reviewed again, together with the
    /// changes since, because a revoked token must not stay in use when the store is busy.
    func run(
        _ review: (Subject) async throws -> Void, failed: (any Error) -> Void,
        sleep: (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) async {
        var failures = 0
        while let subject = self.next() {
            do {
                try await review(subject)
                failures = 0
            } catch {
                failures += 1
                failed(error)
                _ = self.add(subject)
            }
            await sleep(min(Self.pause * (1 << min(failures, 10)), Self.longestPause))
        }
    }

    /// The next subject; nil ends the reviews.
    private func next() -> Subject? {
        self.state.withLock { state in
            guard !state.subject.isEmpty else {
                state.isRunning = false
                return nil
            }
            defer { state.subject = Subject() }
            return state.subject
        }
    }
}
