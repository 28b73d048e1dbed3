import KafkaProtocol

/// An answer that names brokers of the backend.
protocol AddressedAnswer: KafkaMessage {
    /// Puts the addresses that this client knows in the place of the backend's. A broker without one is left out, and
    /// named neither as leader nor as replica, coordinator or controller.
    ///
    /// - Returns: Whether the answer may be another than before.
    mutating func readdress(in context: inout ResponseContext) -> Bool
}
