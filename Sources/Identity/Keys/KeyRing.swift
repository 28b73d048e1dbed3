import CryptoExtras
import Foundation
import JSON
import NIOPosix
import Resources
import Store

/// The signing keys of all auth servers, parsed once and kept in memory.
///
/// The store is the truth, with private keys sealed; this forgets a server when its keys change and then reads again.
actor KeyRing {
    /// How long a retired key stays in the public set: the longest life that a token may have, and a minute for clocks
    /// that disagree.
    static let retirement: TimeInterval = 2_592_000 + 60

    private let store: ConfigurationStore
    private let secretBox: SecretBox
    private let now: @Sendable () -> Date
    private var sets: [String: SigningKeySet] = [:]
    /// Raised by ``forget(serverID:)``, so that what was read before is not kept after.
    private var generation = 0

    init(store: ConfigurationStore, secretBox: SecretBox, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.secretBox = secretBox
        self.now = now
    }

    /// Makes a key for an auth server, ready to be stored. Takes a tenth of a second and more, on the thread pool.
    ///
    /// - Parameter delay: seconds until it signs.
    nonisolated func makeRecord(
        serverID: String, algorithm: SigningAlgorithm, signingIn delay: TimeInterval = 0
    ) async throws -> SigningKeyRecord {
        let key = try await NIOThreadPool.singleton.runIfActive { try SigningKey.generate(algorithm: algorithm) }
        let now = Timestamp.date(milliseconds: Timestamp.milliseconds(self.now()))
        return SigningKeyRecord(
            kid: key.id, serverID: serverID, algorithm: algorithm,
            sealedPrivateKey: try self.secretBox.seal(
                key.privateKey.derRepresentation, context: SigningKeyRecord.sealContext(kid: key.id)),
            publicJWK: String(decoding: try EntityCoding.encode(key.publicJWK()), as: UTF8.self),
            createdAt: now, signsFrom: now.addingTimeInterval(delay))
    }

    /// The parsed keys of an auth server.
    ///
    /// - Throws: ``StoreError`` when the server is gone or its key cannot be read.
    func keySet(serverID: String) async throws -> SigningKeySet {
        let now = self.now()
        if let set = self.sets[serverID], set.validUntil.map({ $0 > now }) ?? true { return set }

        let generation = self.generation
        let records = try await self.store.read { try $0.signingKeys(server: serverID) }
        guard let active = records.signing(at: now) else {
            throw StoreError.notFound(kind: "signing key of auth server", id: serverID)
        }
        let others = records.filter { $0.kid != active.kid && $0.isPublished(at: now) }
        let set = try await SigningKeySet(
            active: self.open(active),
            others: others.map { try EntityCoding.decode(PublicJWK.self, from: Data($0.publicJWK.utf8)) },
            validUntil: records.flatMap(\.timesOfChange).filter { $0 > now }.min())
        if generation == self.generation { self.sets[serverID] = set }
        return set
    }

    /// Drops what is in memory, after the keys of an auth server changed or went.
    func forget(serverID: String) {
        self.sets[serverID] = nil
        self.generation += 1
    }

    private func open(_ record: SigningKeyRecord) throws -> SigningKey {
        do {
            let der = try self.secretBox.open(
                record.sealedPrivateKey, context: SigningKeyRecord.sealContext(kid: record.kid))
            return SigningKey(
                id: record.kid, algorithm: record.algorithm,
                privateKey: try _RSA.Signing.PrivateKey(derRepresentation: der))
        } catch {
            throw StoreError.unreadable(
                kind: "signing key", id: record.kid, reason: "it was sealed with another master key, or altered")
        }
    }
}
