import Identity
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ConnectionGuardTests {
    /// An embedded channel has no half: it would close whole.
    private final class HalfClosure: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            guard mode == .output else { return context.close(mode: mode, promise: promise) }
            promise?.succeed()
        }
    }

    /// A connection with the codec, the guard, and a server that a test plays.
    private final class Connection {
        let channel = EmbeddedChannel()
        let places = ConnectionPlaces(ConnectionPlaces.Shares(total: 8))

        init() throws {
            let address = PeerAddress(try SocketAddress(ipAddress: "203.0.113.7", port: 4))
            let place = try #require(self.places.enter(address) {})
            let guarding = ConnectionGuard(
                watch: RequestWatch(isLoopback: false, now: self.channel.eventLoop.now), token: AdminToken("secret"),
                places: self.places, place: place)
            let pipeline = self.channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(guarding, position: .after(decoder.handler))
            try pipeline.addHandler(ByteWatch(guarding), position: .first)
            try pipeline.addHandler(HalfClosure(), position: .first)
            try self.channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func receive(_ text: String) throws { try self.channel.writeInbound(ByteBuffer(string: text)) }

        func pass(_ time: TimeAmount) { self.channel.embeddedEventLoop.advanceTime(by: time) }

        func answer(_ status: HTTPResponseStatus) throws {
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["content-length": "0"])
            try self.channel.writeOutbound(HTTPServerResponsePart.head(head))
            try self.channel.writeOutbound(HTTPServerResponsePart.end(nil))
        }

        /// What the peer has got so far.
        func sent() throws -> String {
            var text = ""
            while let part = try self.channel.readOutbound(as: IOData.self) {
                if case .byteBuffer(let bytes) = part { text += String(buffer: bytes) }
            }
            return text
        }

        /// Parts that have reached the server.
        func parts() throws -> [HTTPServerRequestPart] {
            var parts: [HTTPServerRequestPart] = []
            while let part = try self.channel.readInbound(as: HTTPServerRequestPart.self) { parts.append(part) }
            return parts
        }
    }

    @Test func `half a head is closed after ten seconds, however its bytes come`() throws {
        let connection = try Connection()
        for byte in ["G", "E", "T", " ", "/"] {
            try connection.receive(byte)
            connection.pass(.milliseconds(1_900))
        }
        #expect(connection.channel.isActive)
        connection.pass(.seconds(1))
        #expect(!connection.channel.isActive)
    }

    @Test func `half a body is answered with 408 after ten seconds`() throws {
        let connection = try Connection()
        try connection.receive("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nsome")
        connection.pass(.seconds(11))
        #expect(!connection.channel.isActive)
        let text = try connection.sent()
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(text.contains("connection: close"))
    }

    @Test func `a whole request has all the time that the server needs`() throws {
        let connection = try Connection()
        try connection.receive("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret\r\n\r\n")
        connection.pass(.minutes(5))
        #expect(connection.channel.isActive)
        try connection.answer(.ok)
        #expect(try !connection.sent().contains("close"))
        connection.pass(.seconds(119))
        #expect(connection.channel.isActive)
        connection.pass(.seconds(2))
        #expect(!connection.channel.isActive)
    }

    @Test func `what comes after an early answer is dropped, and the connection closes`() throws {
        let connection = try Connection()
        try connection.receive("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
        #expect(try connection.parts().count == 1)
        try connection.answer(.unauthorized)
        #expect(try connection.sent().contains("connection: close"))
        let chunk = String(repeating: "x", count: 1_000_000)
        var count = 0
        while connection.channel.isActive, count < 100 {
            // The decoder says that the body ended early when the connection closes.
            try? connection.receive(chunk)
            count += 1
        }
        #expect(count <= 5)
        #expect(try connection.parts().isEmpty)
    }

    @Test func `an early answer to a body that is late is not lost`() throws {
        let connection = try Connection()
        try connection.receive("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        try connection.answer(.unauthorized)
        #expect(connection.channel.isActive)
        try connection.receive("body")
        #expect(!connection.channel.isActive)
        #expect(try connection.sent().hasPrefix("HTTP/1.1 401"))
    }

    @Test func `a peer that just stays after the last answer is closed`() throws {
        let connection = try Connection()
        try connection.receive("GET /x HTTP/1.0\r\nHost: a\r\n\r\n")
        try connection.answer(.ok)
        #expect(try connection.sent().contains("connection: close"))
        connection.pass(.seconds(1))
        #expect(connection.channel.isActive)
        connection.pass(.seconds(2))
        #expect(!connection.channel.isActive)
    }
}
