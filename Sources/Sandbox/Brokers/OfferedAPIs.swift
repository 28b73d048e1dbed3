import KafkaProtocol

/// What the sandbox's brokers answer, by API and version.
enum OfferedAPIs {
    struct Range {
        var key: APIKey
        /// What a request may use.
        var versions: ClosedRange<Int16>
        /// The lowest version named in ApiVersions, where it differs from the lowest that may be used.
        var announcedMinimum: Int16
    }

    static let ranges: [Range] =
        [
            // Librdkafka turns compression off when Produce does not start at 0. Versions 0 to 2 are refused when used, as by a real broker.
            Range(key: .produce, versions: 3...13, announcedMinimum: 0)
        ]
        + [
            (.fetch, 4...18), (.listOffsets, 1...11), (.metadata, 0...13), (.offsetCommit, 2...10),
            (.offsetFetch, 1...10), (.findCoordinator, 0...6), (.joinGroup, 0...9), (.heartbeat, 0...4),
            (.leaveGroup, 0...5), (.syncGroup, 0...5), (.describeGroups, 0...6), (.listGroups, 0...5),
            (.apiVersions, 0...4), (.createTopics, 2...7), (.deleteTopics, 1...6), (.deleteRecords, 0...2),
            (.initProducerId, 0...5), (.offsetForLeaderEpoch, 2...4), (.addPartitionsToTxn, 0...5),
            (.addOffsetsToTxn, 0...4), (.endTxn, 0...5),
            (.txnOffsetCommit, 0...5), (.describeConfigs, 1...4),
            (.createPartitions, 0...3), (.deleteGroups, 0...2), (.incrementalAlterConfigs, 0...1),
            (.describeCluster, 0...2), (.describeProducers, 0...0), (.describeTransactions, 0...0),
            (.listTransactions, 0...2), (.offsetDelete, 0...0), (.consumerGroupHeartbeat, 0...1),
            (.consumerGroupDescribe, 0...1), (.describeAcls, 1...3), (.createAcls, 1...3), (.deleteAcls, 1...3),
            (.alterConfigs, 0...2), (.alterReplicaLogDirs, 1...2), (.describeLogDirs, 1...5), (.electLeaders, 0...2),
            (.alterPartitionReassignments, 0...1), (.listPartitionReassignments, 0...0),
            (.describeClientQuotas, 0...1), (.alterClientQuotas, 0...1), (.describeUserScramCredentials, 0...0),
            (.alterUserScramCredentials, 0...0), (.describeQuorum, 0...2), (.updateFeatures, 0...2),
            (.getTelemetrySubscriptions, 0...0), (.pushTelemetry, 0...0), (.listConfigResources, 0...1),
            (.describeTopicPartitions, 0...0),
        ].map { (key: APIKey, versions: ClosedRange<Int16>) in
            Range(key: key, versions: versions, announcedMinimum: versions.lowerBound)
        }

    private static let versionsByKey = Dictionary(uniqueKeysWithValues: ranges.map { ($0.key, $0.versions) })

    static func offers(_ key: APIKey, version: Int16) -> Bool {
        Self.versionsByKey[key]?.contains(version) == true
    }
}
