/// Settings of a broker that tell addresses of the backend: a client of the gateway is shown that they are set, and not
/// to what, as a broker shows a password.
enum BrokerAddressSettings {
    private static let names: Set<String> = [
        "advertised.host.name", "advertised.listeners", "advertised.port", "controller.quorum.bootstrap.servers",
        "controller.quorum.voters", "host.name", "listeners", "port", "zookeeper.connect",
    ]

    /// Whether a setting tells an address; also one for a single listener (`listener.name.<name>.advertised.listeners`).
    static func contains(_ name: String) -> Bool {
        if self.names.contains(name) { return true }
        guard name.hasPrefix("listener.name.") else { return false }
        return name.hasSuffix("listeners")
    }
}
