package import ManagementHTTP
package import NIOCore
package import NIOHTTP1

/// Keeps a connection within its deadlines (``RequestWatch``) and its place (``ConnectionPlaces``). It sits between the
/// HTTP codec and the server, behind NIO's pipeline handler: it sees one request at a time, and the next one once the answer
/// is written.
package final class ConnectionGuard: ChannelDuplexHandler {
    package typealias InboundIn = HTTPServerRequestPart
    package typealias InboundOut = HTTPServerRequestPart
    package typealias OutboundIn = HTTPServerResponsePart
    package typealias OutboundOut = HTTPServerResponsePart

    private var watch: RequestWatch
    private let token: AdminToken
    private let places: ConnectionPlaces
    private let place: UInt64
    private var timer: Scheduled<Void>?
    private var timerDeadline: NIODeadline?
    /// Bytes of the body that are still to come, when the head has told its length.
    private var bodyLeft: Int?
    /// Lets bytes through that were kept while a request was being answered.
    fileprivate var releaseBytes: (() -> Void)?

    /// An answer is written in parts of this size at most, so that a slow peer is seen to read.
    private static let partSize = 32 * 1024
    /// How much is decoded at once where a request may end: what is decoded beyond the end is kept as parts, which take
    /// many times the room of their bytes.
    private static let portionSize = 512

    package init(watch: RequestWatch, token: AdminToken, places: ConnectionPlaces, place: UInt64) {
        self.watch = watch
        self.token = token
        self.places = places
        self.place = place
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.reschedule(context)
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        self.timer?.cancel()
    }

    // MARK: Requests

    /// Called for all bytes, before they are decoded.
    fileprivate func bytesCame(_ count: Int, _ context: ChannelHandlerContext) {
        self.watch.bytesCame(at: context.eventLoop.now)
        if self.watch.isLingering, self.watch.bytesDropped(count) { context.close(promise: nil) }
        self.reschedule(context)
    }

    /// Bytes are decoded, which may have been kept until now: they are of a request that is not whole.
    fileprivate func portionBegins(_ context: ChannelHandlerContext) {
        self.watch.bytesCame(at: context.eventLoop.now)
        self.reschedule(context)
    }

    /// How many bytes may be decoded now; 0 while a request is being answered.
    fileprivate var portion: Int {
        if self.watch.isLingering { return .max }
        if self.watch.isAnswering { return 0 }
        if let bodyLeft, bodyLeft > 0 { return bodyLeft }
        return Self.portionSize
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = self.unwrapInboundIn(data)
        guard !self.watch.isLingering else { return self.drop(part, context) }
        switch part {
        case .head(let head):
            let hasToken = self.token.isCarried(by: head.headers.first(name: "authorization"))
            self.watch.headCame(hasToken: hasToken, isKeptAlive: head.isKeepAlive)
            self.places.identify(self.place, hasToken: hasToken)
            self.bodyLeft = head.headers.first(name: "content-length").flatMap { Int($0) }
        case .body(let bytes):
            self.bodyLeft = self.bodyLeft.map { $0 - bytes.readableBytes }
        case .end:
            self.bodyLeft = nil
            self.watch.requestEnded()
            self.places.beginAnswer(self.place)
        }
        self.reschedule(context)
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        // The server no longer reads, and the rest of the request must be dropped before the peer reads its answer.
        if self.watch.isLingering { context.read() }
        context.fireChannelReadComplete()
    }

    private func drop(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        // The end of the request that was answered too early; a request that was sent ahead has no answer.
        guard case .end = part, self.watch.droppedRequestEnded() else { return }
        context.close(promise: nil)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if self.watch.isLingering, case ChannelEvent.inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Answers

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch self.unwrapOutboundIn(data) {
        case .head(var head):
            let isFinal = head.status.code >= 200
            if isFinal, self.watch.answerBegan() { head.headers.replaceOrAdd(name: "connection", value: "close") }
            self.writePart(.head(head), promise, context)
        case .body(.byteBuffer(var bytes)) where bytes.readableBytes > Self.partSize:
            while bytes.readableBytes > Self.partSize, let part = bytes.readSlice(length: Self.partSize) {
                self.writePart(.body(.byteBuffer(part)), nil, context)
            }
            self.writePart(.body(.byteBuffer(bytes)), promise, context)
        case .body(let body):
            self.writePart(.body(body), promise, context)
        case .end(let trailers):
            // Told before the end is written: the pipeline handler then delivers the next request at once.
            let end = self.watch.answerEnded(at: context.eventLoop.now)
            if !self.watch.isAnswering { self.places.endAnswer(self.place) }
            self.writePart(.end(trailers), promise, context)
            if end == .linger {
                context.flush()
                context.close(mode: .output, promise: nil)
                context.read()
            }
            self.reschedule(context)
            self.releaseBytes?()
        }
    }

    private func writePart(
        _ part: HTTPServerResponsePart, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
        self.watch.partWritten(at: context.eventLoop.now)
        sent.futureResult.assumeIsolated().whenSuccess {
            self.watch.partSent(at: context.eventLoop.now)
            self.reschedule(context)
        }
        context.write(self.wrapOutboundOut(part), promise: sent)
        self.reschedule(context)
    }

    // MARK: Time

    /// One timer serves all deadlines: it is replaced only when it would fire too late.
    private func reschedule(_ context: ChannelHandlerContext) {
        guard let deadline = self.watch.deadline else { return }
        if let timerDeadline, timerDeadline <= deadline { return }
        self.timer?.cancel()
        self.timerDeadline = deadline
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        self.timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timeIsOver(context)
        }
    }

    private func timeIsOver(_ context: ChannelHandlerContext) {
        self.timerDeadline = nil
        guard let deadline = self.watch.deadline else { return }
        guard deadline <= context.eventLoop.now else { return self.reschedule(context) }
        if self.watch.isWaitingForRequest {
            // The server waits for the body and has said nothing yet.
            let headers: HTTPHeaders = ["connection": "close", "content-length": "0"]
            context.write(
                self.wrapOutboundOut(.head(.init(version: .http1_1, status: .requestTimeout, headers: headers))),
                promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}

/// Tells a ``ConnectionGuard`` of all bytes that come, because the guard sits behind the decoder and sees no partial head;
/// and keeps bytes from the decoder while a request is being answered. A peer that sends many requests ahead would else have
/// them all decoded at once, which takes many times the room of their bytes.
package final class ByteWatch: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer

    private let connection: ConnectionGuard
    private var kept: ByteBuffer?
    private var isReleasing = false
    /// The peer has said that no more comes, which holds behind what is kept.
    private var isInputClosed = false

    package init(_ connection: ConnectionGuard) {
        self.connection = connection
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.connection.releaseBytes = { [weak self] in
            guard let self, self.kept != nil, !self.isReleasing else { return }
            self.release(context)
            context.fireChannelReadComplete()
        }
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        self.connection.releaseBytes = nil
        self.kept = nil
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = self.unwrapInboundIn(data)
        self.connection.bytesCame(bytes.readableBytes, context)
        if self.kept?.writeBuffer(&bytes) == nil { self.kept = bytes }
        if !self.isReleasing { self.release(context) }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if self.kept != nil, case ChannelEvent.inputClosed? = event as? ChannelEvent {
            self.isInputClosed = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func release(_ context: ChannelHandlerContext) {
        self.isReleasing = true
        defer { self.isReleasing = false }
        while var bytes = self.kept {
            guard let portion = bytes.readSlice(length: min(bytes.readableBytes, self.connection.portion)),
                portion.readableBytes > 0
            else { break }
            self.kept = bytes.readableBytes > 0 ? bytes : nil
            self.connection.portionBegins(context)
            context.fireChannelRead(self.wrapInboundOut(portion))
        }
        if self.kept == nil, self.isInputClosed {
            self.isInputClosed = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }
}
