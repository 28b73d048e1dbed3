import DequeModule
import KafkaProtocol
import Logging
import NIOCore

/// One client's connection to one broker.
///
/// Like a real broker it handles one request at a time: the next waits until the answer before it is sent, so answers
/// keep the requests' order. Requests are read ahead up to a bound; beyond it, and while the client does not accept its
/// answers, no more is read.
final class BrokerConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let maximumQueuedRequests = 16

    let nodeID: Int32
    private let cluster: Cluster
    private var reader: FrameReader
    private var requests: Deque<ByteBuffer> = []
    private var context: ChannelHandlerContext?
    private var clientHost = ""
    /// Whether the current request has no answer yet.
    private var isBusy = false
    private var isWorking = false
    private var isReading = false
    private var readIsHeld = false

    init(nodeID: Int32, cluster: Cluster) {
        self.nodeID = nodeID
        self.cluster = cluster
        self.reader = FrameReader(maximumBytes: cluster.configuration.maximumRequestBytes)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.clientHost = "/" + (context.remoteAddress?.ipAddress ?? "unknown")
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.requests.removeAll()
        self.cluster.connectionClosed(self)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = self.unwrapInboundIn(data)
        self.isReading = true
        do throws(FrameReader.TooLong) {
            while let request = try self.reader.next(&input) { self.requests.append(request) }
        } catch {
            self.close(reason: "a request of \(error.announcedBytes) bytes was announced")
            return
        }
        self.work()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.isReading = false
        context.flush()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            self.work()
            if !self.isReading { context.flush() }
        }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if self.requests.count >= Self.maximumQueuedRequests {
            self.readIsHeld = true
        } else {
            context.read()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.close(reason: "\(error)")
    }

    // MARK: Working

    /// Handles requests until one has to wait for its answer, or the client is slow to accept answers.
    private func work() {
        guard !self.isWorking else { return }
        self.isWorking = true
        defer { self.isWorking = false }
        while !self.isBusy, let context = self.context, context.channel.isWritable,
            let request = self.requests.popFirst()
        {
            self.isBusy = true
            switch self.cluster.handle(request, on: self) {
            case .answer(let buffers):
                self.isBusy = false
                self.write(buffers)
            case .noAnswer:
                self.isBusy = false
            case .later:
                break
            case .close(let reason):
                self.close(reason: reason)
            }
        }
        if self.readIsHeld, self.requests.count < Self.maximumQueuedRequests {
            self.readIsHeld = false
            self.context?.read()
        }
    }

    /// Sends the answer that the current request has been waiting for.
    func answer(_ outcome: RequestOutcome) {
        guard self.isBusy, self.context != nil else { return }
        switch outcome {
        case .answer(let buffers):
            self.isBusy = false
            self.write(buffers)
        case .noAnswer:
            self.isBusy = false
        case .later:
            return
        case .close(let reason):
            self.close(reason: reason)
            return
        }
        self.work()
        if !self.isReading { self.context?.flush() }
    }

    private func write(_ buffers: [ByteBuffer]) {
        guard let context = self.context else { return }
        for buffer in buffers { context.write(self.wrapOutboundOut(buffer), promise: nil) }
    }

    /// Whether an answer would still reach the client.
    var isOpen: Bool { self.context != nil }

    func close(reason: String) {
        guard let context = self.context else { return }
        self.cluster.logger.debug(
            "connection closed by the broker",
            metadata: ["nodeID": "\(self.nodeID)", "client": "\(self.clientHost)", "reason": "\(reason)"])
        self.requests.removeAll()
        context.flush()
        context.close(promise: nil)
    }

    /// The context for a request of this connection.
    func requestContext(apiKey: APIKey, version: Int16, correlationID: Int32, clientID: String?) -> RequestContext {
        RequestContext(
            nodeID: self.nodeID, apiKey: apiKey, version: version, correlationID: correlationID,
            clientID: clientID ?? "", clientHost: self.clientHost, connection: self)
    }
}
