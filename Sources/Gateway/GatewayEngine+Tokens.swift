import GatewayModel
import Logging
import NIOCore
import Synchronization

/// Which issuers' tokens are to be looked at again.
struct TokenReview {
    var issuers: Set<String> = []
    var isRunning = false

    /// What the next review is about; nil ends the reviews.
    mutating func next() -> Set<String>? {
        guard !self.issuers.isEmpty else {
            self.isRunning = false
            return nil
        }
        defer { self.issuers = [] }
        return self.issuers
    }
}

extension GatewayEngine {
    /// Issuers of this process have changed or taken back something that tokens rest on. Sessions whose token is good no
    /// longer end after their pending answers.
    ///
    /// Returns at once. Changes that come while sessions are looked at are one review together.
    /// - Parameter issuers: issuer URLs, deleted ones too.
    package func issuersChanged(_ issuers: Set<String>) {
        let starts = self.tokenReview.withLock { review in
            review.issuers.formUnion(issuers)
            defer { review.isRunning = true }
            return !review.isRunning
        }
        guard starts else { return }
        Task {
            while let issuers = self.tokenReview.withLock({ $0.next() }) { await self.reviewTokens(of: issuers) }
        }
    }

    private func reviewTokens(of issuers: Set<String>) async {
        guard let local = self.keys.issuers else { return }
        await self.keys.forgetKeys(of: issuers)
        for context in self.loops {
            let found = try? await context.eventLoop.submit { context.value.beginTokenReview(of: issuers) }.get()
            guard let found, !found.isEmpty else { continue }
            guard let standings = await self.standings(of: found.map(\.token), local) else { continue }
            for ((session, token), standing) in zip(found, standings) {
                let withdrawal: TokenWithdrawal
                switch standing {
                case .good: continue
                case .withdrawn(let reason): withdrawal = reason
                // It was an issuer of this process when the session came in.
                case .foreign: withdrawal = .issuerDeleted
                }
                context.eventLoop.execute { context.value.end(session: session, of: token, because: withdrawal) }
            }
        }
    }

    /// Asks until there is an answer: what was taken back must not go on because the store was busy once.
    private func standings(of tokens: [IssuedToken], _ issuers: any LocalIssuers) async -> [TokenStanding]? {
        for _ in 0..<50 {
            do {
                return try await issuers.standings(of: tokens)
            } catch {
                self.logger.warning(
                    "sessions whose token was taken back are not ended yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        return nil
    }
}
