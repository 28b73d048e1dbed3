package import Identity
package import NIOCore
package import NIOHTTP1

/// Keeps a connection within its deadlines (``RequestWatch``) and its place (``ConnectionPlaces``). It sits between the
/// HTTP codec and the server.
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
    fileprivate func bytesCame(_ context: ChannelHandlerContext) {
        self.watch.bytesCame(at: context.eventLoop.now)
        self.reschedule(context)
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = self.unwrapInboundIn(data)
        guard !self.watch.isLingering else { return self.drop(part, context) }
        switch part {
        case .head(let head):
            let hasToken = self.token.isCarried(by: head.headers.first(name: "authorization"))
            self.watch.headCame(hasToken: hasToken, isKeptAlive: head.isKeepAlive)
            self.places.identify(self.place, hasToken: hasToken)
        case .body:
            break
        case .end:
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
        switch part {
        case .head: break
        case .body(let bytes): if self.watch.bytesDropped(bytes.readableBytes) { context.close(promise: nil) }
        case .end: context.close(promise: nil)
        }
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
            context.write(self.wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            let end = self.watch.answerEnded(at: context.eventLoop.now)
            if !self.watch.isAnswering { self.places.endAnswer(self.place) }
            if end == .linger {
                context.flush()
                context.close(mode: .output, promise: nil)
                context.read()
            }
            self.reschedule(context)
        }
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.watch.writabilityChanged(context.channel.isWritable, at: context.eventLoop.now)
        self.reschedule(context)
        context.fireChannelWritabilityChanged()
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

/// Tells a ``ConnectionGuard`` of all bytes that come, because the guard sits behind the decoder and sees no partial head.
package final class ByteWatch: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer

    private let connection: ConnectionGuard

    package init(_ connection: ConnectionGuard) {
        self.connection = connection
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.connection.bytesCame(context)
        context.fireChannelRead(data)
    }
}
