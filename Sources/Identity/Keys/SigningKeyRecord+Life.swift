import Foundation
import ManagementHTTP
import Store

/// The life of a signing key, which follows from its times alone: it is published, signs, is retired, and leaves the set.
extension SigningKeyRecord {
    enum State: String, Sendable {
        /// The key is in the key set and signs later.
        case published
        case signing
        /// The key stays in the key set for the tokens that it signed.
        case retired
    }

    /// When the last token that it signed is over; nil while no end is set.
    var leavesAt: Date? { self.retiredAt?.addingTimeInterval(KeyRing.retirement) }

    func isPublished(at now: Date) -> Bool { self.leavesAt.map { $0 > now } ?? true }

    func isRetired(at now: Date) -> Bool { self.retiredAt.map { $0 <= now } ?? false }

    fileprivate func maySign(at now: Date) -> Bool { self.signsFrom <= now && !self.isRetired(at: now) }

    /// When it begins to sign, signs no more, and leaves the set.
    var timesOfChange: [Date] { [self.signsFrom] + [self.retiredAt, self.leavesAt].compactMap { $0 } }
}

extension [SigningKeyRecord] {
    /// The key that signs: the newest whose time has come.
    func signing(at now: Date) -> SigningKeyRecord? {
        self.filter { $0.maySign(at: now) }.max { $0.signsFrom < $1.signsFrom }
    }

    /// The key that is published and will sign.
    func next(at now: Date) -> SigningKeyRecord? {
        self.first { $0.signsFrom > now && !$0.isRetired(at: now) }
    }

    func state(of key: SigningKeyRecord, at now: Date) -> SigningKeyRecord.State {
        if key.kid == self.signing(at: now)?.kid { return .signing }
        return key.isRetired(at: now) ? .retired : .published
    }
}

extension StoreTransaction {
    /// Stores `key` as the next one to sign. The one that signs now does so until then; one that was to sign later and has
    /// signed nothing gives way. Keys that left the set are forgotten.
    func publish(_ key: SigningKeyRecord, now: Date) throws {
        for var old in try self.signingKeys(server: key.serverID) {
            if !old.isPublished(at: now) || old.signsFrom > now {
                try self.deleteSigningKey(kid: old.kid, server: old.serverID)
            } else if !old.isRetired(at: now) {
                old.retiredAt = key.signsFrom
                try self.save(old)
            }
        }
        try self.save(key)
    }

    /// Takes a key out of the key set at once. No token that it signed is good any more.
    ///
    /// - Parameter successor: signs from now on if the key was the one that signs and no other is published.
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    func withdraw(kid: String, server: String, successor: SigningKeyRecord?, now: Date) throws {
        let before = try self.signingKeys(server: server)
        try self.deleteSigningKey(kid: kid, server: server)
        let signing = before.signing(at: now)
        if kid == signing?.kid {
            if var next = before.next(at: now) {
                next.signsFrom = now
                try self.save(next)
            } else if let successor {
                try self.save(successor)
            } else {
                throw Problem.conflict("The signing keys changed meanwhile; try again")
            }
            return
        }
        // When the successor is removed, the key that signs continues to sign.
        if var signing, kid == before.next(at: now)?.kid {
            signing.retiredAt = nil
            try self.save(signing)
        }
    }
}
