import KafkaProtocol

/// The requests that the sandbox's brokers answer, by API and version.
enum OfferedAPIs {
    struct Range {
        var key: APIKey
        /// The versions that a request may have.
        var versions: ClosedRange<Int16>
        /// The versions named in ApiVersions, nil for none.
        var announced: ClosedRange<Int16>?

        init(_ key: APIKey, _ versions: ClosedRange<Int16>, announced: ClosedRange<Int16>?) {
            self.key = key
            self.versions = versions
            self.announced = announced
        }

        init(_ key: APIKey, _ versions: ClosedRange<Int16>) {
            self.init(key, versions, announced: versions)
        }
    }

    /// The ranges in the order of their keys.
    static let ranges: [Range] = [
        // Librdkafka turns compression off when Produce does not start at 0. Versions 0 to 2 are refused when used, as by a real broker.
        .init(.produce, 3...13, announced: 0...13),
        .init(.fetch, 4...18),
        .init(.listOffsets, 1...11),
        .init(.metadata, 0...13),
        .init(.offsetCommit, 2...10),
        .init(.offsetFetch, 1...10),
        .init(.findCoordinator, 0...6),
        .init(.joinGroup, 0...9),
        .init(.heartbeat, 0...4),
        .init(.leaveGroup, 0...5),
        .init(.syncGroup, 0...5),
        .init(.describeGroups, 0...6),
        .init(.listGroups, 0...5),
        .init(.apiVersions, 0...4),
        .init(.createTopics, 2...7),
        .init(.deleteTopics, 1...6),
        .init(.deleteRecords, 0...2),
        .init(.initProducerId, 0...5),
        .init(.offsetForLeaderEpoch, 2...4),
        .init(.addPartitionsToTxn, 0...5),
        .init(.addOffsetsToTxn, 0...4),
        .init(.endTxn, 0...5),
        .init(.txnOffsetCommit, 0...5),
        .init(.describeAcls, 1...3),
        .init(.createAcls, 1...3),
        .init(.deleteAcls, 1...3),
        .init(.describeConfigs, 1...4),
        .init(.alterConfigs, 0...2),
        .init(.alterReplicaLogDirs, 1...2),
        .init(.describeLogDirs, 1...5),
        .init(.createPartitions, 0...3),
        .init(.deleteGroups, 0...2),
        .init(.electLeaders, 0...2),
        .init(.incrementalAlterConfigs, 0...1),
        .init(.alterPartitionReassignments, 0...1),
        .init(.listPartitionReassignments, 0...0),
        .init(.offsetDelete, 0...0),
        .init(.describeClientQuotas, 0...1),
        .init(.alterClientQuotas, 0...1),
        .init(.describeUserScramCredentials, 0...0),
        .init(.alterUserScramCredentials, 0...0),
        .init(.describeQuorum, 0...2),
        .init(.updateFeatures, 0...2),
        .init(.describeCluster, 0...2),
        .init(.describeProducers, 0...0),
        .init(.describeTransactions, 0...0),
        .init(.listTransactions, 0...2),
        .init(.consumerGroupHeartbeat, 0...1),
        .init(.consumerGroupDescribe, 0...1),
        // A broker without a telemetry plugin answers these without listing them.
        .init(.getTelemetrySubscriptions, 0...0, announced: nil),
        .init(.pushTelemetry, 0...0, announced: nil),
        .init(.listConfigResources, 0...1),
        .init(.describeTopicPartitions, 0...0),
        .init(.shareGroupHeartbeat, 1...1),
        .init(.shareGroupDescribe, 1...1),
        .init(.shareFetch, 1...2),
        .init(.shareAcknowledge, 1...2),
        .init(.describeShareGroupOffsets, 0...1),
        .init(.alterShareGroupOffsets, 0...0),
        .init(.deleteShareGroupOffsets, 0...0),
    ]

    private static let versionsByKey = Dictionary(uniqueKeysWithValues: ranges.map { ($0.key, $0.versions) })

    static func offers(_ key: APIKey, version: Int16) -> Bool {
        Self.versionsByKey[key]?.contains(version) == true
    }

    /// The rows of ApiVersions.
    static let rows: [ApiVersionsResponse.ApiVersion] = ranges.compactMap { range in
        range.announced.map { versions in
            var row = ApiVersionsResponse.ApiVersion()
            row.apiKey = range.key.rawValue
            row.minVersion = versions.lowerBound
            row.maxVersion = versions.upperBound
            return row
        }
    }
}
