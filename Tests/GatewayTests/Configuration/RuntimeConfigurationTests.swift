import Foundation
import Resources
import Testing

@testable import Gateway

@Suite struct `Runtime configuration` {
    /// The route of each key in force leads to the listener with the key's text for a name.
    private static func configuration(_ keys: BindingKey...) -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration()
        for key in keys {
            configuration.routes[key] = ListenerRoute(
                gatewayID: "g", gatewayName: "g",
                listener: Listener(
                    id: key.description, name: key.description, addresses: [key.address],
                    ports: [PortSpecification(range: key.port...key.port)], createdAt: .distantPast,
                    updatedAt: .distantPast))
        }
        return configuration
    }

    @Test(
        arguments: [
            // The socket is as it was.
            ("127.0.0.1", "127.0.0.1", ["127.0.0.1"], "127.0.0.1:1"),
            // Widened.
            ("127.0.0.1", "127.0.0.1", ["0.0.0.0"], "0.0.0.0:1"),
            ("::1", "::1", ["::", "0.0.0.0"], "[::]:1"),
            // Narrowed, to this address and to another.
            ("0.0.0.0", "127.0.0.1", ["127.0.0.1"], "127.0.0.1:1"),
            ("0.0.0.0", "127.0.0.1", ["127.0.0.2"], nil),
            ("::", "::1", ["127.0.0.1"], nil),
            // By name.
            ("kafka.test", "127.0.0.1", ["127.0.0.1"], "127.0.0.1:1"),
        ] as [(String, String, [String], String?)])
    func `a connection goes where an address in force still covers it`(
        _ bound: String, _ local: String, _ inForce: [String], _ expected: String?
    ) {
        var configuration = RuntimeConfiguration()
        for address in inForce {
            configuration.routes.merge(Self.configuration(BindingKey(address: address, port: 1)).routes) { $1 }
        }
        let route = configuration.route(
            acceptedOn: BindingKey(address: bound, port: 1), at: BindingKey(address: local, port: 1))
        #expect(route?.listener.name == expected)
    }

    @Test func `a connection to another port is not covered`() {
        let configuration = Self.configuration(BindingKey(address: "0.0.0.0", port: 2))
        let key = BindingKey(address: "127.0.0.1", port: 1)
        #expect(configuration.route(acceptedOn: key, at: key) == nil)
    }
}
