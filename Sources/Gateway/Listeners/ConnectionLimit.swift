import EngineInterface
import Synchronization

/// How many clients may be connected at once: to all listeners together, to each listener, and from each address.
///
/// A process that can open no more files is not only deaf to new clients: it loses its brokers, its management API and,
/// on Linux, its life (the dispatch library ends a process that cannot read its own state). So clients that connect
/// when the limit is reached are disconnected at once. The shares of a listener and of an address keep one of them from
/// taking all.
///
/// The limit is checked when a client connects and disconnects, never for a request.
final class ConnectionLimit: Sendable {
    /// What a connection counts against.
    struct Place: Hashable, Sendable {
        /// The listener's id.
        var listener: String
        var address: ClientAddress
    }

    let maximum: Int
    private let limits: GatewayLimits
    private let open = Atomic<Int>(0)
    private let shares = Mutex(Shares())

    private struct Shares {
        var listeners: [String: Int] = [:]
        var addresses: [ClientAddress: Int] = [:]
    }

    init(_ limits: GatewayLimits) {
        self.limits = limits
        self.maximum = limits.connections
    }

    convenience init(maximum: Int) {
        var limits = GatewayLimits()
        limits.connections = maximum
        limits.connectionsPerListener = maximum
        limits.connectionsPerAddress = maximum
        self.init(limits)
    }

    var isReached: Bool { self.open.load(ordering: .relaxed) >= self.maximum }

    /// The limit because of which some new clients of a listener are disconnected now.
    func reached(listener: String) -> LimitKind? {
        if self.isReached { return .connections }
        return self.shares.withLock { shares in
            if shares.listeners[listener, default: 0] >= self.limits.effectiveConnectionsPerListener {
                return .connectionsPerListener
            }
            let ofAddress = self.limits.effectiveConnectionsPerAddress
            return shares.addresses.values.contains { $0 >= ofAddress } ? .connectionsPerAddress : nil
        }
    }

    /// Counts one more connection.
    /// - Returns: The limit that is reached, in which case nothing was counted; nil when the client may stay.
    func take(_ place: Place) -> LimitKind? {
        let refusal = self.shares.withLock { shares -> LimitKind? in
            let ofListener = shares.listeners[place.listener, default: 0]
            let ofAddress = shares.addresses[place.address, default: 0]
            if ofAddress >= self.limits.effectiveConnectionsPerAddress { return .connectionsPerAddress }
            if ofListener >= self.limits.effectiveConnectionsPerListener { return .connectionsPerListener }
            if self.open.add(1, ordering: .relaxed).newValue > self.maximum {
                self.open.subtract(1, ordering: .relaxed)
                return .connections
            }
            shares.listeners[place.listener] = ofListener + 1
            shares.addresses[place.address] = ofAddress + 1
            return nil
        }
        return refusal
    }

    func give(_ place: Place) {
        self.open.subtract(1, ordering: .relaxed)
        self.shares.withLock { shares in
            shares.listeners.release(place.listener)
            shares.addresses.release(place.address)
        }
    }
}

extension Dictionary where Value == Int {
    fileprivate mutating func release(_ key: Key) {
        guard let count = self[key] else { return }
        self[key] = count > 1 ? count - 1 : nil
    }
}
