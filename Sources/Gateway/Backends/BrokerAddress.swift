import Resources

/// Where a broker is reached: a host and a port, as configured or as the backend advertises it.
typealias BrokerAddress = HostPort

extension HostPort {
    /// - Parameter text: `host:port` or `[ipv6]:port`. Nil also for port 0, which cannot be connected to.
    init?(server text: String) {
        self.init(text: text)
        if self.port == 0 { return nil }
    }
}
