internal import EngineInterface
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

/// The one way to change the configuration: checked, bound, stored durably, in force, and only then answered. Changes
/// happen one after the other; the changes of one request happen together or not at all.
struct ConfigurationChanges: ChangeCommitter {
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
                try await Self.tellingListener { try await engine.prepare(rehearsal.configuration) }
            }
            do {
                let (value, configuration) = try await store.write { transaction in
                    let before = try transaction.revision()
                    let value = try body(transaction)
                    // The engine does not need to know of auth servers and what is below them.
                    let isConcerned = try transaction.revision() != before
                    return (value, isConcerned ? try transaction.engineConfiguration() : nil)
                }
                if let configuration { await engine.apply(configuration) }
                return value
            } catch  where bindsPorts {
                await engine.takeBack()
                throw error
            }
        }
    }

    /// Finds out what a change would answer and whether its ports can be bound, and undoes it.
    private func rehearse<Value: Sendable>(
        bindsPorts: Bool, _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        let (store, engine) = (self.store, self.engine)
        return try await self.gate.alone {
            let rehearsal = try await store.rehearse(body)
            if bindsPorts { try await Self.tellingListener { try await engine.rehearse(rehearsal.configuration) } }
            return rehearsal.value
        }
    }

    private static func tellingListener(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let error as ListenerBindError {
            throw UnboundListener(listener: error.listener, problem: Problem(error))
        }
    }

    // MARK: Changes of requests

    func commit(_ steps: [ChangeStep]) async throws -> [ChangeAnswer] {
        if steps.contains(where: \.route.isCostly) {
            let trial = try await ChangeSequence(steps, isTrial: true)
            _ = try await self.store.rehearse { try trial.run(in: $0) }
        }
        let sequence = try await ChangeSequence(steps, isTrial: false)
        let answers = try await self.naming(steps) {
            try await self.change(bindsPorts: steps.contains(where: \.route.bindsPorts)) { try sequence.run(in: $0) }
        }
        for answer in answers { await answer.afterwards?() }
        return answers
    }

    /// The very checks of ``commit(_:)``, and nothing happens.
    func judge(_ steps: [ChangeStep]) async throws -> [ChangeAnswer] {
        let trial = try await ChangeSequence(steps, isTrial: true)
        return try await self.naming(steps) {
            try await self.rehearse(bindsPorts: steps.contains(where: \.route.bindsPorts)) { try trial.run(in: $0) }
        }
    }

    /// Says which of the changes wants ports that cannot be had.
    private func naming<Value>(_ steps: [ChangeStep], _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as UnboundListener {
            let index = steps.lastIndex { step in
                guard step.route.bindsPorts, case .object(let body) = step.input.body else { return false }
                return body["name"] == .string(error.listener)
            }
            throw ChangesRefused(problems: [(index ?? steps.count - 1, error.problem)])
        }
    }
}

/// The listener whose ports cannot be bound.
private struct UnboundListener: Error {
    var listener: String
    var problem: Problem
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
            error.runs.map { failure, last in
                let place = HostPort(host: failure.address, port: failure.port)
                let ports = last == failure.port ? "\(place)" : "\(place)-\(last)"
                return InvalidParameter(
                    field: "ports", rule: .invalid, reason: "cannot bind \(ports): \(failure.reason)")
            },
            detail: "Listener [\(error.listener)] cannot bind its ports")
    }
}

extension ListenerBindError {
    /// Ports in a row of one address that fail for one reason, as the first failure and the last port.
    fileprivate var runs: [(first: Failure, last: Int)] {
        var runs: [(first: Failure, last: Int)] = []
        for failure in self.failures {
            if let run = runs.last, run.first.address == failure.address, run.first.reason == failure.reason,
                run.last + 1 == failure.port
            {
                runs[runs.count - 1].last = failure.port
            } else {
                runs.append((failure, failure.port))
            }
        }
        return runs
    }
}
