package import EngineInterface
internal import Foundation
internal import GRDB
internal import JSON
internal import Synchronization

/// The SQLite database that holds all configuration and the identity server's records.
///
/// Writers take turns, readers do not wait for them (WAL). A write is on stable storage when ``write(_:)`` returns
/// (`synchronous=FULL`): power may fail right after.
package final class ConfigurationStore: Sendable {
    private let pool: DatabasePool
    /// Numbers of another run say nothing in this one.
    private let run = String(UInt32.random(in: .min ... .max), radix: 16)
    private let changes = Atomic<UInt64>(0)
    private let issuerObserver = Mutex<(@Sendable (IssuerChanges) -> Void)?>(nil)
    private let auditBounds: AuditBounds
    private let auditObserver = Mutex<(@Sendable ([AuditRecord]) -> Void)?>(nil)

    /// Stands for all entities as they are stored: another one after each change. What is read later is at least that new.
    package var tag: String { "\(self.run)-\(self.changes.load(ordering: .acquiring))" }

    /// Opens the database, makes it when there is none (mode 0600), and brings its schema up to date.
    ///
    /// - Throws: ``StoreError/unavailable(reason:)`` when the file cannot be opened or comes from a newer release.
    package init(path: String, auditBounds: AuditBounds = AuditBounds()) throws {
        self.auditBounds = auditBounds
        do {
            try Self.createPrivately(path: path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 4
            let pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets NORMAL for its writer when it opens: that is not durable against power loss.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let migrator = Migrations.migrator
            if try pool.read(migrator.hasBeenSuperseded) {
                throw StoreError.unavailable(reason: "\(path) was written by a newer release of this program")
            }
            try migrator.migrate(pool)
            self.pool = pool
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// SQLite gives the files beside the database the same mode.
    private static func createPrivately(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.unavailable(reason: "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        Foundation.close(descriptor)
    }

    /// Has `body` called after each change by which tokens may be good no longer, with the issuers and tokens concerned. The
    /// change is durable then, and whoever made it has no answer yet: `body` must return soon.
    package func observeIssuers(_ body: @escaping @Sendable (IssuerChanges) -> Void) {
        self.issuerObserver.withLock { $0 = body }
    }

    /// Has `body` called with the records of each change, after the change is durable and before its caller is answered:
    /// `body` must return soon.
    package func observeAudit(_ body: @escaping @Sendable ([AuditRecord]) -> Void) {
        self.auditObserver.withLock { $0 = body }
    }

    /// Keeps a record of something that is done elsewhere.
    package func record(_ change: AuditChange) async throws {
        try await self.write { $0.note(change) }
    }

    /// Reads a consistent state.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoreSnapshot) throws -> Value
    ) async throws -> Value {
        try await Self.translatingErrors {
            try await self.pool.read { try body(StoreSnapshot($0)) }
        }
    }

    /// Changes the store in one transaction: all of it, durably, or nothing when `body` throws.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        // Task-local values do not reach the database's queue, so the origin is read here.
        let origin = AuditOrigin.current ?? .system
        let bounds = self.auditBounds
        return try await Self.translatingErrors {
            let (value, effects) = try await self.pool.write { database in
                let transaction = StoreTransaction(database)
                let value = try body(transaction)
                let records = try transaction.keepAudit(origin: origin, bounds: bounds, at: Timestamp.now())
                return (value, (transaction.hasChangedEntities, transaction.issuerChanges, records))
            }
            let (hasChangedEntities, issuerChanges, records) = effects
            // Not before the commit: who saw this number must have been able to read what it stands for.
            if hasChangedEntities { self.changes.add(1, ordering: .releasing) }
            if !issuerChanges.isEmpty { self.issuerObserver.withLock { $0 }?(issuerChanges) }
            if !records.isEmpty { self.auditObserver.withLock { $0 }?(records) }
            return value
        }
    }

    /// Runs a change, looks at what the configuration would be, and undoes it.
    package func rehearse<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> (value: Value, configuration: EngineConfiguration) {
        try await Self.translatingErrors {
            try await self.pool.writeWithoutTransaction { database in
                var outcome: (Value, EngineConfiguration)?
                try database.inTransaction {
                    let transaction = StoreTransaction(database)
                    let value = try body(transaction)
                    outcome = (value, try transaction.engineConfiguration())
                    return .rollback
                }
                guard let outcome else { throw StoreError.unavailable(reason: "the rehearsal did not run") }
                return outcome
            }
        }
    }

    /// All that the engine needs, as it is stored now.
    package func loadEngineConfiguration() async throws -> EngineConfiguration {
        try await self.read { try $0.engineConfiguration() }
    }

    /// Closes the database; every later call throws.
    package func close() throws {
        do { try self.pool.close() } catch let error as DatabaseError { throw StoreError(error) }
    }

    /// The writer's `PRAGMA synchronous`: 2 is FULL.
    func synchronousLevel() throws -> Int? {
        try self.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    private static func translatingErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError { throw StoreError(error) }
    }
}

extension StoreError {
    /// The error for a failure that no statement expects.
    init(_ error: DatabaseError) {
        self = .unavailable(reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
}
