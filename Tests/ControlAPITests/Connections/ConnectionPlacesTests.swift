import NIOCore
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ConnectionPlacesTests {
    /// Places, and the numbers of those that lost theirs.
    private final class World: Sendable {
        let places: ConnectionPlaces
        private let closed = Mutex<[Int]>([])
        private let next = Mutex(0)

        init(total: Int) {
            self.places = ConnectionPlaces(ConnectionPlaces.Shares(total: total))
        }

        var losers: [Int] { self.closed.withLock { $0 } }

        /// The how-manieth connection it is names it.
        @discardableResult
        func enter(_ address: String) throws -> UInt64? {
            let index = self.next.withLock { next in
                next += 1
                return next
            }
            let peer = PeerAddress(try SocketAddress(ipAddress: address, port: 1))
            return self.places.enter(peer) { self.closed.withLock { $0.append(index) } }
        }
    }

    @Test func `the parts leave a reserve`() {
        #expect(ConnectionPlaces.Shares(total: 512) == .init(total: 512))
        let shares = ConnectionPlaces.Shares(total: 512)
        #expect((shares.total, shares.strangers, shares.address) == (512, 384, 192))
        let small = ConnectionPlaces.Shares(total: 8)
        #expect((small.total, small.strangers, small.address) == (8, 6, 3))
    }

    @Test func `one address has its share, and its newest connection takes the place of its oldest`() throws {
        let world = World(total: 8)
        for _ in 0..<5 { #expect(try world.enter("203.0.113.7") != nil) }
        #expect(world.losers == [1, 2])
        #expect(try world.enter("203.0.113.8") != nil)
        #expect(world.losers == [1, 2])
        #expect(world.places.count == 4)
    }

    @Test func `strangers together leave the reserve to the machine itself`() throws {
        let world = World(total: 8)
        for index in 1...6 { try world.enter("203.0.113.\(index)") }
        #expect(world.losers.isEmpty)
        try world.enter("203.0.113.9")
        #expect(world.losers.count == 1)
        try world.enter("127.0.0.1")
        try world.enter("::1")
        #expect(world.losers.count == 1)
        #expect(world.places.count == 8)
    }

    @Test func `the busiest address gives way when all is full`() throws {
        let world = World(total: 8)
        for index in 1...3 { try world.enter("203.0.113.\(index)") }
        for _ in 4...8 { try world.enter("127.0.0.1") }
        #expect(try world.enter("::1") != nil)
        #expect(world.losers == [4])
    }

    @Test func `who is being answered, and who has the token, stays`() throws {
        let world = World(total: 8)
        let first = try #require(try world.enter("203.0.113.7"))
        let second = try #require(try world.enter("203.0.113.7"))
        let third = try #require(try world.enter("203.0.113.7"))
        world.places.beginAnswer(first)
        world.places.identify(second, hasToken: true)
        // The one with the token is no stranger: its address has room for another.
        try world.enter("203.0.113.7")
        #expect(world.losers.isEmpty)
        try world.enter("203.0.113.7")
        #expect(world.losers == [3])
        world.places.beginAnswer(third)
        world.places.endAnswer(first)
        try world.enter("203.0.113.7")
        #expect(world.losers == [3, 4])
    }

    @Test func `strangers that are all being answered keep no other stranger out`() throws {
        let world = World(total: 8)
        let first = try #require(try world.enter("203.0.113.7"))
        for _ in 2...3 { world.places.beginAnswer(try #require(try world.enter("203.0.113.7"))) }
        world.places.beginAnswer(first)
        // Its own share is full: the one that has been answered longest goes, and a second request renews no time.
        world.places.beginAnswer(2)
        #expect(try world.enter("203.0.113.7") != nil)
        #expect(world.losers == [2])
        for index in 1...3 { world.places.beginAnswer(try #require(try world.enter("203.0.113.\(20 + index)"))) }
        for number in 1...10 as ClosedRange<UInt64> { world.places.beginAnswer(number) }
        // All strangers' places are taken, and the busiest address gives one.
        #expect(try world.enter("203.0.113.99") != nil)
        #expect(world.losers == [2, 3])
    }

    @Test func `a stranger that is being answered makes room for the machine itself`() throws {
        let world = World(total: 8)
        for _ in 1...6 { world.places.beginAnswer(try #require(try world.enter("127.0.0.1"))) }
        for index in 1...2 { world.places.beginAnswer(try #require(try world.enter("203.0.113.\(index)"))) }
        #expect(try world.enter("127.0.0.1") != nil)
        #expect(world.losers.count == 1)
        #expect(world.losers.allSatisfy { $0 > 6 })
    }

    @Test func `nobody on the machine loses a place when all are being answered`() throws {
        let world = World(total: 8)
        for _ in 0..<8 { world.places.beginAnswer(try #require(try world.enter("127.0.0.1"))) }
        #expect(try world.enter("127.0.0.1") == nil)
        #expect(world.losers.isEmpty)
        world.places.leave(1)
        #expect(try world.enter("127.0.0.1") != nil)
    }

    @Test func `an operator with many idle connections makes room for others as the last`() throws {
        let world = World(total: 8)
        for _ in 0..<8 { world.places.identify(try #require(try world.enter("203.0.113.7")), hasToken: true) }
        #expect(try world.enter("127.0.0.1") != nil)
        #expect(world.losers == [1])
    }

    /// Whoever comes and goes, and in whatever order: a peer of the machine is let in, and the counts are kept.
    @Test func `a crowd of strangers never keeps the machine itself out`() throws {
        let world = World(total: 16)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let address = "203.0.113.\(Int.random(in: 1...5, using: &generator))"
            if let number = try world.enter(address), Bool.random(using: &generator) {
                world.places.beginAnswer(number)
                if Bool.random(using: &generator) { world.places.endAnswer(number) }
                if Bool.random(using: &generator) { world.places.leave(number) }
            }
            #expect(world.places.count <= 12)
            let own = try #require(try world.enter("127.0.0.1"))
            world.places.leave(own)
        }
    }

    @Test func `an IPv6 network is one address, and a mapped IPv4 address is itself`() throws {
        func peer(_ text: String) throws -> PeerAddress { PeerAddress(try SocketAddress(ipAddress: text, port: 9)) }
        #expect(try peer("2001:db8::1") == peer("2001:db8::ffff:2"))
        #expect(try peer("2001:db8::1") != peer("2001:db8:0:1::1"))
        #expect(try peer("::ffff:203.0.113.7") == peer("203.0.113.7"))
        #expect(try peer("203.0.113.7") != peer("203.0.113.8"))
        for text in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] { #expect(try peer(text).isLoopback) }
        for text in ["203.0.113.7", "::2", "2001:db8::1"] { #expect(try !peer(text).isLoopback) }
    }
}
