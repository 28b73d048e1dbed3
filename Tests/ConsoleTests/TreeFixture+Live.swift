import EngineInterface
import ResourceFixtures

extension TreeFixture {
    static func snapshot(connections: [ConnectionView], components: [ComponentStatus]) -> LiveSnapshot {
        LiveSnapshot(
            time: TestConsole.start, connections: connections, counters: [], decisions: [], components: components)
    }

    static func connection(
        _ id: UInt64, from address: String, as principal: String?, listener: String = "example_listener",
        cluster: String = "example_virtual_cluster"
    ) -> ConnectionView {
        ConnectionView(
            sessionID: id, gateway: "event-gateway-quickstart", listener: listener, virtualCluster: cluster,
            remoteAddress: address, localPort: 19_092, principal: principal, authentication: nil, clientID: nil,
            clientSoftwareName: nil, clientSoftwareVersion: nil, upstream: nil, state: .active,
            connectedAt: created, requests: 1, bytesIn: 1, bytesOut: 1, denied: 0)
    }

    static let components = [
        ComponentStatus(
            kind: "backend_cluster", gateway: "event-gateway-quickstart", name: "default_backend_cluster", state: .up),
        ComponentStatus(
            kind: "listener", gateway: "event-gateway-quickstart", name: "example_listener", state: .up),
    ]

    static let healthy = snapshot(
        connections: [
            connection(1, from: "127.0.0.1:52044", as: "client7"),
            connection(2, from: "127.0.0.1:52045", as: "client7"),
            connection(3, from: "127.0.0.1:52046", as: "anonymous"),
        ], components: components)
}
