import KafkaProtocol

extension FindCoordinatorResponse: AddressedAnswer {
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        if context.version >= Self.firstVersionWithCoordinators {
            for place in self.coordinators.indices {
                var row = self.coordinators[place]
                Self.readdress(&row.nodeId, &row.host, &row.port, &row.errorCode, &row.errorMessage, &context)
                self.coordinators[place] = row
            }
        } else {
            Self.readdress(&self.nodeId, &self.host, &self.port, &self.errorCode, &self.errorMessage, &context)
        }
        return true
    }

    /// Node id -1 is no broker but an error with an empty host: it stays.
    private static func readdress(
        _ nodeID: inout Int32, _ host: inout String, _ port: inout Int32, _ code: inout Int16, _ text: inout String?,
        _ context: inout ResponseContext
    ) {
        if nodeID < 0 {
            host = ""
            port = -1
        } else if let endpoint = context.endpoint(nodeID: nodeID) {
            host = endpoint.host
            port = endpoint.port
        } else {
            code = KafkaErrorCode.coordinatorNotAvailable.rawValue
            text = "Broker \(nodeID) cannot be reached through this listener."
            nodeID = -1
            host = ""
            port = -1
        }
    }
}
