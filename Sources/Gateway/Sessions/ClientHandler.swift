import Logging
import NIOCore

/// Carries events of the client's channel to its session; decides nothing.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let session: Session

    init(session: Session) {
        self.session = session
    }

    func channelActive(context: ChannelHandlerContext) {
        self.session.started()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.session.clientRead(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.session.clientReadCompleted()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.session.clientWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.session.clientClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.session.log(.debug, "client connection failed", ["error": "\(error)"])
        context.close(promise: nil)
    }
}
