import NIOEmbedded
import Testing

@testable import Gateway

struct ConnectionLimitTests {
    @Test func `as many as may be are let in, and one more for each that leaves`() {
        let limit = ConnectionLimit(maximum: 2)
        #expect([limit.take(), limit.take(), limit.take()] == [true, true, false])
        #expect(limit.isReached)
        limit.give()
        #expect(!limit.isReached)
        #expect([limit.take(), limit.take()] == [true, false])
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
        #expect(limit.take())
    }

    @Test func `a client too many is disconnected and is not in the list`() throws {
        let limit = ConnectionLimit(maximum: 1)
        let fixture = try SessionFixture(connectionLimit: limit)
        let second = try fixture.connectAnother()
        #expect(!second.isActive)
        #expect(fixture.session.context.sessions.count == 1)
        #expect(limit.isReached)
        fixture.finish()
    }
}
