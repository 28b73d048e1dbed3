import KafkaProtocol

/// The table of APIs for people: the versions offered, when requests and answers are decoded, and the permissions and
/// rewritings.
package enum APICatalogue {
    package struct Entry: Codable, Equatable, Sendable {
        package var key: Int16
        /// The API's name in Kafka, such as `Produce`.
        package var name: String
        /// The versions that a client may be offered, such as `0-13`; `none` for what only brokers send.
        package var versions: String
        /// Whether clients are offered the API, in some version and some ACL mode.
        package var offered: Bool
        /// When requests are decoded: `never`, `when enforcing` or `always`.
        package var request: String
        /// When answers are decoded, in the words of ``request``.
        package var response: String
        package var authorizes: String
        package var rewrites: String
    }

    /// Every API of Kafka, in the order of keys.
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

    /// The APIs between brokers and controllers. They are not listed in ApiVersions, and a request of one ends the
    /// connection. They are in the table so that it shows why keys are missing.
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
