import Foundation
import GatewayModel
import Logging
import Store

/// What the routes of the identity server share: the records, the keys, the clock.
struct IdentityCore: Sendable {
    let store: ConfigurationStore
    let keys: KeyRing
    let secrets: SecretVerifier
    /// Base of the issuer of a new auth server, such as `http://localhost:9190`.
    let publicURL: @Sendable () -> String
    private let clock: @Sendable () -> Date
    let logger: Logger

    init(
        store: ConfigurationStore, keys: KeyRing, secrets: SecretVerifier, publicURL: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.store = store
        self.keys = keys
        self.secrets = secrets
        self.publicURL = publicURL
        self.clock = now
        self.logger = logger
    }

    /// The wall clock, cut to milliseconds as the store keeps them.
    var now: Date { Timestamp.date(milliseconds: Timestamp.milliseconds(self.clock())) }

    /// An issuer that nobody has: `<public URL>/<16 random characters>/auth`.
    func newIssuer() -> String {
        var base = self.publicURL()[...]
        while base.hasSuffix("/") { base.removeLast() }
        return "\(base)/\(RandomText.make(length: RandomText.issuerIDLength))/auth"
    }

    static func newID() -> String { UUID().uuidString.lowercased() }
}
