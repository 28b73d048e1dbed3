import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Random requests of every API from a client that wants to stop the others: before and after it signs in.
@Suite struct HostileClientTests {
    private static let rule = AuthenticationRule.oauthBearer(
        OAuthBearerRule(jwks: JWKSSource(endpoint: "http://127.0.0.1/keys")))

    /// A request with a proper head, and a body of lies: counts, lengths and bytes of all kinds.
    private static func request(_ number: Int32) -> ByteBuffer {
        var body = ByteBuffer()
        switch Int.random(in: 0...5) {
        case 0:
            for _ in 0..<Int.random(in: 0...400) { body.writeInteger(UInt8.random(in: 0...255)) }
        case 1:
            for _ in 0..<Int.random(in: 1...200) { body.writeInteger(Int32.random(in: -2...20_000)) }
        case 2:
            body.writeRepeatingByte(UInt8.random(in: 0...3), count: Int.random(in: 1...60_000))
        case 3:
            for _ in 0..<Int.random(in: 1...100) { body.writeBytes([0xff, 0xff, 0xff, 0xff, 0x07]) }
        case 4:
            body.writeInteger(Int32(9_000))
            for name in 0..<9_000 {
                let text = "n\(name)"
                body.writeInteger(Int16(text.utf8.count))
                body.writeString(text)
            }
            body.writeInteger(UInt8(0))
        default:
            break
        }
        let row = APITable.rows.randomElement()
        let api = row?.api.rawValue ?? 0
        let version = Int16.random(in: 0...(row?.versions.upperBound ?? 0) + 1)
        var frame = ByteBuffer()
        let isFlexible = Bool.random()
        frame.writeInteger(Int32(10 + (isFlexible ? 1 : 0) + body.readableBytes))
        frame.writeInteger(api)
        frame.writeInteger(version)
        frame.writeInteger(number)
        frame.writeInteger(Int16(-1))
        if isFlexible { frame.writeInteger(UInt8(0)) }
        frame.writeImmutableBuffer(body)
        return frame
    }

    @Test(arguments: [true, false])
    func `each turn of the loop does a bounded part, whatever is asked`(signsIn: Bool) throws {
        for _ in 0..<60 {
            let fixture = try SessionFixture(
                rules: LargeFrameSessionTests.rules, authentication: [signsIn ? Self.rule : .anonymous])
            defer { fixture.finish() }
            fixture.knowsBackend()
            // What comes at once is what NIO reads in one turn: four buffers.
            var bytes = ByteBuffer()
            var number: Int32 = 0
            while bytes.readableBytes < 256 * 1024 {
                number += 1
                bytes.writeImmutableBuffer(Self.request(number))
            }
            var last: UInt64 = 0
            try fixture.client.writeInbound(bytes)
            for _ in 0..<200 where !fixture.session.isClosing {
                let requests = fixture.session.requests
                #expect(requests - last <= UInt64(Session.requestsPerTurn) + 1)
                last = requests
                #expect(fixture.session.inFlight.count <= Session.maximumInFlight)
                #expect(fixture.heldBytes <= bytes.readableBytes)
                #expect((fixture.session.facts?.authorizer.cachedDecisions ?? 0) <= SessionAuthorizer.capacity)
                if !fixture.session.turn.isOver { break }
                fixture.client.embeddedEventLoop.advanceTime(by: .milliseconds(1))
            }
        }
    }

    @Test func `another client of the loop is served between two turns of a hostile one`() throws {
        let fixture = try SessionFixture(rules: nil)
        defer { fixture.finish() }
        fixture.knowsBackend()
        let ask = { (number: Int32) in
            KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: number, clientID: nil)
        }
        let other = try fixture.connectAnother()
        var flood = ByteBuffer()
        for number in 0..<Int32(Session.requestsPerTurn * 20) { flood.writeImmutableBuffer(ask(number)) }
        try fixture.client.writeInbound(flood)
        // The one for which the session became ready is not counted.
        #expect(Int(fixture.session.requests) <= Session.requestsPerTurn + 1)
        try other.writeInbound(ask(1))
        #expect(try SessionFixture.sent(other).readableBytes > 0)
        // The flood is far from served by then.
        #expect(Int(fixture.session.requests) < Session.requestsPerTurn * 20)
        _ = try? other.finish(acceptAlreadyClosed: true)
    }
}
