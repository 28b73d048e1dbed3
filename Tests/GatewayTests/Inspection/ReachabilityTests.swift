import EngineInterface
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite struct ReachabilityTests {
    @Test func `a port in use, a free one and none at all are told apart`() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await EngineWorld.run(EngineWorld.configuration([])) { engine in
            let taken = try await engine.check(.port(address: "127.0.0.1", port: port))
            #expect(!taken.reachable)
            #expect(taken.detail == "127.0.0.1:\(port): address already in use")
            try await channel.close()
            let free = try await engine.check(.port(address: "127.0.0.1", port: port))
            #expect(free.reachable)
            #expect(free.detail == "127.0.0.1:\(port) is free")
            #expect(try await engine.check(.port(address: "127.0.0.1", port: 70_000)).reachable == false)
        }
    }

    @Test func `a backend and a key set that are not there say why`() async throws {
        try await EngineWorld.run(EngineWorld.configuration([])) { engine in
            let backend = try await engine.check(.backend(bootstrapServers: ["nonsense", "127.0.0.1:1"]))
            #expect(!backend.reachable)
            #expect(
                backend.detail
                    == "'nonsense' is not host:port; 127.0.0.1:1: the connection is refused, nothing listens there")
            let keys = try await engine.check(.jwks(url: "http://127.0.0.1:1/jwks"))
            #expect(keys.detail == "the connection is refused, nothing listens there")
            #expect(try await engine.check(.jwks(url: "ftp://x")).detail == "the address is not an http or https URL")
        }
    }

    @Test func `without a listener there is nothing to probe, without a backend nothing to list`() async throws {
        try await EngineWorld.run(EngineWorld.configuration([])) { engine in
            await #expect(throws: EngineClientError.self) {
                try await engine.probe(ProbeQuestion(virtualCluster: "team"))
            }
            let silent = EngineClientError(
                "Backend cluster 'back' does not answer: 127.0.0.1:1: the connection is refused, nothing listens there."
            )
            await #expect(throws: silent) { try await engine.topics(virtualCluster: "team") }
            await #expect(throws: silent) { try await engine.groups(virtualCluster: "team") }
            await #expect(throws: silent) {
                try await engine.createTopic("t", partitions: 1, virtualCluster: "team")
            }
            await #expect(throws: EngineClientError.self) {
                try await engine.createTopic("a b", partitions: 1, virtualCluster: "team")
            }
            let sessions: [UInt64] = [64, .max]
            for id in sessions {
                let wasOpen = try await engine.closeConnection(sessionID: id)
                #expect(!wasOpen)
            }
        }
    }
}
