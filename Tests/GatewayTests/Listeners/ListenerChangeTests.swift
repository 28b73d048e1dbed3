import EngineInterface
import Foundation
import NIOCore
import NIOPosix
import Resources
import Testing

@testable import Gateway

/// Listeners of an engine, with sockets of this machine.
@Suite(.timeLimit(.minutes(1))) struct `Changes of listeners` {
    private static func configuration(_ address: String, port: Int) -> EngineConfiguration {
        var configuration = EngineWorld.configuration([])
        let listener = Listener(
            id: "l", name: "public", addresses: [address], ports: [PortSpecification(range: port...port)],
            createdAt: EngineWorld.date, updatedAt: EngineWorld.date)
        let forward = ListenerPolicy(
            id: "f",
            config: .forward(
                .portMapping(
                    PortMappingConfiguration(destination: Reference(id: "v", name: "team"), advertisedHost: "localhost")
                )),
            createdAt: EngineWorld.date, updatedAt: EngineWorld.date)
        configuration.gateways[0].listeners = [ListenerConfiguration(listener: listener, policies: [forward])]
        return configuration
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }

    private static func connect(to host: String, port: Int) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: host, port: port).get()
    }

    /// The connections that the engine serves, once there are as many.
    private static func connections(of engine: GatewayEngine, count: Int) async throws -> [ConnectionView] {
        while true {
            let connections = try await engine.liveSnapshot(gateway: nil, decisions: 0).connections
            if connections.count == count { return connections }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func change(_ engine: GatewayEngine, to configuration: EngineConfiguration) async throws {
        try await engine.prepare(configuration)
        await engine.apply(configuration)
    }

    @Test func `sessions that the new address covers stay, and new ones come`() async throws {
        let port = try await Self.freePort()
        try await EngineWorld.run(Self.configuration("127.0.0.1", port: port)) { engine in
            let first = try await Self.connect(to: "127.0.0.1", port: port)
            let id = try await Self.connections(of: engine, count: 1).first?.sessionID
            try await Self.change(engine, to: Self.configuration("0.0.0.0", port: port))
            let second = try await Self.connect(to: "127.0.0.2", port: port)
            #expect(try await Self.connections(of: engine, count: 2).contains { $0.sessionID == id })
            // 127.0.0.2 is not covered any more.
            try await Self.change(engine, to: Self.configuration("127.0.0.1", port: port))
            #expect(try await Self.connections(of: engine, count: 1).first?.sessionID == id)
            try await second.closeFuture.get()
            #expect(first.isActive)
            try await Self.change(engine, to: Self.configuration("127.0.0.2", port: port))
            try await first.closeFuture.get()
        }
    }

    @Test func `a refused change leaves listeners and sessions as they were`() async throws {
        let port = try await Self.freePort()
        try await EngineWorld.run(Self.configuration("127.0.0.1", port: port)) { engine in
            let taken = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.2", port: port).get()
            let client = try await Self.connect(to: "127.0.0.1", port: port)
            _ = try await Self.connections(of: engine, count: 1)
            await #expect(throws: ListenerBindError.self) {
                try await engine.prepare(Self.configuration("0.0.0.0", port: port))
            }
            #expect(client.isActive)
            _ = try await Self.connect(to: "127.0.0.1", port: port)
            _ = try await Self.connections(of: engine, count: 2)
            try await taken.close()
        }
    }

    @Test func `a listener on all IPv6 addresses says that IPv4 clients cannot reach it, unless a listener takes them`()
        async throws
    {
        let port = try await Self.freePort()
        let alone = Self.configuration("::", port: port)
        var both = alone
        var second = Self.configuration("0.0.0.0", port: port).gateways[0].listeners[0]
        second.listener.id = "l4"
        second.listener.name = "public4"
        both.gateways[0].listeners.append(second)
        try await EngineWorld.run(alone) { engine in
            func status() async -> ComponentStatus? {
                await engine.components(gateway: nil).first { $0.name == "public" }
            }
            #expect(await status()?.state == .warn)
            #expect(
                await status()?.reason
                    == "[::] takes IPv6 clients only: IPv4 clients cannot reach port \(port). Add a listener on 0.0.0.0 "
                    + "with the same ports, or change the address to 0.0.0.0")
            try await Self.change(engine, to: both)
            #expect(await status()?.reason?.contains("IPv4") != true)
        }
    }

    @Test func `all IPv4 and all IPv6 addresses are two listeners' on one port`() async throws {
        let port = try await Self.freePort()
        var configuration = Self.configuration("0.0.0.0", port: port)
        var second = Self.configuration("::", port: port).gateways[0].listeners[0]
        second.listener.id = "l6"
        second.listener.name = "public6"
        configuration.gateways[0].listeners.append(second)
        try await EngineWorld.run(Self.configuration("0.0.0.0", port: port)) { engine in
            try await Self.change(engine, to: configuration)
            _ = try await Self.connect(to: "127.0.0.1", port: port)
            _ = try await Self.connect(to: "::1", port: port)
            #expect(
                try await Set(Self.connections(of: engine, count: 2).map(\.listener)) == ["public", "public6"])
        }
    }
}
