import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@testable import Gateway

/// The answers that are made of rows, one for each thing asked about: those of what was forwarded.
extension OracleBackend {
    /// Where a request names things, and where its answer has their rows.
    private struct Rows {
        var asked: [String]
        var answered: [String]
        /// What names a thing, in the request and in the answer; empty where the request's elements are the names.
        var key: (asked: [String], answered: [String])
        /// Whether the recorded answer was made smaller, so that the super user's has to be taken.
        var isOfAdmin = false

        init(_ asked: String, _ answered: String, _ key: [String], answered answeredKey: [String]? = nil) {
            self.asked = asked.split(separator: ".").map(String.init)
            self.answered = answered.split(separator: ".").map(String.init)
            self.key = (key, answeredKey ?? key)
        }

        var ofAdmin: Rows {
            var rows = self
            rows.isOfAdmin = true
            return rows
        }
    }

    private static let rows: [APIKey: Rows] = [
        .deleteRecords: Rows("Topics", "Topics", ["Name"]),
        .describeProducers: Rows("Topics", "Topics", ["Name"]),
        .txnOffsetCommit: Rows("Topics", "Topics", ["Name"]),
        .offsetDelete: Rows("Topics", "Topics", ["Name"]),
        .deleteGroups: Rows("GroupsNames", "Results", [], answered: ["GroupId"]),
        .describeTransactions: Rows("TransactionalIds", "TransactionStates", [], answered: ["TransactionalId"]).ofAdmin,
        .alterConfigs: Rows("Resources", "Responses", ["ResourceType", "ResourceName"]),
        .incrementalAlterConfigs: Rows("Resources", "Responses", ["ResourceType", "ResourceName"]),
        .alterShareGroupOffsets: Rows("Topics", "Responses", ["TopicName"]),
        .deleteShareGroupOffsets: Rows("Topics", "Responses", ["TopicName"]),
        .shareAcknowledge: Rows("Topics", "Responses", ["TopicId"]),
        .consumerGroupDescribe: Rows("GroupIds", "Groups", [], answered: ["GroupId"]).ofAdmin,
        .shareGroupDescribe: Rows("GroupIds", "Groups", [], answered: ["GroupId"]).ofAdmin,
        .streamsGroupDescribe: Rows("GroupIds", "Groups", [], answered: ["GroupId"]).ofAdmin,
        .describeShareGroupOffsets: Rows("Groups", "Groups", ["GroupId"]),
    ]

    /// What the recorded broker said, save about what was not forwarded.
    func answerByRows(_ forwarded: ByteBuffer) throws -> ByteBuffer {
        let requests = try #require(MessageSchema.requests[self.api.rawValue])
        let responses = try #require(MessageSchema.responses[self.api.rawValue])
        let request = try requests.decode(forwarded, version: self.version)
        var response = try responses.decode(self.recorded, version: self.version)
        if self.api == .listTransactions, let admin = self.record.ofAdmin {
            response = try responses.decode(admin.responseBody(), version: admin.version)
            if self.record.case == "state" {
                // The same case in the same version is there.
                #expect(admin.case == "state", "\(self.record)")
            }
        }
        if let rows = Self.rows[self.api] {
            if rows.isOfAdmin, let admin = self.record.ofAdmin, admin.case == self.record.case {
                response = try responses.decode(admin.responseBody(), version: admin.version)
            }
            let asked = Set(
                Self.elements(request.fields[rows.asked[0]]).map { Self.name($0, rows.key.asked) })
            let kept = Self.elements(response.fields[rows.answered[0]]).filter {
                asked.contains(Self.name($0, rows.key.answered))
            }
            response.fields[rows.answered[0]] = .array(kept)
        }
        if self.api == .describeShareGroupOffsets {
            response.fields["Groups"] = .array(try self.shareOffsets(request, response))
        }
        if case .bool(true)? = request.fields["IncludeAuthorizedOperations"] {
            response.fields["Groups"] = .array(Self.elements(response.fields["Groups"]).map(Self.withWrongOperations))
        }
        self.checkAllowed(.structure(response))
        return responses.encode(response, version: self.version)
    }

    private static func withWrongOperations(_ value: SchemaValue) -> SchemaValue {
        guard case .structure(var group) = value, group.fields["ErrorCode"] == .integer(0) else { return value }
        group.fields["AuthorizedOperations"] = .integer(Int64(Self.operations))
        return .structure(group)
    }

    /// All topics of a group are the super user's to see; named ones those that were forwarded.
    private func shareOffsets(
        _ request: SchemaValue.Structure, _ response: SchemaValue.Structure
    ) throws -> [SchemaValue] {
        var asked: [String: SchemaValue] = [:]
        for case .structure(let group) in Self.elements(request.fields["Groups"]) {
            asked["\(group.fields["GroupId"] ?? .null)"] = group.fields["Topics"]
        }
        var everything: [String: SchemaValue] = [:]
        if let admin = self.record.ofAdmin, let schema = MessageSchema.responses[self.api.rawValue] {
            let decoded = try schema.decode(admin.responseBody(), version: admin.version)
            for case .structure(let group) in Self.elements(decoded.fields["Groups"]) {
                everything["\(group.fields["GroupId"] ?? .null)"] = group.fields["Topics"]
            }
        }
        return Self.elements(response.fields["Groups"]).map { value in
            guard case .structure(var group) = value, let topics = asked["\(group.fields["GroupId"] ?? .null)"] else {
                return value
            }
            if topics == .null {
                group.fields["Topics"] = everything["\(group.fields["GroupId"] ?? .null)"]
            } else {
                let names = Set(Self.elements(topics).map { Self.name($0, ["TopicName"]) })
                group.fields["Topics"] = .array(
                    Self.elements(group.fields["Topics"]).filter { names.contains(Self.name($0, ["TopicName"])) })
            }
            return .structure(group)
        }
    }

    private static func elements(_ value: SchemaValue?) -> [SchemaValue] {
        guard case .array(let elements)? = value else { return [] }
        return elements
    }

    private static func name(_ value: SchemaValue, _ key: [String]) -> String {
        guard case .structure(let structure) = value else { return "\(value)" }
        return key.map { "\(structure.fields[$0] ?? .null)" }.joined(separator: " ")
    }

    /// The gateway must not forward what the broker refused to the client, wherever the refusal stands.
    private func checkAllowed(_ value: SchemaValue) {
        switch value {
        case .array(let elements):
            for element in elements { self.checkAllowed(element) }
        case .structure(let structure):
            for (name, field) in structure.fields {
                if case .integer(let code) = field, name.hasSuffix("ErrorCode") {
                    self.checkAllowed([Int16(truncatingIfNeeded: code)])
                } else {
                    self.checkAllowed(field)
                }
            }
        default:
            break
        }
    }

    /// A page of topics in the order of their names, up to a number of partitions.
    func topicPartitions(_ forwarded: ByteBuffer) throws -> ByteBuffer {
        let everything = try OracleRecord.topicsOfBackend()
        return try self.answer(
            forwarded, DescribeTopicPartitionsRequest.self, DescribeTopicPartitionsResponse.self
        ) { request, response in
            let all = request.topics.isEmpty ? everything.compactMap(\.name) : request.topics.map(\.name)
            var room = Int(request.responsePartitionLimit)
            response.topics = []
            response.nextCursor = nil
            for name in Set(all).sorted() where name >= request.cursor?.topicName ?? "" {
                var row = DescribeTopicPartitionsView.Topic()
                row.name = name
                let known = everything.first { $0.name == name }
                row.errorCode = known == nil ? KafkaErrorCode.unknownTopicOrPartition.rawValue : 0
                row.topicId = known?.topicId ?? .zero
                row.isInternal = known?.isInternal ?? false
                row.topicAuthorizedOperations = Self.operations
                for partition in (known?.partitions ?? []).sorted(by: { $0.partitionIndex < $1.partitionIndex }) {
                    if room == 0 {
                        response.nextCursor = .init()
                        response.nextCursor?.topicName = name
                        response.nextCursor?.partitionIndex = partition.partitionIndex
                        break
                    }
                    room -= 1
                    var described = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition()
                    described.partitionIndex = partition.partitionIndex
                    described.leaderId = partition.leaderId
                    described.replicaNodes = partition.replicaNodes
                    described.isrNodes = partition.isrNodes
                    described.eligibleLeaderReplicas = []
                    described.lastKnownElr = []
                    row.partitions.append(described)
                }
                if response.nextCursor?.partitionIndex == 0 { return }
                response.topics.append(row)
                if response.nextCursor != nil { return }
            }
        }
    }
}
