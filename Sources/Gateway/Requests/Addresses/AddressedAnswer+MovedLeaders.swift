import KafkaProtocol

extension ProduceResponse: AddressedAnswer {
    /// A leader that the client cannot reach is not named; the client then asks for metadata (KIP-951).
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        var isChanged = !self.nodeEndpoints.isEmpty
        self.nodeEndpoints = context.readdressed(self.nodeEndpoints)
        for topic in self.responses.indices {
            for place in self.responses[topic].partitionResponses.indices {
                let leader = self.responses[topic].partitionResponses[place].currentLeader.leaderId
                guard leader >= 0, context.endpoint(nodeID: leader) == nil else { continue }
                self.responses[topic].partitionResponses[place].currentLeader = .init()
                isChanged = true
            }
        }
        return isChanged
    }
}

extension FetchResponse: AddressedAnswer {
    /// A leader or replica that the client cannot reach is not named; the client then asks for metadata (KIP-951), or
    /// stays with the leader.
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        var isChanged = !self.nodeEndpoints.isEmpty
        self.nodeEndpoints = context.readdressed(self.nodeEndpoints)
        for topic in self.responses.indices {
            for place in self.responses[topic].partitions.indices {
                let replica = self.responses[topic].partitions[place].preferredReadReplica
                if replica >= 0, context.endpoint(nodeID: replica) == nil {
                    self.responses[topic].partitions[place].preferredReadReplica = -1
                    isChanged = true
                }
                guard context.version >= Self.firstVersionWithNodeEndpoints else { continue }
                let leader = self.responses[topic].partitions[place].currentLeader.leaderId
                guard leader >= 0, context.endpoint(nodeID: leader) == nil else { continue }
                self.responses[topic].partitions[place].currentLeader = .init()
                isChanged = true
            }
        }
        return isChanged
    }
}

extension ShareFetchResponse: AddressedAnswer {
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        guard !self.nodeEndpoints.isEmpty else { return false }
        let lost = context.readdress(&self.nodeEndpoints)
        guard !lost.isEmpty else { return true }
        for topic in self.responses.indices {
            for place in self.responses[topic].partitions.indices {
                self.responses[topic].partitions[place].forgetLeader(among: lost)
            }
        }
        return true
    }
}

extension ShareAcknowledgeResponse: AddressedAnswer {
    @discardableResult
    mutating func readdress(in context: inout ResponseContext) -> Bool {
        guard !self.nodeEndpoints.isEmpty else { return false }
        let lost = context.readdress(&self.nodeEndpoints)
        guard !lost.isEmpty else { return true }
        for topic in self.responses.indices {
            for place in self.responses[topic].partitions.indices {
                self.responses[topic].partitions[place].forgetLeader(among: lost)
            }
        }
        return true
    }
}

extension ResponseContext {
    /// Readdresses brokers in their place.
    /// - Returns: The node ids of those that have no address here.
    fileprivate mutating func readdress<Broker: AddressedBroker>(_ brokers: inout [Broker]) -> Set<Int32> {
        let all = Set(brokers.map(\.id))
        brokers = self.readdressed(brokers)
        return all.subtracting(brokers.map(\.id))
    }
}

/// The leader of a partition in the answers of ShareFetch and ShareAcknowledge.
private protocol SharedLeader {
    var leaderId: Int32 { get set }
    var leaderEpoch: Int32 { get set }
}

private protocol SharedPartition {
    associatedtype Leader: SharedLeader
    var errorCode: Int16 { get }
    var currentLeader: Leader { get set }
}

extension SharedPartition {
    /// The leader's node id is 0 where there is none, so only an error says that it means a broker.
    private var namesLeader: Bool {
        self.errorCode == KafkaErrorCode.notLeaderForPartition.rawValue
            || self.errorCode == KafkaErrorCode.fencedLeaderEpoch.rawValue
    }

    /// Names no leader when the client cannot reach it; the client then asks for metadata.
    fileprivate mutating func forgetLeader(among lost: Set<Int32>) {
        guard self.namesLeader, lost.contains(self.currentLeader.leaderId) else { return }
        self.currentLeader.leaderId = -1
        self.currentLeader.leaderEpoch = -1
    }
}

extension ShareFetchResponse.CurrentLeader: SharedLeader {}
extension ShareFetchResponse.Partition: SharedPartition {}
extension ShareAcknowledgeResponse.CurrentLeader: SharedLeader {}
extension ShareAcknowledgeResponse.Partition: SharedPartition {}
