package import GatewayModel
import Logging
import NIOCore

extension GatewayEngine {
    /// Issuers of this process have changed or taken back something that tokens rest on. Sessions whose token is good no
    /// longer end after their pending answers.
    ///
    /// Returns at once. Changes that come while sessions are looked at are one review together.
    /// - Parameters:
    ///   - issuers: issuer URLs, deleted ones too.
    ///   - keySets: those of them whose key set is another one.
    ///   - tokens: tokens that were taken back one by one, without their keys.
    package func issuersChanged(_ issuers: Set<String>, keySets: Set<String> = [], tokens: Set<IssuedToken> = []) {
        guard self.tokenReviews.add(.init(issuers: issuers, keySets: keySets, tokens: tokens)) else { return }
        Task {
            await self.tokenReviews.run(self.review) { error in
                self.logger.warning(
                    "sessions whose token was taken back are not ended yet", metadata: ["error": "\(error)"])
            }
        }
    }

    private func review(_ subject: TokenReviews.Subject) async throws {
        guard let local = self.keys.issuers else { return }
        if !subject.keySets.isEmpty { await self.keys.forgetKeys(of: subject.keySets) }
        for context in self.loops {
            let found = try? await context.eventLoop.submit {
                context.value.beginTokenReview(of: subject.issuers, tokens: subject.tokens)
            }.get()
            guard let found, !found.isEmpty else { continue }
            let standings = try await local.standings(of: found.map(\.token))
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
}
