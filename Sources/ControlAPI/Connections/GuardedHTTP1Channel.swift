internal import Hummingbird
package import HummingbirdCore
internal import Logging
package import ManagementHTTP
internal import NIOCore
internal import NIOHTTP1

/// HTTP/1.1 with a ``ConnectionGuard`` on each connection.
struct GuardedHTTP1Channel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let http: HTTP1Channel
    let places: ConnectionPlaces
    let token: AdminToken
    let limits: RequestWatch.Limits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        self.http.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let address = PeerAddress(channel.remoteAddress)
            guard let place = self.places.enter(address, close: { channel.close(promise: nil) }) else {
                // The server needs a value also for a connection that is closed.
                channel.close(promise: nil)
                return value
            }
            channel.closeFuture.whenComplete { _ in self.places.leave(place) }
            let watch = RequestWatch(
                limits: self.limits, isLoopback: address.isLoopback, now: channel.eventLoop.now)
            let connection = ConnectionGuard(watch: watch, token: self.token, places: self.places, place: place)
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let turns = HTTPServerPipelineHandler()
            try pipeline.addHandler(turns, position: .after(decoder.handler))
            try pipeline.addHandler(connection, position: .after(turns))
            try pipeline.addHandler(ByteWatch(connection), position: .first)
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await self.http.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 whose connections have deadlines and shares.
    /// - Parameter token: the peer that sends it is no stranger.
    package static func guarded(
        by places: ConnectionPlaces, token: AdminToken, limits: RequestWatch.Limits = RequestWatch.Limits()
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            GuardedHTTP1Channel(
                http: HTTP1Channel(responder: responder), places: places, token: token, limits: limits)
        }
    }
}
