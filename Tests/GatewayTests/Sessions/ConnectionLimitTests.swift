import EngineInterface
import NIOCore
import NIOEmbedded
import Testing

@testable import Gateway

struct ConnectionLimitTests {
    private func place(_ listener: String = "l", _ address: String = "10.0.0.1") throws -> ConnectionLimit.Place {
        .init(listener: listener, address: ClientAddress(try SocketAddress(ipAddress: address, port: 1)))
    }

    @Test func `as many as may be are let in, and one more for each that leaves`() throws {
        let limit = ConnectionLimit(maximum: 2)
        let place = try self.place()
        func takes() -> [Bool] { [limit.take(place) == nil, limit.take(place) == nil] }
        #expect(takes() == [true, true])
        #expect(limit.take(place) != nil)
        #expect(limit.isReached)
        limit.give(place)
        #expect(!limit.isReached)
        #expect(takes() == [true, false])
    }

    @Test func `one address and one listener leave room for the others`() throws {
        var limits = GatewayLimits()
        limits.connections = 20
        let limit = ConnectionLimit(limits)
        let greedy = try self.place()
        while limit.take(greedy) == nil {}
        #expect(limit.take(greedy) == .connectionsPerAddress)
        let another = try self.place("l", "10.0.0.2")
        while limit.take(another) == nil {}
        #expect(limit.take(another) == .connectionsPerListener)
        #expect(limit.take(try self.place("m", "10.0.0.3")) == nil)
        #expect(limit.take(try self.place("m", "10.0.0.4")) == nil)
        #expect(limit.take(try self.place("m", "10.0.0.5")) == .connections)
        limit.give(greedy)
        #expect(limit.take(greedy) == nil)
    }

    @Test func `the addresses of one IPv6 network are one, and a mapped IPv4 address is itself`() throws {
        func address(_ text: String) throws -> ClientAddress {
            ClientAddress(try SocketAddress(ipAddress: text, port: 1))
        }
        #expect(try address("2001:db8::1") == address("2001:db8::ffff:2"))
        #expect(try address("2001:db8::1") != address("2001:db8:0:1::1"))
        #expect(try address("::ffff:10.0.0.1") == address("10.0.0.1"))
        #expect(try address("10.0.0.1") != address("10.0.0.2"))
    }

    @Test func `a session has its place until both of its connections are closed`() throws {
        let limit = ConnectionLimit(maximum: 1)
        let fixture = try SessionFixture(connectionLimit: limit)
        #expect(limit.isReached)
        fixture.session.finish()
        #expect(limit.isReached)
        fixture.broker.embeddedEventLoop.run()
        #expect(!limit.isReached)
        fixture.finish()
        #expect(limit.take(try self.place()) == nil)
    }

    @Test func `a client too many is disconnected, is not in the list, and is counted`() throws {
        let limit = ConnectionLimit(maximum: 1)
        let fixture = try SessionFixture(connectionLimit: limit)
        let second = try fixture.connectAnother()
        #expect(!second.isActive)
        #expect(fixture.session.context.sessions.count == 1)
        #expect(fixture.session.context.limitCounters.counts.values.reduce(0, +) == 1)
        #expect(limit.isReached)
        fixture.finish()
    }
}
