import GatewayModel
import Logging
import NIOCore
import NIOPosix

/// The open server sockets, one for each address and port. It opens and closes them; which listener a socket belongs to
/// is looked up at accept time.
actor ListenerBinder {
    private let group: any EventLoopGroup
    private let initializer: @Sendable (any Channel, BindingKey) -> EventLoopFuture<Void>
    private let logger: Logger
    private var channels: [BindingKey: any Channel] = [:]
    private(set) var failures: [BindingKey: String] = [:]

    init(
        group: any EventLoopGroup, logger: Logger,
        initializer: @escaping @Sendable (any Channel, BindingKey) -> EventLoopFuture<Void>
    ) {
        self.group = group
        self.logger = logger
        self.initializer = initializer
    }

    /// Opens what `listeners` need and is not open yet; all or nothing for each listener.
    ///
    /// - Throws: ``ListenerBindError`` for the first listener that cannot be opened whole; what this call opened is closed.
    func open(_ listeners: [Listener]) async throws {
        var opened: [BindingKey] = []
        for listener in listeners {
            var failures: [ListenerBindError.Failure] = []
            for key in Self.bindings(of: listener) where self.channels[key] == nil {
                do {
                    self.channels[key] = try await self.bind(key)
                    self.failures[key] = nil
                    opened.append(key)
                } catch {
                    failures.append(.init(address: key.address, port: key.port, reason: Self.reason(error)))
                }
            }
            if !failures.isEmpty {
                for key in opened { await self.close(key) }
                throw ListenerBindError(listener: listener.name, failures: failures)
            }
        }
    }

    /// Opens and closes sockets until exactly the bindings of `listeners` are open, as far as they can be.
    func reconcile(_ listeners: [Listener]) async {
        var wanted: [BindingKey: String] = [:]
        for listener in listeners { for key in Self.bindings(of: listener) { wanted[key] = listener.name } }
        for key in Array(self.channels.keys) where wanted[key] == nil { await self.close(key) }
        self.failures = self.failures.filter { wanted[$0.key] != nil }
        for (key, name) in wanted where self.channels[key] == nil {
            do {
                self.channels[key] = try await self.bind(key)
                if self.failures.removeValue(forKey: key) != nil {
                    self.logger.info("listener port bound", metadata: ["listener": "\(name)", "address": "\(key)"])
                }
            } catch {
                let reason = Self.reason(error)
                if self.failures.updateValue(reason, forKey: key) == nil {
                    self.logger.error(
                        "listener cannot bind; it is DOWN and will be retried",
                        metadata: ["listener": "\(name)", "address": "\(key)", "error": "\(reason)"])
                }
            }
        }
    }

    func closeAll() async {
        for key in Array(self.channels.keys) { await self.close(key) }
        self.failures = [:]
    }

    static func bindings(of listener: Listener) -> [BindingKey] {
        listener.addresses.flatMap { address in listener.allPorts.map { BindingKey(address: address, port: $0) } }
    }

    private func close(_ key: BindingKey) async {
        guard let channel = self.channels.removeValue(forKey: key) else { return }
        try? await channel.close()
    }

    private func bind(_ key: BindingKey) async throws -> any Channel {
        let initializer = self.initializer
        return try await Self.bind(key, group: self.group) { channel in initializer(channel, key) }
    }

    /// Opens one server socket; `initializer` gets each connection.
    static func bind(
        _ key: BindingKey, group: any EventLoopGroup,
        initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        // `localhost` is the IPv4 loopback only.
        let host = key.address == "localhost" ? "127.0.0.1" : key.address
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelOption(.maxMessagesPerRead, value: ReceiveBuffers.readsPerTurn)
            .childChannelOption(.recvAllocator, value: ReceiveBuffers())
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 128 * 1024, high: 512 * 1024))
            .childChannelInitializer(initializer)
        for (option, value) in TCPKeepAlive.options { bootstrap = bootstrap.childChannelOption(option, value: value) }
        return try await bootstrap.bind(host: host, port: key.port).get()
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return switch error.errnoCode {
        case 98: "address already in use"
        case 13: "permission denied"
        case 99: "this machine does not have that address"
        default: "\(error)"
        }
    }
}
