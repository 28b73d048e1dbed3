import Foundation
import JSON
import Logging
import Store

/// What the routes of the identity server share: the records, the keys, the clock.
struct IdentityCore: Sendable {
    let store: ConfigurationStore
    let keys: KeyRing
    let secrets: SecretVerifier
    let rates: TokenRates
    let recorder: TokenRecorder
    /// Base of the issuer of a new auth server, such as `http://localhost:9190`.
    let publicURL: @Sendable () -> String
    /// Where this instance is reached: key sets at these addresses are its own.
    let ownAddresses: @Sendable () -> Set<URLAuthority>
    private let clock: @Sendable () -> Date
    let logger: Logger

    init(
        store: ConfigurationStore, keys: KeyRing, secrets: SecretVerifier, rates: TokenRates,
        publicURL: @escaping @Sendable () -> String, ownAddresses: @escaping @Sendable () -> Set<URLAuthority>,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.store = store
        self.keys = keys
        self.secrets = secrets
        self.rates = rates
        self.ownAddresses = ownAddresses
        self.recorder = TokenRecorder(store: store, now: now)
        self.publicURL = publicURL
        self.clock = now
        self.logger = logger
    }

    /// The wall clock, cut to milliseconds as the store keeps them.
    var now: Date { Timestamp.date(milliseconds: Timestamp.milliseconds(self.clock())) }

    /// A new issuer that no auth server has: `<public URL>/<16 random characters>/auth`.
    func newIssuer() -> String {
        var base = self.publicURL()[...]
        while base.hasSuffix("/") { base.removeLast() }
        return "\(base)/\(RandomText.make(length: RandomText.issuerIDLength))/auth"
    }

    static func newID() -> String { UUID().uuidString.lowercased() }
}
