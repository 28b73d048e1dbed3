// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

extension APIKey {
    package static let produce = APIKey(rawValue: 0)
    package static let fetch = APIKey(rawValue: 1)
    package static let listOffsets = APIKey(rawValue: 2)
    package static let metadata = APIKey(rawValue: 3)
    package static let offsetCommit = APIKey(rawValue: 8)
    package static let offsetFetch = APIKey(rawValue: 9)
    package static let findCoordinator = APIKey(rawValue: 10)
    package static let joinGroup = APIKey(rawValue: 11)
    package static let heartbeat = APIKey(rawValue: 12)
    package static let leaveGroup = APIKey(rawValue: 13)
    package static let syncGroup = APIKey(rawValue: 14)
    package static let describeGroups = APIKey(rawValue: 15)
    package static let listGroups = APIKey(rawValue: 16)
    package static let saslHandshake = APIKey(rawValue: 17)
    package static let apiVersions = APIKey(rawValue: 18)
    package static let createTopics = APIKey(rawValue: 19)
    package static let deleteTopics = APIKey(rawValue: 20)
    package static let deleteRecords = APIKey(rawValue: 21)
    package static let initProducerId = APIKey(rawValue: 22)
    package static let offsetForLeaderEpoch = APIKey(rawValue: 23)
    package static let addPartitionsToTxn = APIKey(rawValue: 24)
    package static let addOffsetsToTxn = APIKey(rawValue: 25)
    package static let endTxn = APIKey(rawValue: 26)
    package static let writeTxnMarkers = APIKey(rawValue: 27)
    package static let txnOffsetCommit = APIKey(rawValue: 28)
    package static let describeAcls = APIKey(rawValue: 29)
    package static let createAcls = APIKey(rawValue: 30)
    package static let deleteAcls = APIKey(rawValue: 31)
    package static let describeConfigs = APIKey(rawValue: 32)
    package static let alterConfigs = APIKey(rawValue: 33)
    package static let alterReplicaLogDirs = APIKey(rawValue: 34)
    package static let describeLogDirs = APIKey(rawValue: 35)
    package static let saslAuthenticate = APIKey(rawValue: 36)
    package static let createPartitions = APIKey(rawValue: 37)
    package static let createDelegationToken = APIKey(rawValue: 38)
    package static let renewDelegationToken = APIKey(rawValue: 39)
    package static let expireDelegationToken = APIKey(rawValue: 40)
    package static let describeDelegationToken = APIKey(rawValue: 41)
    package static let deleteGroups = APIKey(rawValue: 42)
    package static let electLeaders = APIKey(rawValue: 43)
    package static let incrementalAlterConfigs = APIKey(rawValue: 44)
    package static let alterPartitionReassignments = APIKey(rawValue: 45)
    package static let listPartitionReassignments = APIKey(rawValue: 46)
    package static let offsetDelete = APIKey(rawValue: 47)
    package static let describeClientQuotas = APIKey(rawValue: 48)
    package static let alterClientQuotas = APIKey(rawValue: 49)
    package static let describeUserScramCredentials = APIKey(rawValue: 50)
    package static let alterUserScramCredentials = APIKey(rawValue: 51)
    package static let describeQuorum = APIKey(rawValue: 55)
    package static let updateFeatures = APIKey(rawValue: 57)
    package static let describeCluster = APIKey(rawValue: 60)
    package static let describeProducers = APIKey(rawValue: 61)
    package static let unregisterBroker = APIKey(rawValue: 64)
    package static let describeTransactions = APIKey(rawValue: 65)
    package static let listTransactions = APIKey(rawValue: 66)
    package static let consumerGroupHeartbeat = APIKey(rawValue: 68)
    package static let consumerGroupDescribe = APIKey(rawValue: 69)
    package static let getTelemetrySubscriptions = APIKey(rawValue: 71)
    package static let pushTelemetry = APIKey(rawValue: 72)
    package static let listConfigResources = APIKey(rawValue: 74)
    package static let describeTopicPartitions = APIKey(rawValue: 75)
    package static let shareGroupHeartbeat = APIKey(rawValue: 76)
    package static let shareGroupDescribe = APIKey(rawValue: 77)
    package static let shareFetch = APIKey(rawValue: 78)
    package static let shareAcknowledge = APIKey(rawValue: 79)
    package static let addRaftVoter = APIKey(rawValue: 80)
    package static let removeRaftVoter = APIKey(rawValue: 81)
    package static let streamsGroupHeartbeat = APIKey(rawValue: 88)
    package static let streamsGroupDescribe = APIKey(rawValue: 89)
    package static let describeShareGroupOffsets = APIKey(rawValue: 90)
    package static let alterShareGroupOffsets = APIKey(rawValue: 91)
    package static let deleteShareGroupOffsets = APIKey(rawValue: 92)

    /// Every API that has a specification, by key.
    package static let known: [APIKey] = [
        .produce,
        .fetch,
        .listOffsets,
        .metadata,
        .offsetCommit,
        .offsetFetch,
        .findCoordinator,
        .joinGroup,
        .heartbeat,
        .leaveGroup,
        .syncGroup,
        .describeGroups,
        .listGroups,
        .saslHandshake,
        .apiVersions,
        .createTopics,
        .deleteTopics,
        .deleteRecords,
        .initProducerId,
        .offsetForLeaderEpoch,
        .addPartitionsToTxn,
        .addOffsetsToTxn,
        .endTxn,
        .writeTxnMarkers,
        .txnOffsetCommit,
        .describeAcls,
        .createAcls,
        .deleteAcls,
        .describeConfigs,
        .alterConfigs,
        .alterReplicaLogDirs,
        .describeLogDirs,
        .saslAuthenticate,
        .createPartitions,
        .createDelegationToken,
        .renewDelegationToken,
        .expireDelegationToken,
        .describeDelegationToken,
        .deleteGroups,
        .electLeaders,
        .incrementalAlterConfigs,
        .alterPartitionReassignments,
        .listPartitionReassignments,
        .offsetDelete,
        .describeClientQuotas,
        .alterClientQuotas,
        .describeUserScramCredentials,
        .alterUserScramCredentials,
        .describeQuorum,
        .updateFeatures,
        .describeCluster,
        .describeProducers,
        .unregisterBroker,
        .describeTransactions,
        .listTransactions,
        .consumerGroupHeartbeat,
        .consumerGroupDescribe,
        .getTelemetrySubscriptions,
        .pushTelemetry,
        .listConfigResources,
        .describeTopicPartitions,
        .shareGroupHeartbeat,
        .shareGroupDescribe,
        .shareFetch,
        .shareAcknowledge,
        .addRaftVoter,
        .removeRaftVoter,
        .streamsGroupHeartbeat,
        .streamsGroupDescribe,
        .describeShareGroupOffsets,
        .alterShareGroupOffsets,
        .deleteShareGroupOffsets,
    ]

    static func facts(of rawValue: Int16) -> Facts? {
        switch rawValue {
        case 0: Facts(name: "Produce", versions: 3...13, firstFlexibleVersion: 9)
        case 1: Facts(name: "Fetch", versions: 4...18, firstFlexibleVersion: 12)
        case 2: Facts(name: "ListOffsets", versions: 1...11, firstFlexibleVersion: 6)
        case 3: Facts(name: "Metadata", versions: 0...13, firstFlexibleVersion: 9)
        case 8: Facts(name: "OffsetCommit", versions: 2...10, firstFlexibleVersion: 8)
        case 9: Facts(name: "OffsetFetch", versions: 1...10, firstFlexibleVersion: 6)
        case 10: Facts(name: "FindCoordinator", versions: 0...6, firstFlexibleVersion: 3)
        case 11: Facts(name: "JoinGroup", versions: 0...9, firstFlexibleVersion: 6)
        case 12: Facts(name: "Heartbeat", versions: 0...4, firstFlexibleVersion: 4)
        case 13: Facts(name: "LeaveGroup", versions: 0...5, firstFlexibleVersion: 4)
        case 14: Facts(name: "SyncGroup", versions: 0...5, firstFlexibleVersion: 4)
        case 15: Facts(name: "DescribeGroups", versions: 0...6, firstFlexibleVersion: 5)
        case 16: Facts(name: "ListGroups", versions: 0...5, firstFlexibleVersion: 3)
        case 17: Facts(name: "SaslHandshake", versions: 0...1, firstFlexibleVersion: .max)
        case 18: Facts(name: "ApiVersions", versions: 0...4, firstFlexibleVersion: 3)
        case 19: Facts(name: "CreateTopics", versions: 2...7, firstFlexibleVersion: 5)
        case 20: Facts(name: "DeleteTopics", versions: 1...6, firstFlexibleVersion: 4)
        case 21: Facts(name: "DeleteRecords", versions: 0...2, firstFlexibleVersion: 2)
        case 22: Facts(name: "InitProducerId", versions: 0...6, firstFlexibleVersion: 2)
        case 23: Facts(name: "OffsetForLeaderEpoch", versions: 2...4, firstFlexibleVersion: 4)
        case 24: Facts(name: "AddPartitionsToTxn", versions: 0...5, firstFlexibleVersion: 3)
        case 25: Facts(name: "AddOffsetsToTxn", versions: 0...4, firstFlexibleVersion: 3)
        case 26: Facts(name: "EndTxn", versions: 0...5, firstFlexibleVersion: 3)
        case 27: Facts(name: "WriteTxnMarkers", versions: 1...2, firstFlexibleVersion: 1)
        case 28: Facts(name: "TxnOffsetCommit", versions: 0...5, firstFlexibleVersion: 3)
        case 29: Facts(name: "DescribeAcls", versions: 1...3, firstFlexibleVersion: 2)
        case 30: Facts(name: "CreateAcls", versions: 1...3, firstFlexibleVersion: 2)
        case 31: Facts(name: "DeleteAcls", versions: 1...3, firstFlexibleVersion: 2)
        case 32: Facts(name: "DescribeConfigs", versions: 1...4, firstFlexibleVersion: 4)
        case 33: Facts(name: "AlterConfigs", versions: 0...2, firstFlexibleVersion: 2)
        case 34: Facts(name: "AlterReplicaLogDirs", versions: 1...2, firstFlexibleVersion: 2)
        case 35: Facts(name: "DescribeLogDirs", versions: 1...5, firstFlexibleVersion: 2)
        case 36: Facts(name: "SaslAuthenticate", versions: 0...2, firstFlexibleVersion: 2)
        case 37: Facts(name: "CreatePartitions", versions: 0...3, firstFlexibleVersion: 2)
        case 38: Facts(name: "CreateDelegationToken", versions: 1...3, firstFlexibleVersion: 2)
        case 39: Facts(name: "RenewDelegationToken", versions: 1...2, firstFlexibleVersion: 2)
        case 40: Facts(name: "ExpireDelegationToken", versions: 1...2, firstFlexibleVersion: 2)
        case 41: Facts(name: "DescribeDelegationToken", versions: 1...3, firstFlexibleVersion: 2)
        case 42: Facts(name: "DeleteGroups", versions: 0...2, firstFlexibleVersion: 2)
        case 43: Facts(name: "ElectLeaders", versions: 0...2, firstFlexibleVersion: 2)
        case 44: Facts(name: "IncrementalAlterConfigs", versions: 0...1, firstFlexibleVersion: 1)
        case 45: Facts(name: "AlterPartitionReassignments", versions: 0...1, firstFlexibleVersion: 0)
        case 46: Facts(name: "ListPartitionReassignments", versions: 0...0, firstFlexibleVersion: 0)
        case 47: Facts(name: "OffsetDelete", versions: 0...0, firstFlexibleVersion: .max)
        case 48: Facts(name: "DescribeClientQuotas", versions: 0...1, firstFlexibleVersion: 1)
        case 49: Facts(name: "AlterClientQuotas", versions: 0...1, firstFlexibleVersion: 1)
        case 50: Facts(name: "DescribeUserScramCredentials", versions: 0...0, firstFlexibleVersion: 0)
        case 51: Facts(name: "AlterUserScramCredentials", versions: 0...0, firstFlexibleVersion: 0)
        case 55: Facts(name: "DescribeQuorum", versions: 0...2, firstFlexibleVersion: 0)
        case 57: Facts(name: "UpdateFeatures", versions: 0...2, firstFlexibleVersion: 0)
        case 60: Facts(name: "DescribeCluster", versions: 0...2, firstFlexibleVersion: 0)
        case 61: Facts(name: "DescribeProducers", versions: 0...0, firstFlexibleVersion: 0)
        case 64: Facts(name: "UnregisterBroker", versions: 0...0, firstFlexibleVersion: 0)
        case 65: Facts(name: "DescribeTransactions", versions: 0...0, firstFlexibleVersion: 0)
        case 66: Facts(name: "ListTransactions", versions: 0...2, firstFlexibleVersion: 0)
        case 68: Facts(name: "ConsumerGroupHeartbeat", versions: 0...1, firstFlexibleVersion: 0)
        case 69: Facts(name: "ConsumerGroupDescribe", versions: 0...1, firstFlexibleVersion: 0)
        case 71: Facts(name: "GetTelemetrySubscriptions", versions: 0...0, firstFlexibleVersion: 0)
        case 72: Facts(name: "PushTelemetry", versions: 0...0, firstFlexibleVersion: 0)
        case 74: Facts(name: "ListConfigResources", versions: 0...1, firstFlexibleVersion: 0)
        case 75: Facts(name: "DescribeTopicPartitions", versions: 0...0, firstFlexibleVersion: 0)
        case 76: Facts(name: "ShareGroupHeartbeat", versions: 1...1, firstFlexibleVersion: 0)
        case 77: Facts(name: "ShareGroupDescribe", versions: 1...1, firstFlexibleVersion: 0)
        case 78: Facts(name: "ShareFetch", versions: 1...2, firstFlexibleVersion: 0)
        case 79: Facts(name: "ShareAcknowledge", versions: 1...2, firstFlexibleVersion: 0)
        case 80: Facts(name: "AddRaftVoter", versions: 0...1, firstFlexibleVersion: 0)
        case 81: Facts(name: "RemoveRaftVoter", versions: 0...0, firstFlexibleVersion: 0)
        case 88: Facts(name: "StreamsGroupHeartbeat", versions: 0...0, firstFlexibleVersion: 0)
        case 89: Facts(name: "StreamsGroupDescribe", versions: 0...0, firstFlexibleVersion: 0)
        case 90: Facts(name: "DescribeShareGroupOffsets", versions: 0...1, firstFlexibleVersion: 0)
        case 91: Facts(name: "AlterShareGroupOffsets", versions: 0...0, firstFlexibleVersion: 0)
        case 92: Facts(name: "DeleteShareGroupOffsets", versions: 0...0, firstFlexibleVersion: 0)
        default: nil
        }
    }
}
