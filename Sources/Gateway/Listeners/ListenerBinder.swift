import EngineInterface
import Logging
import NIOCore
import Resources

/// The open server sockets, one for each address and port. It opens and closes them; which listener a socket belongs to
/// is looked up at accept time.
///
/// A change comes in two steps: ``prepare(_:)`` binds what the change adds, and ``apply(_:)`` puts it in force, or puts
/// the earlier listeners in force again, which takes the preparation back. Clients that connect between the two wait in
/// the backlog of the socket. ``retry()`` binds ports in force that could not be bound before; it may be called at any
/// time.
///
/// Each of these runs alone and in the order of the calls: no call sees the half-finished state of another. Only host
/// names are looked up before, so that a DNS server that does not answer delays no other change.
actor ListenerBinder {
    private struct Socket {
        var socket: any ListeningSocket
        var isAccepting: Bool
    }

    /// What the current change did to the sockets.
    private struct Preparation {
        /// Sockets that were bound for the change and do not accept yet.
        var added: Set<BindingKey> = []
        /// Sockets in force that were closed, because the change gives them up and needs the port on another address.
        var handedOver: Set<BindingKey> = []
    }

    /// The times to wait for DNS.
    struct Patience: Sendable {
        /// For a change that adds a host name.
        var change = Duration.seconds(5)
        /// For a retry, which is repeated.
        var retry = Duration.seconds(2)
    }

    private let sockets: any ListeningSockets
    private let hostNames: HostNames
    private let patience: Patience
    private let maximumSockets: Int
    private let logger: Logger
    private let gate = SerialGate()
    private var open: [BindingKey: Socket] = [:]
    /// The last addresses of the host names in force.
    private var knownAddresses: [String: SocketAddress] = [:]
    /// The ports of the configuration in force, with the names of their listeners.
    private var inForce: [BindingKey: String] = [:]
    private var preparation = Preparation()
    private var isClosed = false
    /// The reasons why keys in force are not bound.
    private(set) var failures: [BindingKey: String] = [:]

    /// - Parameter maximumSockets: The most sockets of all listeners together.
    init(
        sockets: any ListeningSockets, hostNames: HostNames = HostNames(), patience: Patience = Patience(),
        maximumSockets: Int = .max, logger: Logger
    ) {
        self.sockets = sockets
        self.hostNames = hostNames
        self.patience = patience
        self.maximumSockets = maximumSockets
        self.logger = logger
    }

    static func bindings(of listener: Listener) -> [BindingKey] {
        listener.addresses.flatMap { address in
            // One key for all spellings of an address: `localhost` and `127.0.0.1`, `::1` and `0:0::1`.
            let address = ListenerAddress(text: address)?.text ?? address
            return listener.allPorts.map { BindingKey(address: address, port: $0) }
        }
    }

    // MARK: Changes

    /// Binds the ports that `listeners` need beyond those in force. A port in force that is DOWN is not tried, so that
    /// a change is not refused for a port that it does not touch.
    ///
    /// - Throws: ``ListenerBindError`` For the first listener that cannot be bound completely. The sockets are then as
    ///   they were before.
    func prepare(_ listeners: [Listener]) async throws {
        let found = await self.addresses(forChangeTo: listeners)
        try await self.gate.alone { try await self.prepareAlone(listeners, found, isRehearsal: false) }
    }

    /// Finds out whether ``prepare(_:)`` could succeed. No socket in force is closed for it; the port of a socket that
    /// would be closed counts as free.
    func rehearse(_ listeners: [Listener]) async throws {
        let found = await self.addresses(forChangeTo: listeners)
        try await self.gate.alone {
            try await self.prepareAlone(listeners, found, isRehearsal: true)
            await self.takeBackPreparation()
        }
    }

    /// Undoes ``prepare(_:)``.
    func takeBack() async {
        await self.gate.alone { await self.takeBackPreparation() }
    }

    private func prepareAlone(
        _ listeners: [Listener], _ found: HostNames.Results, isRehearsal: Bool
    ) async throws {
        await self.takeBackPreparation()
        guard !self.isClosed else { return }
        let wanted = Set(listeners.flatMap(Self.bindings))
        var added = 0
        for listener in listeners {
            added += Self.bindings(of: listener).count { self.inForce[$0] == nil }
            try self.checkRoom(for: added, keeping: wanted, listener: listener)
        }
        let givenUp = self.inForce.keys.filter { !wanted.contains($0) }
        for listener in listeners {
            var failures: [ListenerBindError.Failure] = []
            for key in Self.bindings(of: listener) where self.inForce[key] == nil && self.open[key] == nil {
                let rivals = givenUp.filter { $0.excludes(key) }
                if isRehearsal, !rivals.isEmpty { continue }
                for rival in rivals { await self.handOver(rival) }
                do {
                    try await self.open(key, found)
                    self.preparation.added.insert(key)
                } catch {
                    failures.append(.init(address: key.address, port: key.port, reason: bindingFailure(error)))
                }
            }
            guard failures.isEmpty else {
                await self.takeBackPreparation()
                throw ListenerBindError(listener: listener.name, failures: failures)
            }
        }
    }

    /// Puts `listeners` in force: opens and closes sockets until exactly theirs are open, as far as they can be bound.
    func apply(_ listeners: [Listener]) async {
        let keys = listeners.flatMap(Self.bindings).filter { self.open[$0] == nil && self.failures[$0] == nil }
        let found = await self.addresses(for: keys, patience: self.patience.retry)
        await self.gate.alone { await self.applyAlone(listeners, found) }
    }

    private func applyAlone(_ listeners: [Listener], _ found: HostNames.Results) async {
        guard !self.isClosed else { return }
        var wanted: [BindingKey: String] = [:]
        for listener in listeners { for key in Self.bindings(of: listener) { wanted[key] = listener.name } }
        self.inForce = wanted
        self.preparation = Preparation()
        // Close first, because a new socket may need the port on another address.
        for key in Array(self.open.keys) where wanted[key] == nil { await self.close(key) }
        self.failures = self.failures.filter { wanted[$0.key] != nil }
        await self.bindWhatIsMissing(found)
        let names = Set(wanted.keys.compactMap(\.hostName))
        self.knownAddresses = self.knownAddresses.filter { names.contains($0.key) }
    }

    /// Tries again to bind the ports in force that could not be bound.
    func retry() async {
        let found = await self.addresses(
            for: self.inForce.keys.filter { self.open[$0] == nil }, patience: self.patience.retry)
        await self.gate.alone {
            guard await !self.isClosed else { return }
            await self.bindWhatIsMissing(found)
        }
    }

    /// Closes everything for good.
    func closeAll() async {
        await self.gate.alone { await self.closeAllAlone() }
    }

    private func closeAllAlone() async {
        self.isClosed = true
        self.inForce = [:]
        self.preparation = Preparation()
        for key in Array(self.open.keys) { await self.close(key) }
        self.failures = [:]
    }

    // MARK: Steps

    private func checkRoom(for added: Int, keeping wanted: Set<BindingKey>, listener: Listener) throws {
        guard added > 0 else { return }
        let kept = self.inForce.keys.count { wanted.contains($0) }
        let free = max(0, self.maximumSockets - kept)
        guard added > free else { return }
        throw ListenerBindError(
            listener: listener.name, failures: [],
            shortage: .init(needed: added, free: free, maximum: self.maximumSockets))
    }

    private func handOver(_ key: BindingKey) async {
        guard self.preparation.handedOver.insert(key).inserted else { return }
        await self.close(key)
    }

    /// Closes the sockets that were bound for a change that is not made, and binds again those that it would have given
    /// up.
    private func takeBackPreparation() async {
        let preparation = self.preparation
        self.preparation = Preparation()
        for key in preparation.added { await self.close(key) }
        if !preparation.handedOver.isEmpty { await self.bindWhatIsMissing([:]) }
    }

    /// Binds the ports in force that are not open, and lets all of them accept. Ports that were handed to the current
    /// change stay closed.
    ///
    /// - Parameter found: The addresses of host names. A name that is missing and failed before is left for a retry.
    private func bindWhatIsMissing(_ found: HostNames.Results) async {
        for (key, name) in self.inForce where !self.preparation.handedOver.contains(key) {
            if let host = key.hostName, found[host] == nil, self.failures[key] != nil { continue }
            do {
                if self.open[key] == nil {
                    guard self.open.count < self.maximumSockets else {
                        throw NoSocketLeft(maximum: self.maximumSockets)
                    }
                    try await self.open(key, found)
                    if self.failures.removeValue(forKey: key) != nil {
                        self.logger.info("listener port bound", metadata: ["listener": "\(name)", "address": "\(key)"])
                    }
                }
                guard let socket = self.open[key], !socket.isAccepting else { continue }
                await socket.socket.accept()
                self.open[key]?.isAccepting = true
            } catch {
                let reason = bindingFailure(error)
                if self.failures.updateValue(reason, forKey: key) == nil {
                    self.logger.error(
                        "listener cannot bind; it is DOWN and will be retried",
                        metadata: ["listener": "\(name)", "address": "\(key)", "error": "\(reason)"])
                }
            }
        }
    }

    private func open(_ key: BindingKey, _ found: HostNames.Results) async throws {
        let address = try key.socketAddress(found, known: self.knownAddresses)
        self.open[key] = Socket(socket: try await self.sockets.open(key, at: address), isAccepting: false)
        if let name = key.hostName { self.knownAddresses[name] = address }
    }

    /// Looks up the names that a change adds. Names in force are not part of the change.
    private func addresses(forChangeTo listeners: [Listener]) async -> HostNames.Results {
        let keys = listeners.flatMap(Self.bindings).filter { self.inForce[$0] == nil && self.open[$0] == nil }
        return await self.addresses(for: keys, patience: self.patience.change)
    }

    private func addresses(for keys: [BindingKey], patience: Duration) async -> HostNames.Results {
        await self.hostNames.addresses(of: Set(keys.compactMap(\.hostName)), patience: patience)
    }

    private func close(_ key: BindingKey) async {
        await self.open.removeValue(forKey: key)?.socket.close()
    }
}

/// The configuration in force has more ports than this process may open: it was started with a lower limit.
private struct NoSocketLeft: Error, CustomStringConvertible {
    var maximum: Int
    var description: String {
        "the limit on open files (ulimit -n) leaves all listeners together \(self.maximum) sockets"
    }
}

extension BindingKey {
    /// Whether one of the two has to be closed before the other can be bound. A name may stand for any address.
    fileprivate func excludes(_ other: BindingKey) -> Bool {
        guard self.port == other.port else { return false }
        guard let own = ListenerAddress(text: self.address), let others = ListenerAddress(text: other.address) else {
            return true
        }
        return own.wildcard == nil || others.wildcard == nil || own.overlaps(others)
    }
}
