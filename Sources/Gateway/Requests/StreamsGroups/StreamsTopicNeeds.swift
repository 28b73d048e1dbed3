import KafkaProtocol
import Resources

/// The internal topics that a topology needs. The backend would create the missing ones with the rights of the
/// gateway's account.
struct StreamsTopicNeeds: Equatable {
    /// Changelogs and repartition topics, sorted.
    var names: [String]

    init(_ topology: StreamsGroupHeartbeatRequest.Topology) {
        let parts = topology.subtopologies
        let topics = parts.flatMap(\.stateChangelogTopics) + parts.flatMap(\.repartitionSourceTopics)
        self.names = topics.map(\.name).wireNames.sorted().map(\.text)
    }

    /// The topics that the client may not create.
    func uncreatable(_ authorizer: SessionAuthorizer) -> [String] {
        if authorizer.wouldAllow(.cluster(.create)) { return [] }
        return self.names.filter { !authorizer.wouldAllow(Permission(.create, .topic, $0)) }
    }

    /// The topics that are missing at the backend, and those of them that the client may not create.
    func missing(_ answers: TopicAnswers?, _ authorizer: SessionAuthorizer) -> (all: [String], uncreatable: [String]) {
        let all = self.names.filter { name in
            guard let row = answers?.topics[WireName(name)] else { return true }
            return row.errorCode == KafkaErrorCode.unknownTopicOrPartition.rawValue
        }
        let uncreatable = self.uncreatable(authorizer).wireNames
        return (all, all.filter { uncreatable.contains(WireName($0)) })
    }
}
