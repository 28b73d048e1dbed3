import Logging
import NIOCore

/// Carries events of the broker's channel to its session; decides nothing.
final class UpstreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let session: Session

    init(session: Session) {
        self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.session.upstreamRead(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.session.upstreamReadCompleted()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.session.upstreamWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.session.upstreamClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.session.log(.debug, "broker connection failed", ["error": "\(error)"])
        context.close(promise: nil)
    }
}
