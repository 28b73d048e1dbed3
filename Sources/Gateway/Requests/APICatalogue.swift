import KafkaProtocol

/// The table of APIs for people: what a client is offered, who looks at it, what is authorized and what is rewritten.
package enum APICatalogue {
    package struct Entry: Codable, Equatable, Sendable {
        package var key: Int16
        /// Kafka's name, such as `Produce`.
        package var name: String
        /// The versions that a client may be offered, such as `0-13`; `none` for what only brokers send.
        package var versions: String
        /// Whether a client is offered it, in some version and some ACL mode.
        package var offered: Bool
        /// When requests are looked at: `never`, `when enforcing` or `always`.
        package var request: String
        /// When answers are looked at, as ``request``.
        package var response: String
        package var authorizes: String
        package var rewrites: String
    }

    /// Every API of Kafka's, in the order of keys.
    package static var entries: [Entry] {
        (APITable.rows.map(Self.entry) + Self.betweenBrokers).sorted { $0.key < $1.key }
    }

    private static func entry(_ row: APIRow) -> Entry {
        let last = min(row.versions.upperBound, row.lastOffered ?? row.versions.upperBound)
        let versions =
            row.versions.lowerBound == last ? "\(last)" : "\(row.versions.lowerBound)-\(last)"
        return Entry(
            key: row.api.rawValue, name: row.api.name, versions: versions, offered: true,
            request: row.request.rawValue, response: row.response.rawValue, authorizes: row.authorizes,
            rewrites: row.rewrites)
    }

    /// What brokers and controllers say to each other: not listed in ApiVersions, and the end of a connection that sends
    /// it. Here, so that the gaps between the keys are seen to be meant.
    private static let betweenBrokers: [Entry] = [
        (52, "Vote"), (53, "BeginQuorumEpoch"), (54, "EndQuorumEpoch"), (56, "AlterPartition"), (58, "Envelope"),
        (59, "FetchSnapshot"), (62, "BrokerRegistration"), (63, "BrokerHeartbeat"), (67, "AllocateProducerIds"),
        (70, "ControllerRegistration"), (73, "AssignReplicasToDirs"), (82, "UpdateRaftVoter"),
        (83, "InitializeShareGroupState"), (84, "ReadShareGroupState"), (85, "WriteShareGroupState"),
        (86, "DeleteShareGroupState"), (87, "ReadShareGroupStateSummary"),
    ].map { key, name in
        Entry(
            key: key, name: name, versions: "none", offered: false, request: APIRow.Attention.never.rawValue,
            response: APIRow.Attention.never.rawValue, authorizes: "between brokers: the connection is closed",
            rewrites: "none")
    }
}
