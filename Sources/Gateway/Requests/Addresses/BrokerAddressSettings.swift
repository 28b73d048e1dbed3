/// The settings of a broker that hold addresses of the backend. Clients of the gateway see that they are set but not
/// their values, as with a password.
enum BrokerAddressSettings {
    private static let names: Set<String> = [
        "advertised.host.name", "advertised.listeners", "advertised.port", "controller.quorum.bootstrap.servers",
        "controller.quorum.voters", "host.name", "listeners", "port", "zookeeper.connect",
    ]

    /// Whether a setting holds an address, including a setting for a single listener
    /// (`listener.name.<name>.advertised.listeners`).
    static func contains(_ name: String) -> Bool {
        if self.names.contains(name) { return true }
        guard name.hasPrefix("listener.name.") else { return false }
        return name.hasSuffix("listeners")
    }
}
