import Resources

/// One address and port that a listener opens.
struct BindingKey: Hashable, Sendable, CustomStringConvertible {
    var address: String
    var port: Int

    var description: String { HostPort(host: self.address, port: self.port).description }
}
