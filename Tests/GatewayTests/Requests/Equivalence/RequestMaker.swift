import KafkaProtocol
import NIOCore
import TestSupport

/// Makes requests of any API and version about the things of a ``BrokerWorld``: those that are there and some that are
/// not, in random choice. Their shapes come from the specification, their values from its entities and from ``values``.
struct RequestMaker {
    let api: APIKey
    let schema: MessageSchema
    let version: Int16
    /// Number of the request among those of its connection: the epoch of fetch and share sessions.
    var step: Int64 = 0
    var random: SeededGenerator

    /// What the structure at hand is about.
    private struct Subject {
        var topic: String?
        var group: String?
        var partition: Int64 = 0
        /// A topic that may be named either way is named by its id.
        var usesID = false
    }

    mutating func message() -> SchemaValue.Structure {
        var subject = Subject()
        subject.usesID = Bool.random(using: &self.random) && (self.api != .metadata || self.version >= 12)
        var message = self.structure(self.schema.fields, "", subject)
        if case .array(let topics)? = message.fields["Topics"],
            case .array(let forgotten)? = message.fields["ForgottenTopicsData"]
        {
            // A client forgets what it does not ask for.
            let asked = Set(topics.map(Self.topic))
            message.fields["ForgottenTopicsData"] = .array(forgotten.filter { !asked.contains(Self.topic($0)) })
        }
        return message
    }

    private mutating func structure(
        _ fields: [FieldSchema], _ path: String, _ subject: Subject
    ) -> SchemaValue.Structure {
        var value = SchemaValue.Structure(defaultsOf: fields)
        for field in fields where field.versions.contains(self.version) {
            value.fields[field.name] = self.value(field, path.isEmpty ? field.name : "\(path).\(field.name)", subject)
        }
        return value
    }

    private mutating func value(_ field: FieldSchema, _ path: String, _ subject: Subject) -> SchemaValue {
        if let choices = self.choices(path), let choice = choices.randomElement(using: &self.random) { return choice }
        if field.isNullable(self.version), field.isArray || field.isStructure, self.chance(4) { return .null }
        if field.isArray { return .array(self.elements(field, path, subject)) }
        if field.isStructure { return .structure(self.structure(field.fields, path, subject)) }
        switch (field.type, field.entity ?? "", field.name) {
        case (_, "topicName", _):
            if field.isNullable(self.version), subject.usesID { return .null }
            return .string(subject.topic ?? self.one(of: self.topics))
        case ("uuid", _, "TopicId"):
            let isByName = [.metadata, .deleteTopics].contains(self.api) && !subject.usesID
            return isByName ? field.defaultValue : .uuid(Self.id(subject.topic ?? self.one(of: self.topics)))
        case (_, "groupId", _): return .string(subject.group ?? self.one(of: self.groups))
        case (_, "transactionalId", _): return .string(self.one(of: BrokerWorld.transactions))
        case (_, _, "Partition"), (_, _, "PartitionIndex"), (_, _, "Index"), (_, _, "PartitionId"):
            return .integer(subject.partition)
        case ("bool", _, _): return .bool(Bool.random(using: &self.random))
        default: return field.defaultValue
        }
    }

    private mutating func elements(_ field: FieldSchema, _ path: String, _ subject: Subject) -> [SchemaValue] {
        let names = field.fields.map(\.name)
        if field.isStructure {
            var subject = subject
            let isOfTopics = field.fields.contains { $0.entity == "topicName" || $0.name == "TopicId" }
            if isOfTopics, subject.topic == nil {
                return self.some(of: self.topics).map { topic in
                    subject.topic = topic
                    return .structure(self.structure(field.fields, path, subject))
                }
            }
            if field.fields.contains(where: { $0.entity == "groupId" }) {
                return self.some(of: self.groups).map { group in
                    subject.group = group
                    return .structure(self.structure(field.fields, path, subject))
                }
            }
            let isOfPartitions = names.contains { ["Partition", "PartitionIndex", "Index"].contains($0) }
            return (0..<Int64(isOfPartitions ? 2 : 1)).map { number in
                subject.partition = number
                return .structure(self.structure(field.fields, path, subject))
            }
        }
        switch field.entity {
        case "topicName": return self.some(of: self.topics).map(SchemaValue.string)
        case "groupId": return self.some(of: self.groups).map(SchemaValue.string)
        case "transactionalId": return self.some(of: BrokerWorld.transactions).map(SchemaValue.string)
        default:
            return field.type == "int32" && field.name.hasPrefix("Partition") ? [.integer(0), .integer(1)] : []
        }
    }

    private static func topic(_ row: SchemaValue) -> [UInt8] {
        guard case .structure(let row) = row else { return [] }
        switch (row.fields["TopicId"], row.fields["Topic"]) {
        case (.uuid(let id)?, _) where id.contains { $0 != 0 }: return id
        case (_, .string(let name)?): return Array(name.utf8)
        default: return []
        }
    }

    /// What a broker does with a share fetch of unknown ids is a fault of its own: see ``OracleExclusion``.
    private var topics: [String] {
        [.shareFetch, .shareAcknowledge].contains(self.api) ? BrokerWorld.topics : Self.topics
    }

    /// Version 1 of OffsetFetch has no error for the group: a broker that does not coordinate it then says so in place of
    /// the refusals, which the gateway keeps.
    private var groups: [String] {
        self.api == .offsetFetch && self.version == 1
            ? BrokerWorld.groups.filter { $0 != BrokerWorld.otherGroup } : BrokerWorld.groups
    }

    // MARK: Chance

    static let topics = BrokerWorld.topics + BrokerWorld.missingTopics

    static func id(_ topic: String) -> [UInt8] {
        let id = BrokerWorld.id(of: topic)
        return [id.high, id.low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
    }

    private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self.random) == 0 }

    private mutating func one(of names: [String]) -> String { names.randomElement(using: &self.random) ?? "" }

    /// Most of them, each once, in any order.
    private mutating func some(of names: [String]) -> [String] {
        names.shuffled(using: &self.random).filter { _ in !self.chance(4) }
    }

    // MARK: Values that no entity tells

    private func choices(_ path: String) -> [SchemaValue]? {
        switch (self.api, path) {
        case (.fetch, "SessionEpoch"), (.shareFetch, "ShareSessionEpoch"), (.shareAcknowledge, "ShareSessionEpoch"):
            return [.integer(self.step)]
        case (.fetch, "ForgottenTopicsData") where self.step == 0,
            (.shareFetch, "ForgottenTopicsData") where self.step == 0,
            (.shareFetch, "Topics.Partitions.AcknowledgementBatches") where self.step == 0:
            return [.array([])]
        default: return Self.values(of: self.api)[path]
        }
    }

    private static let transactions = BrokerWorld.transactions.map(SchemaValue.string)
    private static let keys = (BrokerWorld.groups + BrokerWorld.transactions).map(SchemaValue.string)
    private static let producers: [SchemaValue] = [.integer(1_000), .integer(1_001)]

    /// What a request of an API may have at a path.
    private static func values(of api: APIKey) -> [String: [SchemaValue]] {
        switch api {
        case .produce, .fetch, .listOffsets, .offsetCommit, .offsetFetch, .deleteRecords: self.ofRecords(api)
        case .findCoordinator, .joinGroup, .syncGroup, .heartbeat, .leaveGroup, .consumerGroupHeartbeat,
            .shareGroupHeartbeat, .shareFetch, .shareAcknowledge, .alterShareGroupOffsets:
            self.ofGroups(api)
        case .initProducerId, .addPartitionsToTxn, .addOffsetsToTxn, .endTxn, .txnOffsetCommit, .listTransactions:
            self.ofTransactions(api)
        default: self.ofAdministration(api)
        }
    }

    private static func ofRecords(_ api: APIKey) -> [String: [SchemaValue]] {
        switch api {
        case .produce:
            let plain = SchemaValue.bytes(Array(BrokerWorld.batch().readableBytesView))
            let batch = BrokerWorld.batch(producer: (1_000, 0), isTransactional: true)
            return [
                "Acks": [.integer(1), .integer(-1), .integer(0)], "TimeoutMs": [.integer(1_000)],
                "TransactionalId": [.null, .null] + Self.transactions,
                "TopicData.PartitionData.Records": [plain, plain, .bytes(Array(batch.readableBytesView))],
            ]
        case .fetch:
            return [
                // A gateway refuses followers, whatever their rules.
                "ReplicaId": [.integer(-1)], "MaxWaitMs": [.integer(0)],
                "Topics.Partitions.PartitionMaxBytes": [.integer(1 << 20)],
                "Topics.Partitions.FetchOffset": [.integer(0), .integer(1), .integer(2)],
            ]
        case .listOffsets:
            return [
                "ReplicaId": [.integer(-1)],
                "Topics.Partitions.Timestamp": [.integer(-1), .integer(-2), .integer(-3), .integer(0)],
            ]
        case .offsetCommit:
            return [
                "Topics.Partitions.CommittedOffset": [.integer(2)], "MemberId": [.string(""), .string("m")],
                "GenerationIdOrMemberEpoch": [.integer(-1), .integer(1), .integer(2)], "GroupInstanceId": [.null],
            ]
        case .deleteRecords: return ["Topics.Partitions.Offset": [.integer(0), .integer(1), .integer(-1)]]
        default: return ["Groups.MemberId": [.null]]
        }
    }

    private static func ofGroups(_ api: APIKey) -> [String: [SchemaValue]] {
        switch api {
        case .findCoordinator:
            return [
                "Key": Self.keys, "CoordinatorKeys": [.array(Self.keys)],
                "KeyType": [.integer(0), .integer(0), .integer(1), .integer(1), .integer(2)],
            ]
        case .joinGroup:
            return [
                "SessionTimeoutMs": [.integer(10_000)], "RebalanceTimeoutMs": [.integer(10_000)],
                "MemberId": [.string(""), .string("m")], "GroupInstanceId": [.null, .string("probe-i")],
                "ProtocolType": [.string("consumer")], "Protocols.Name": [.string("range")], "Reason": [.null],
            ]
        case .consumerGroupHeartbeat, .shareGroupHeartbeat:
            return [
                "MemberId": [.string("m"), .string("n")], "RackId": [.null], "InstanceId": [.null],
                "MemberEpoch": [.integer(0), .integer(0), .integer(2), .integer(-1)],
                "RebalanceTimeoutMs": [.integer(30_000)], "ServerAssignor": [.null], "TopicPartitions": [.array([])],
                "SubscribedTopicRegex": [.null, .null, .string("o.*")],
            ]
        case .shareFetch, .shareAcknowledge:
            let batch = SchemaValue.structure(
                .init(fields: [
                    "FirstOffset": .integer(0), "LastOffset": .integer(0), "AcknowledgeTypes": .array([.integer(1)]),
                ]))
            return [
                "MemberId": [.string("probe-s")], "MaxWaitMs": [.integer(0)], "MaxRecords": [.integer(10)],
                "BatchSize": [.integer(10)], "Topics.Partitions.PartitionMaxBytes": [.integer(1 << 20)],
                "GroupId": [.string(BrokerWorld.shareGroup)], "ShareAcquireMode": [.integer(0)],
                "Topics.Partitions.AcknowledgementBatches": [.array([]), .array([batch])],
                "IsRenewAck": [.bool(false)],
            ]
        case .alterShareGroupOffsets: return ["Topics.Partitions.StartOffset": [.integer(0), .integer(1)]]
        default:
            return [
                "GenerationId": [.integer(1)], "MemberId": [.string("m"), .string("x")], "GroupInstanceId": [.null],
                "ProtocolType": [.string("consumer")], "ProtocolName": [.string("range")],
                "Assignments": [.array([])],
                "Members": [.array([Self.leaving("m"), Self.leaving("x")])],
            ]
        }
    }

    private static func ofTransactions(_ api: APIKey) -> [String: [SchemaValue]] {
        switch api {
        case .initProducerId:
            return [
                "TransactionalId": [.null] + Self.transactions, "TransactionTimeoutMs": [.integer(60_000)],
                "ProducerId": [.integer(-1)], "ProducerEpoch": [.integer(-1)],
            ]
        case .listTransactions:
            return [
                "TransactionalIdPattern": [.null, .string("o.*"), .string(".*")], "DurationFilter": [.integer(-1)],
            ]
        default:
            return [
                "V3AndBelowProducerId": Self.producers, "ProducerId": Self.producers, "GroupInstanceId": [.null],
                "GenerationId": [.integer(-1)], "MemberId": [.string("")],
            ]
        }
    }

    private static func ofAdministration(_ api: APIKey) -> [String: [SchemaValue]] {
        switch api {
        case .createTopics:
            return [
                "Topics.NumPartitions": [.integer(1)], "Topics.ReplicationFactor": [.integer(1)],
                "Topics.Assignments": [.array([])], "Topics.Configs": [.array([])],
            ]
        case .createPartitions:
            return ["Topics.Count": [.integer(3), .integer(2)], "Topics.Assignments": [.null]]
        case .describeTopicPartitions:
            // What a broker says to a cursor that fits no topic of the request comes before it looks at rights.
            return ["ResponsePartitionLimit": [.integer(2_000), .integer(3)], "Cursor": [.null]]
        case .describeConfigs: return ["Resources": Self.resources { _ in ["ConfigurationKeys": .null] }]
        case .alterConfigs, .incrementalAlterConfigs:
            return ["Resources": Self.resources { Self.setting(for: $0) }]
        case .listConfigResources: return ["ResourceTypes": [.array([]), .array([.integer(2), .integer(32)])]]
        case .alterReplicaLogDirs: return ["Dirs.Path": [.string("/sandbox"), .string("/nowhere")]]
        case .electLeaders: return ["ElectionType": [.integer(0), .integer(1)]]
        case .alterPartitionReassignments:
            return [
                "Topics.Partitions.Replicas": [
                    .array([.integer(0), .integer(1)]), .array([.integer(1), .integer(0)]),
                ]
            ]
        case .describeClientQuotas: return ["Components": [.array([])]]
        case .alterClientQuotas:
            return [
                "Entries.Entity.EntityType": [.string("user")], "Entries.Entity.EntityName": [.string("w")],
                "Entries.Ops.Key": [.string("producer_byte_rate")],
                "Entries.Ops.Value": [.float(bits: Double(4).bitPattern)],
            ]
        case .describeUserScramCredentials: return ["Users.Name": [.string("u"), .string("w")]]
        case .alterUserScramCredentials:
            return [
                "Deletions.Name": [.string("u"), .string("w")], "Upsertions.Name": [.string("v")],
                "Deletions.Mechanism": [.integer(1)], "Upsertions.Mechanism": [.integer(1)],
                "Upsertions.Iterations": [.integer(5_000)], "Upsertions.Salt": [.bytes([1])],
                "Upsertions.SaltedPassword": [.bytes([2])],
            ]
        case .describeQuorum: return ["Topics.TopicName": [.string("__cluster_metadata")]]
        case .updateFeatures:
            return [
                "FeatureUpdates.Feature": [.string("share.version")],
                "FeatureUpdates.MaxVersionLevel": [.integer(1)],
            ]
        default: return [:]
        }
    }

    private static func leaving(_ member: String) -> SchemaValue {
        .structure(.init(fields: ["MemberId": .string(member), "GroupInstanceId": .null, "Reason": .null]))
    }

    /// All resources that have settings, with what a request says of each.
    private static func resources(_ more: (Int64) -> [String: SchemaValue]) -> [SchemaValue] {
        let named: [(Int64, String)] =
            Self.topics.map { (2, $0) } + BrokerWorld.groups.map { (32, $0) }
            + [(4, "0"), (4, ""), (8, "0"), (16, "metrics")]
        let all = named.map { type, name in
            SchemaValue.structure(
                .init(
                    fields: ["ResourceType": .integer(type), "ResourceName": .string(name)].merging(more(type)) { $1 }))
        }
        return [.array(all), .array(all.reversed()), .array(Array(all.prefix(4)))]
    }

    private static func setting(for type: Int64) -> [String: SchemaValue] {
        let name =
            switch type {
            case 2: "retention.ms"
            case 32: "consumer.session.timeout.ms"
            case 16: "interval.ms"
            default: "log.retention.ms"
            }
        return [
            "Configs": .array([
                .structure(
                    .init(fields: [
                        "Name": .string(name), "Value": .string("50000"), "ConfigOperation": .integer(0),
                    ]))
            ])
        ]
    }
}
