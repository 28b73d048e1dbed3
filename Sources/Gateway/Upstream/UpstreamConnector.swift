import NIOCore
import NIOPosix

/// Opens a session's connection to a broker: the one its port stands for, or any that answers.
struct UpstreamConnector {
    let session: Session

    /// The brokers to try, best first.
    ///
    /// A port that stands for a known broker leads to that broker alone; any other port is a bootstrap port.
    static func candidates(
        port: Int, endpoints: BrokerEndpoints, snapshot: BackendDirectory.Snapshot, bootstrapServers: [String],
        rotation: Int
    ) -> [BackendDirectory.Address] {
        if let node = endpoints.mapping.brokerID(port: port), let address = snapshot.brokers[node] { return [address] }
        var all = snapshot.brokers.sorted { $0.key < $1.key }.map(\.value)
        if !all.isEmpty {
            let start = rotation % all.count
            all = Array(all[start...] + all[..<start])
        }
        for text in bootstrapServers {
            if let address = BackendDirectory.Address(text), !all.contains(address) { all.append(address) }
        }
        return all
    }

    func connect(to candidates: [BackendDirectory.Address]) -> EventLoopFuture<(any Channel, BackendDirectory.Address)>
    {
        self.attempt(candidates, index: 0)
    }

    private func attempt(
        _ candidates: [BackendDirectory.Address], index: Int
    ) -> EventLoopFuture<(any Channel, BackendDirectory.Address)> {
        let loop = self.session.context.loop
        let address = candidates[index]
        let session = NIOLoopBound(self.session, eventLoop: loop)
        let opened = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(5))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelOption(.recvAllocator, value: ReceiveBuffers())
            .channelOption(.writeBufferWaterMark, value: .init(low: 128 * 1024, high: 512 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(UpstreamHandler(session: session.value))
                }
            }
            .connect(host: address.host, port: address.port)
        let promise = loop.makePromise(of: (any Channel, BackendDirectory.Address).self)
        let connector = NIOLoopBound(self, eventLoop: loop)
        opened.whenComplete { result in
            switch result {
            case .success(let channel):
                promise.succeed((channel, address))
            case .failure(let error):
                if index + 1 < candidates.count {
                    connector.value.attempt(candidates, index: index + 1).cascade(to: promise)
                } else {
                    promise.fail(BackendUnreachable(reason: "\(address): \(describe(error))"))
                }
            }
        }
        return promise.futureResult
    }
}
