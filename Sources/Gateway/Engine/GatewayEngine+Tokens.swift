package import EngineInterface
import Logging
import NIOCore

extension GatewayEngine {
    /// Reviews the tokens of sessions, because issuers of this process have changed or revoked something. A session
    /// whose token no longer holds ends after its pending answers.
    ///
    /// Returns at once. Changes that come during a review are reviewed together in the next.
    /// - Parameters:
    ///   - issuers: Issuer URLs, including those of deleted issuers.
    ///   - keySets: The issuers among them whose key set has changed.
    ///   - tokens: Tokens that were revoked one by one, while their keys stay.
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
                // The issuer belonged to this process when the session began.
                case .foreign: withdrawal = .issuerDeleted
                }
                context.eventLoop.execute { context.value.end(session: session, of: token, because: withdrawal) }
            }
        }
    }
}
