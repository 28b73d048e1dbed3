import ManagementHTTP
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

    /// Keeps what is written, as a socket does whose peer does not read.
    private final class HeldWrites: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        var isHolding = false
        private var promises: [EventLoopPromise<Void>] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard self.isHolding else { return context.write(data, promise: promise) }
            if let promise { self.promises.append(promise) }
        }

        func sendOne() { self.promises.removeFirst().succeed() }

        func handlerRemoved(context: ChannelHandlerContext) {
            for promise in self.promises { promise.fail(ChannelError.ioOnClosedChannel) }
        }
    }

    /// Counts how often the server is told that nothing more comes.
    private final class Ends: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart

        var count = 0

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed? = event as? ChannelEvent { self.count += 1 }
        }
    }

    /// A connection with the codec, the guard, and a server that a test plays.
    private final class Connection {
        let channel = EmbeddedChannel()
        let places = ConnectionPlaces(ConnectionPlaces.Shares(total: 8))
        let held = HeldWrites()
        let ends = Ends()

        init(isHeld: Bool = false) throws {
            self.held.isHolding = isHeld
            let address = PeerAddress(try SocketAddress(ipAddress: "203.0.113.7", port: 4))
            let place = try #require(self.places.enter(address) {})
            let guarding = ConnectionGuard(
                watch: RequestWatch(isLoopback: false, now: self.channel.eventLoop.now), token: AdminToken("secret"),
                places: self.places, place: place)
            let pipeline = self.channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let turns = HTTPServerPipelineHandler()
            try pipeline.addHandler(turns, position: .after(decoder.handler))
            try pipeline.addHandler(guarding, position: .after(turns))
            try pipeline.addHandler(ByteWatch(guarding), position: .first)
            try pipeline.addHandler(HalfClosure(), position: .first)
            try pipeline.addHandler(self.held, position: .first)
            try pipeline.addHandler(self.ends)
            try self.channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func receive(_ text: String) throws { try self.channel.writeInbound(ByteBuffer(string: text)) }

        func pass(_ time: TimeAmount) { self.channel.embeddedEventLoop.advanceTime(by: time) }

        func answer(_ status: HTTPResponseStatus, bytes: Int = 0) throws {
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["content-length": "\(bytes)"])
            guard bytes == 0 else {
                let body = ByteBuffer(repeating: 120, count: bytes)
                self.channel.write(HTTPServerResponsePart.head(head), promise: nil)
                self.channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
                return self.channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
            }
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

    @Test func `requests that are sent ahead reach the server one by one`() throws {
        let connection = try Connection()
        let one = "GET /health/probes/liveness HTTP/1.1\r\nHost: a\r\n\r\n"
        try connection.receive(String(repeating: one, count: 500))
        for _ in 0..<500 {
            #expect(try connection.parts().count == 2)
            try connection.answer(.ok)
            #expect(connection.channel.isActive)
        }
        #expect(try connection.parts().isEmpty)
        #expect(try connection.sent().ranges(of: "HTTP/1.1 200").count == 500)
    }

    @Test func `bodies of requests that are sent ahead are whole`() throws {
        let connection = try Connection()
        let body = String(repeating: "x", count: 3_000)
        let one = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n\(body)"
        let chunked = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nbb8\r\n\(body)\r\n0\r\n\r\n"
        try connection.receive(String(repeating: one + chunked, count: 5))
        for _ in 0..<10 {
            let bytes = try connection.parts().reduce(0) { sum, part in
                if case .body(let bytes) = part { sum + bytes.readableBytes } else { sum }
            }
            #expect(bytes == 3_000)
            try connection.answer(.ok)
        }
        #expect(try connection.parts().isEmpty)
    }

    @Test func `the end of what a peer sends comes behind the requests that it sent ahead`() throws {
        let connection = try Connection()
        try connection.receive(String(repeating: "GET /x HTTP/1.1\r\nHost: a\r\n\r\n", count: 100))
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        for index in 0..<100 {
            #expect(try connection.parts().count == 2)
            #expect(connection.ends.count == (index < 99 ? 0 : 1))
            try connection.answer(.ok)
        }
    }

    @Test func `what was sent ahead behind the last request does not cut its answer`() throws {
        let connection = try Connection()
        try connection.receive(
            "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try connection.parts().count == 2)
        try connection.answer(.ok)
        #expect(try connection.sent().hasPrefix("HTTP/1.1 200"))
        #expect(connection.channel.isActive)
        connection.pass(.seconds(3))
        #expect(!connection.channel.isActive)
    }

    @Test func `an answer that a peer reads slowly goes on, and one that it does not read at all ends`() throws {
        let connection = try Connection(isHeld: true)
        try connection.receive("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        try connection.answer(.ok, bytes: 200_000)
        for _ in 0..<5 {
            connection.pass(.seconds(29))
            // The channel's writability turns, which is no progress.
            connection.channel.isWritable = false
            connection.channel.pipeline.fireChannelWritabilityChanged()
            connection.channel.isWritable = true
            connection.channel.pipeline.fireChannelWritabilityChanged()
            connection.held.sendOne()
        }
        #expect(connection.channel.isActive)
        connection.pass(.seconds(29))
        connection.channel.pipeline.fireChannelWritabilityChanged()
        connection.pass(.seconds(2))
        #expect(!connection.channel.isActive)
    }
}
