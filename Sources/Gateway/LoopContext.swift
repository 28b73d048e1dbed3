import Foundation
import GatewayModel
import Logging
import NIOCore

/// What the sessions of one event loop share. Confined to that loop: no lock, no hop.
final class LoopContext {
    let loop: any EventLoop
    let index: Int
    let logger: Logger
    let ledger: DecisionLedger
    /// Of all loops together.
    let connectionLimit: ConnectionLimit
    let limits: GatewayLimits
    /// How often clients ran into a limit.
    var limitCounters = LimitCounters()
    private(set) var runtime = RuntimeConfiguration.empty
    private(set) var sessions: [UInt64: Session] = [:]
    private var sessionsMade: UInt64 = 0

    init(
        loop: any EventLoop, index: Int, epoch: Date, logger: Logger,
        connectionLimit: ConnectionLimit = ConnectionLimit(maximum: .max), limits: GatewayLimits = GatewayLimits()
    ) {
        self.limits = limits
        self.loop = loop
        self.index = index
        self.logger = logger
        self.connectionLimit = connectionLimit
        self.ledger = DecisionLedger(loopIndex: index, epoch: epoch)
    }

    /// Session ids differ between loops: the loop's number is in the low six bits.
    func makeSessionID() -> UInt64 {
        self.sessionsMade += 1
        return self.sessionsMade * UInt64(DecisionSequence.maximumLoops) + UInt64(self.index)
    }

    func add(_ session: Session) {
        self.sessions[session.id] = session
    }

    func remove(_ session: Session) {
        self.sessions[session.id] = nil
    }

    /// Puts a new configuration in force: each session takes what concerns it, and ends only when it must.
    func apply(_ runtime: RuntimeConfiguration) {
        self.runtime = runtime
        for session in Array(self.sessions.values) { session.configurationChanged(runtime) }
        self.ledger.counters.keep(only: runtime.places)
    }

    func drain() {
        for session in Array(self.sessions.values) { session.drain(reason: "the gateway is shutting down") }
    }
}
