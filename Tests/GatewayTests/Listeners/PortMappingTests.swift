import Resources
import Testing

@testable import Gateway

@Suite struct PortMappingTests {
    @Test func `with a bootstrap port brokers follow it`() throws {
        let mapping = try #require(
            PortMapping(ports: [19_092...19_095], bootstrap: .atStart, minimumBrokerID: 0))
        #expect(mapping.isBootstrap(port: 19_092))
        #expect(mapping.brokerID(port: 19_092) == nil)
        for id in Int32(0)...2 {
            #expect(mapping.port(brokerID: id) == 19_093 + Int(id))
            #expect(mapping.brokerID(port: 19_093 + Int(id)) == id)
        }
        #expect(mapping.port(brokerID: 3) == nil)
    }

    @Test func `without one every port is a broker's`() throws {
        let mapping = try #require(PortMapping(ports: [9_092...9_094], bootstrap: .none, minimumBrokerID: 1))
        for id in Int32(1)...3 {
            #expect(mapping.port(brokerID: id) == 9_091 + Int(id))
            #expect(mapping.brokerID(port: 9_091 + Int(id)) == id)
        }
        #expect(!mapping.isBootstrap(port: 9_092))
        #expect(mapping.port(brokerID: 0) == nil)
    }

    @Test func `ports may have gaps, and a broker in a gap has none`() throws {
        let mapping = try #require(
            PortMapping(ports: [9_000...9_000, 9_092...9_094, 9_100...9_100], bootstrap: .atStart, minimumBrokerID: 1))
        for (id, port) in [(Int32(92), 9_092), (93, 9_093), (94, 9_094), (100, 9_100)] {
            #expect(mapping.port(brokerID: id) == port)
            #expect(mapping.brokerID(port: port) == id)
        }
        for id in Int32(1)...4 { #expect(mapping.port(brokerID: id) == nil) }
        #expect(mapping.brokerID(port: 9_001) == nil)
    }

    @Test(arguments: [Int32.min, -1, 0, 7, .max - 1, .max], [Int32.min, 0, .max])
    func `no broker id and no port overflows`(id: Int32, minimum: Int32) throws {
        let mapping = try #require(PortMapping(ports: [1...65_535], bootstrap: .atStart, minimumBrokerID: minimum))
        if let port = mapping.port(brokerID: id) { #expect(mapping.brokerID(port: port) == id) }
        #expect(mapping.brokerID(port: .max) == nil)
        #expect(mapping.brokerID(port: .min) == nil)
        #expect(mapping.brokerID(port: 65_535).map { $0 >= minimum } ?? true)
    }

    @Test func `a listener without ports maps nothing`() {
        #expect(PortMapping(ports: [], bootstrap: .none, minimumBrokerID: 0) == nil)
    }
}
