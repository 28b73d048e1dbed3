import Logging
import NIOCore
import NIOPosix

/// The listening side of one broker: its server socket and the connections it has accepted. Confined to the cluster's event loop.
final class BrokerServer {
    let nodeID: Int32
    private let cluster: Cluster
    private var listener: (any Channel)?
    private var connections: [ObjectIdentifier: any Channel] = [:]

    init(nodeID: Int32, cluster: Cluster) {
        self.nodeID = nodeID
        self.cluster = cluster
    }

    /// Binds and begins to accept.
    ///
    /// - Returns: The port that is listened on. Fails with ``SandboxError``.
    func start(host: String, port: Int) -> EventLoopFuture<Int> {
        let nodeID = self.nodeID
        let bound = NIOLoopBound(self, eventLoop: self.cluster.eventLoop)
        return ServerBootstrap(group: self.cluster.eventLoop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 4096, maximum: 1 << 20)
            )
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 1 << 20, high: 4 << 20))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let server = bound.value
                    guard server.cluster.connectionOpened() else {
                        channel.close(promise: nil)
                        return
                    }
                    server.connections[ObjectIdentifier(channel)] = channel
                    channel.closeFuture.whenComplete { _ in
                        bound.value.connections[ObjectIdentifier(channel)] = nil
                        bound.value.cluster.connectionClosed()
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        BrokerConnection(nodeID: nodeID, cluster: server.cluster))
                }
            }
            .bind(host: host, port: port)
            .flatMapErrorThrowing { error in
                throw SandboxError(nodeID: nodeID, host: host, port: port, cause: error)
            }
            .map { channel in
                let server = bound.value
                server.listener = channel
                let port = channel.localAddress?.port ?? port
                server.cluster.brokerCameUp(nodeID, port: port)
                return port
            }
    }

    /// Stops accepting and closes all connections.
    func stop() -> EventLoopFuture<Void> {
        self.cluster.brokerWentDown(self.nodeID)
        var channels = Array(self.connections.values)
        if let listener = self.listener { channels.append(listener) }
        self.listener = nil
        for channel in channels { channel.close(promise: nil) }
        return EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: self.cluster.eventLoop)
    }
}
