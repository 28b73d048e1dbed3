import KafkaProtocol

extension MetadataResponse: AddressedAnswer {
    /// The controller is a broker that the client can reach, whichever it is at the backend.
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        let known = context.readdressed(self.brokers)
        let reachable = Set(known.map(\.nodeId))
        let hasLostBrokers = known.count < self.brokers.count
        self.brokers = known
        if !reachable.contains(self.controllerId) { self.controllerId = known.first?.nodeId ?? -1 }
        guard hasLostBrokers else { return true }
        for topic in self.topics.indices {
            for place in self.topics[topic].partitions.indices {
                let leader = self.topics[topic].partitions[place].leaderId
                if leader >= 0, !reachable.contains(leader) { self.topics[topic].partitions[place].loseLeader() }
            }
        }
        return true
    }
}

extension DescribeTopicPartitionsResponse: AddressedAnswer {
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        var isChanged = false
        for topic in self.topics.indices {
            for place in self.topics[topic].partitions.indices {
                let leader = self.topics[topic].partitions[place].leaderId
                guard leader >= 0, context.endpoint(nodeID: leader) == nil else { continue }
                self.topics[topic].partitions[place].loseLeader()
                isChanged = true
            }
        }
        return isChanged
    }
}

extension DescribeClusterResponse: AddressedAnswer {
    /// The controller is a broker that the client can reach, whichever it is at the backend.
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        let known = context.readdressed(self.brokers)
        self.brokers = known
        if !known.contains(where: { $0.brokerId == self.controllerId }) {
            self.controllerId = known.first?.brokerId ?? -1
        }
        return true
    }
}

extension DescribeQuorumResponse: AddressedAnswer {
    /// A controller that is a broker too has the broker's address. Others have none: no port stands for them, which is
    /// no reason for a warning.
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        for node in self.nodes.indices {
            let endpoint = context.facts.endpoints.endpoint(nodeID: self.nodes[node].nodeId)
            guard let endpoint, let port = UInt16(exactly: endpoint.port) else {
                self.nodes[node].listeners = []
                continue
            }
            for listener in self.nodes[node].listeners.indices {
                self.nodes[node].listeners[listener].host = endpoint.host
                self.nodes[node].listeners[listener].port = port
            }
        }
        return !self.nodes.isEmpty
    }
}

/// A partition with a leader, as answers about metadata describe it.
private protocol LedPartition {
    var leaderId: Int32 { get set }
    var errorCode: Int16 { get set }
}

extension LedPartition {
    /// A client asks again later, as while a leader is elected.
    fileprivate mutating func loseLeader() {
        self.leaderId = -1
        self.errorCode = KafkaErrorCode.leaderNotAvailable.rawValue
    }
}

extension MetadataResponse.MetadataResponsePartition: LedPartition {}
extension DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition: LedPartition {}
