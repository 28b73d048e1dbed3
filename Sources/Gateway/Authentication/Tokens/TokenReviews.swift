import EngineInterface
import Synchronization

/// What sessions are to be looked at again for. Changes that come while they are looked at are one review together.
final class TokenReviews: Sendable {
    /// What one review is about.
    struct Subject: Equatable, Sendable {
        /// Issuers all of whose tokens are looked at.
        var issuers: Set<String> = []
        /// Those whose key set is another one.
        var keySets: Set<String> = []
        /// Tokens that are looked at alone; they name no key.
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

    /// Between two reviews: however fast clients take tokens back, sessions are not looked at all the time.
    static let pause: Duration = .milliseconds(50)
    /// After reviews that failed, each of which doubles the pause.
    static let longestPause: Duration = .seconds(5)

    private struct State {
        var subject = Subject()
        var isRunning = false
    }

    private let state = Mutex(State())

    /// - Returns: whether the caller has to ``run(_:failed:sleep:)`` the reviews.
    func add(_ subject: Subject) -> Bool {
        self.state.withLock { state in
            state.subject.formUnion(subject)
            defer { state.isRunning = true }
            return !state.isRunning
        }
    }

    /// Reviews until there is nothing more to look at. What fails is looked at again, together with what was changed
    /// meanwhile: what was taken back must not go on because the store was busy.
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

    /// nil ends the reviews.
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
