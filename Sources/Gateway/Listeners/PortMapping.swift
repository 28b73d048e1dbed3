import Resources

/// The ports of a listener and the brokers that they stand for: `forward_to_virtual_cluster` with `port_mapping`. All
/// of the engine asks it.
///
///     bootstrap       = first                                (only with atStart)
///     port(broker id) = first + (id - minimum) + (1 if atStart else 0)
///
/// `first` is the first port as the listener's ports are written.
struct PortMapping: Equatable, Sendable {
    let firstPort: Int
    let minimumBrokerID: Int32
    let bootstrap: PortMappingConfiguration.BootstrapPort
    /// The listener's ports, as ranges: only these are open.
    let ports: [ClosedRange<Int>]

    /// - Returns: nil without any port.
    init?(ports: [ClosedRange<Int>], bootstrap: PortMappingConfiguration.BootstrapPort, minimumBrokerID: Int32) {
        guard let first = ports.first else { return nil }
        self.firstPort = first.lowerBound
        self.minimumBrokerID = minimumBrokerID
        self.bootstrap = bootstrap
        self.ports = ports
    }

    init?(listener: Listener, configuration: PortMappingConfiguration) {
        self.init(
            ports: listener.ports.map(\.range), bootstrap: configuration.bootstrapPort,
            minimumBrokerID: configuration.minBrokerID)
    }

    /// The port for a broker; nil when the broker is below the minimum or its port is not one of the listener's.
    func port(brokerID: Int32) -> Int? {
        guard let port = self.portInTheory(brokerID: brokerID), self.isOpen(port) else { return nil }
        return port
    }

    /// The port that a broker would have if the listener opened it; nil when there can be no such port.
    func portInTheory(brokerID: Int32) -> Int? {
        guard brokerID >= self.minimumBrokerID else { return nil }
        let port = self.firstBrokerPort + (Int(brokerID) - Int(self.minimumBrokerID))
        return port <= 65_535 ? port : nil
    }

    /// The broker that an open port stands for; nil for the bootstrap port and for ports that are not the listener's.
    func brokerID(port: Int) -> Int32? {
        guard self.isOpen(port), port >= self.firstBrokerPort else { return nil }
        return Int32(exactly: port - self.firstBrokerPort + Int(self.minimumBrokerID))
    }

    /// Whether clients of this port are not bound to one broker.
    func isBootstrap(port: Int) -> Bool {
        self.bootstrap == .atStart && port == self.firstPort
    }

    private var firstBrokerPort: Int { self.firstPort + (self.bootstrap == .atStart ? 1 : 0) }

    private func isOpen(_ port: Int) -> Bool {
        self.ports.contains { $0.contains(port) }
    }

    /// A sentence for the operator about a broker that clients do not see.
    func explanation(ofUnmapped brokerID: Int32) -> String {
        if let port = self.portInTheory(brokerID: brokerID) {
            return "broker \(brokerID) is left out: its port \(port) is not among the listener's ports"
        }
        return "broker \(brokerID) is left out: no port stands for it (min_broker_id is \(self.minimumBrokerID))"
    }
}
