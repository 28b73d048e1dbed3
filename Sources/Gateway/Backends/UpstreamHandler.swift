import Logging
import NIOCore

/// Carries events of the broker's channel to its session; decides nothing.
final class UpstreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let session: Session
    /// Whether the session has given up this connection. Its events are then ignored.
    var isAbandoned = false

    init(session: Session) {
        self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isAbandoned else { return }
        self.session.upstreamRead(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard !self.isAbandoned else { return }
        self.session.upstreamReadCompleted()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard !self.isAbandoned else { return }
        self.session.upstreamWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard !self.isAbandoned else { return }
        self.session.upstreamClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.session.log(.debug, "broker connection failed", ["error": "\(error)"])
        context.close(promise: nil)
    }
}
