import NIOCore
import NIOPosix

/// Opens a session's connection to a broker: tries one address after the other until one answers, time is up or the
/// session ends.
final class UpstreamConnector {
    /// The session ended first.
    struct Stopped: Error, CustomStringConvertible {
        var description: String { "the session ended first" }
    }

    /// The time of all attempts together.
    static let totalTime = TimeAmount.seconds(15)

    private let session: Session
    private let loop: any EventLoop
    private let candidates: [BrokerAddress]
    private let deadline: NIODeadline
    private let promise: EventLoopPromise<(any Channel, BrokerAddress)>
    /// Connections that are being opened.
    private var opening: [any Channel] = []
    private var isStopped = false

    /// - Parameter candidates: best first; at least one.
    init(session: Session, candidates: [BrokerAddress]) {
        self.session = session
        self.loop = session.context.loop
        self.candidates = candidates
        self.deadline = .now() + Self.totalTime
        self.promise = self.loop.makePromise()
    }

    /// The open connection, or the reason why the last attempt failed.
    var result: EventLoopFuture<(any Channel, BrokerAddress)> { self.promise.futureResult }

    func start() {
        self.attempt(0)
    }

    /// Gives up, because the session no longer needs the connection.
    func stop() {
        self.isStopped = true
        for channel in self.opening { channel.close(promise: nil) }
    }

    private func attempt(_ index: Int) {
        let address = self.candidates[index]
        self.opening = []
        let connector = NIOLoopBound(self, eventLoop: self.loop)
        let time = min(BrokerDialer.attemptTime, max(self.deadline - .now(), .milliseconds(1)))
        BrokerDialer(traffic: .session, loop: self.loop)
            .dial(address, within: time) { channel in
                channel.eventLoop.makeCompletedFuture { try connector.value.opened(channel) }
            }
            .whenComplete { connector.value.attempted(index, $0) }
    }

    /// A host name may have several addresses, and so several connections that are tried at the same time.
    private func opened(_ channel: any Channel) throws {
        if self.isStopped { throw Stopped() }
        self.opening.append(channel)
    }

    private func attempted(_ index: Int, _ result: Result<any Channel, any Error>) {
        self.opening = []
        let address = self.candidates[index]
        switch result {
        case .success(let channel):
            if self.isStopped {
                channel.close(promise: nil)
                return self.promise.fail(Stopped())
            }
            do {
                // The handler is added only to the connection that is used, since the others' events do not concern the
                // session.
                guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
                try channel.pipeline.syncOperations.addHandler(UpstreamHandler(session: self.session))
                self.promise.succeed((channel, address))
            } catch {
                channel.close(promise: nil)
                self.attempted(index, .failure(error))
            }
        case .failure(let error):
            if self.isStopped { return self.promise.fail(Stopped()) }
            if index + 1 < self.candidates.count, .now() < self.deadline { return self.attempt(index + 1) }
            self.promise.fail(BackendUnreachable(reason: "\(address): \(describe(error))"))
        }
    }
}
