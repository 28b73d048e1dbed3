import EngineInterface
import KafkaProtocol
import Logging
import NIOCore
import Resources

/// The connection to the broker: which one it is, what it offers, and how it is opened.
extension Session {
    /// The broker that serves a session, or is going to.
    struct Broker {
        var address: BrokerAddress
        var versions: BrokerVersions
    }

    /// Finds the brokers that may serve this session and the versions that the first of them offers, which may need an
    /// answer of the backend. No request is taken meanwhile. `body` is not called if the session ends.
    func findBroker(_ body: @escaping ([BrokerAddress], BackendDirectory.Snapshot) -> Void) {
        self.wait = .backend
        let monitor = self.virtualCluster.monitor
        let question = UpstreamQuestion(
            port: self.binding.port, endpoints: self.forward.endpoints,
            bootstrapServers: monitor.cluster.bootstrapServers, rotation: Int(self.id >> 6))
        monitor.ready(on: self.context.loop, when: question.isAnswered).assumeIsolated().whenComplete { result in
            guard !self.isClosing else { return }
            let snapshot: BackendDirectory.Snapshot
            switch result {
            case .success(let known): snapshot = known
            case .failure(let error): return self.backendUnavailable(error)
            }
            switch question.candidates(in: snapshot) {
            case .absent(let node):
                self.brokerIsAbsent(node)
            case .brokers(let addresses):
                guard let address = addresses.first, let versions = snapshot.versions[address] else {
                    return self.backendUnavailable(BackendUnreachable(reason: "no broker is known"))
                }
                // Keep the versions that the client was offered, even if another broker comes first now.
                if self.broker == nil { self.broker = Broker(address: address, versions: versions) }
                body(addresses, snapshot)
            }
        }
    }

    func connectUpstream() {
        self.findBroker { addresses, snapshot in
            // If any broker may serve the session, the one whose versions the client was offered comes first.
            var candidates = addresses
            if let told = self.broker?.address, let index = candidates.firstIndex(of: told) {
                candidates.swapAt(0, index)
            }
            self.connect(to: candidates, snapshot)
        }
    }

    private func connect(to candidates: [BrokerAddress], _ snapshot: BackendDirectory.Snapshot) {
        let connector = UpstreamConnector(session: self, candidates: candidates)
        self.connector = connector
        connector.result.assumeIsolated().whenComplete { result in
            self.connector = nil
            switch result {
            case .success(let (channel, address)):
                guard !self.isClosing else {
                    channel.close(promise: nil)
                    return
                }
                self.connected(to: address, channel, snapshot)
            case .failure(let error):
                for address in candidates { self.virtualCluster.monitor.refresh(suspecting: address) }
                self.backendUnavailable(error)
            }
        }
        connector.start()
    }

    private func connected(
        to address: BrokerAddress, _ channel: any Channel, _ snapshot: BackendDirectory.Snapshot
    ) {
        // The broker did not answer before, and may run another version now.
        if snapshot.suspects.contains(address) { self.virtualCluster.monitor.refresh(suspecting: address) }
        let versions = snapshot.versions[address]
        if let versions { self.broker = Broker(address: address, versions: versions) }
        let enforces = self.virtualCluster.acl != nil
        self.upstream = UpstreamLink(
            channel: channel, address: address,
            offer: versions?.offered(enforcesACLs: enforces)
                ?? OfferedVersions(backend: nil, enforcesACLs: enforces))
        self.log(.debug, "broker connected", ["upstream": "\(address)"])
        self.readUpstreamIfUseful()
        self.resume()
    }

    /// The end of the connection makes the client ask for metadata.
    private func brokerIsAbsent(_ node: Int32) {
        self.log(
            .info, "connection closed: the broker of this port is not part of the cluster now",
            ["nodeID": "\(node)", "backendCluster": "\(self.virtualCluster.monitor.cluster.name)"])
        self.virtualCluster.monitor.refresh()
        self.close(reason: "broker \(node) is not part of the cluster")
    }

    func backendUnavailable(_ error: any Error) {
        guard !self.isClosing else { return }
        self.limitReached(
            .noBackend, "connection closed: the backend cluster cannot be reached",
            ["backendCluster": "\(self.virtualCluster.monitor.cluster.name)", "error": "\(error)"])
        self.close(reason: "the backend cluster cannot be reached")
    }
}
