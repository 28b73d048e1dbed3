internal import GatewayModel
internal import Store

/// The one way to change the engine's configuration: checked, bound, stored durably, in force, and only then answered.
/// Changes happen one after the other.
struct ConfigurationChanges: Sendable {
    private let store: ConfigurationStore
    private let engine: any EngineControl
    private let gate = SerialGate()

    init(store: ConfigurationStore, engine: any EngineControl) {
        self.store = store
        self.engine = engine
    }

    /// Has the engine serve what is stored.
    func putInForce() async throws {
        let (store, engine) = (self.store, self.engine)
        try await self.gate.alone { await engine.apply(try await store.loadEngineConfiguration()) }
    }

    /// - Parameters:
    ///   - bindsPorts: the change may need ports that are not bound yet. It is then rehearsed, the engine binds, and a
    ///     busy port refuses the change before anything is stored.
    ///   - body: what to do. It may run twice and must do the same both times.
    func change<Value: Sendable>(
        bindsPorts: Bool = false, _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        let (store, engine) = (self.store, self.engine)
        return try await self.gate.alone {
            if bindsPorts {
                let rehearsal = try await store.rehearse(body)
                do {
                    try await engine.prepare(rehearsal.configuration)
                } catch let error as ListenerBindError {
                    throw Problem(error)
                }
            }
            do {
                let (value, configuration) = try await store.write { transaction in
                    let value = try body(transaction)
                    return (value, try transaction.engineConfiguration())
                }
                await engine.apply(configuration)
                return value
            } catch  where bindsPorts {
                // What was bound for the change is released by applying what is in force.
                if let current = try? await store.loadEngineConfiguration() { await engine.apply(current) }
                throw error
            }
        }
    }
}

extension Problem {
    /// 400 that names every address and port, or the number of ports that are left.
    init(_ error: ListenerBindError) {
        if let shortage = error.shortage {
            self = .badRequest(
                InvalidParameter(
                    field: "ports", rule: .maximum, bound: .maximum(shortage.free),
                    reason: "needs [\(shortage.needed)] more sockets, one for each port of each address, and "
                        + "[\(shortage.free)] are free: the limit on open files (ulimit -n) leaves all listeners together "
                        + "[\(shortage.maximum)]"),
                detail: "Listener [\(error.listener)] has too many ports")
            return
        }
        self = .badRequest(
            error.failures.map { failure in
                InvalidParameter(
                    field: "ports", rule: .invalid,
                    reason: "cannot bind \(HostPort(host: failure.address, port: failure.port)): \(failure.reason)")
            },
            detail: "Listener [\(error.listener)] cannot bind its ports")
    }
}
