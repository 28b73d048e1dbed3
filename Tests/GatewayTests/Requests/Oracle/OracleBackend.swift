import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

/// Plays the backend: the recorded broker's answers about exactly what was forwarded, under an address of its own and
/// with operations of its own, so that whatever the gateway has to replace is wrong.
struct OracleBackend {
    static let host = "backend.internal"
    static let port: Int32 = 9
    static let operations: Int32 = 0x7F

    let record: OracleRecord
    /// The recorded answer to the client.
    let recorded: ByteBuffer
    let api: APIKey
    let version: Int16

    func answer(to forwarded: ByteBuffer) throws -> ByteBuffer {
        switch self.api {
        case .produce:
            return try self.answer(forwarded, ProduceRequest.self, ProduceResponse.self) { request, response in
                let asked = Set(request.topicData.map { "\($0.name) \($0.topicId)" })
                response.responses.removeAll { !asked.contains("\($0.name) \($0.topicId)") }
                self.checkAllowed(response.responses.flatMap(\.partitionResponses).map(\.errorCode))
            }
        case .fetch:
            return try self.answer(forwarded, FetchRequest.self, FetchResponse.self) { request, response in
                response.responses.removeAll { topic in
                    topic.partitions.contains { $0.errorCode == 29 || $0.errorCode == 100 }
                }
                let served = Set(response.responses.map { "\($0.topic) \($0.topicId)" })
                let asked = request.topics.map { "\($0.topic) \($0.topicId)" }
                #expect(served.isSuperset(of: asked), "\(self.record): \(asked) asked, \(served) allowed")
            }
        case .listOffsets:
            return try self.answer(forwarded, ListOffsetsRequest.self, ListOffsetsResponse.self) { request, response in
                let asked = Set(request.topics.map(\.name))
                response.topics.removeAll { !asked.contains($0.name) }
                self.checkAllowed(response.topics.flatMap(\.partitions).map(\.errorCode))
            }
        case .offsetForLeaderEpoch:
            return try self.answer(forwarded, OffsetForLeaderEpochRequest.self, OffsetForLeaderEpochResponse.self) {
                let asked = Set($0.topics.map(\.topic))
                $1.topics.removeAll { !asked.contains($0.topic) }
                self.checkAllowed($1.topics.flatMap(\.partitions).map(\.errorCode))
            }
        case .metadata: return try self.metadata(forwarded)
        case .describeCluster:
            return try self.answer(forwarded, DescribeClusterRequest.self, DescribeClusterResponse.self) {
                for index in $1.brokers.indices {
                    $1.brokers[index].host = Self.host
                    $1.brokers[index].port = Self.port
                }
                if $0.includeClusterAuthorizedOperations { $1.clusterAuthorizedOperations = Self.operations }
            }
        case .findCoordinator:
            return try self.answer(forwarded, FindCoordinatorRequest.self, FindCoordinatorResponse.self) {
                let asked = Set($0.coordinatorKeys)
                $1.coordinators.removeAll { !asked.contains($0.key) }
                self.checkAllowed($1.coordinators.map(\.errorCode) + [$1.errorCode])
                for index in $1.coordinators.indices {
                    $1.coordinators[index].host = Self.host
                    $1.coordinators[index].port = Self.port
                }
                $1.host = Self.host
                $1.port = Self.port
            }
        case .offsetCommit:
            return try self.answer(forwarded, OffsetCommitRequest.self, OffsetCommitResponse.self) {
                let asked = Set($0.topics.map { "\($0.name) \($0.topicId)" })
                $1.topics.removeAll { !asked.contains("\($0.name) \($0.topicId)") }
                self.checkAllowed($1.topics.flatMap(\.partitions).map(\.errorCode))
            }
        case .offsetFetch: return try self.offsetFetch(forwarded)
        case .describeGroups:
            return try self.answer(forwarded, DescribeGroupsRequest.self, DescribeGroupsResponse.self) {
                let asked = Set($0.groups)
                $1.groups.removeAll { !asked.contains($0.groupId) }
                self.checkAllowed($1.groups.map(\.errorCode))
                guard $0.includeAuthorizedOperations else { return }
                for index in $1.groups.indices where $1.groups[index].errorCode == 0 {
                    $1.groups[index].authorizedOperations = Self.operations
                }
            }
        case .listGroups: return try self.ofAdmin(ListGroupsResponse.self) { _ in }
        case .createTopics:
            return try self.answer(forwarded, CreateTopicsRequest.self, CreateTopicsResponse.self) {
                let asked = Set($0.topics.map(\.name))
                $1.topics.removeAll { !asked.contains($0.name) }
                self.checkAllowed($1.topics.map(\.errorCode))
                for index in $1.topics.indices where $1.topics[index].topicConfigErrorCode != 0 {
                    $1.topics[index].topicConfigErrorCode = 0
                    $1.topics[index].numPartitions = 2
                    $1.topics[index].replicationFactor = 1
                    $1.topics[index].configs = [.init()]
                }
            }
        case .deleteTopics:
            return try self.answer(forwarded, DeleteTopicsRequest.self, DeleteTopicsResponse.self) {
                let names = Set($0.topicNames + $0.topics.compactMap(\.name))
                let ids = Set($0.topics.map(\.topicId).filter { $0 != .zero })
                $1.responses.removeAll { !names.contains($0.name ?? "") && !ids.contains($0.topicId) }
                self.checkAllowed($1.responses.map(\.errorCode))
            }
        case .createPartitions:
            return try self.answer(forwarded, CreatePartitionsRequest.self, CreatePartitionsResponse.self) {
                let asked = Set($0.topics.map(\.name))
                $1.results.removeAll { !asked.contains($0.name) }
                self.checkAllowed($1.results.map(\.errorCode))
            }
        case .describeConfigs:
            return try self.answer(forwarded, DescribeConfigsRequest.self, DescribeConfigsResponse.self) {
                let asked = Set($0.resources.map { "\($0.resourceType) \($0.resourceName)" })
                $1.results.removeAll { !asked.contains("\($0.resourceType) \($0.resourceName)") }
                self.checkAllowed($1.results.map(\.errorCode))
            }
        case .describeTopicPartitions: return try self.topicPartitions(forwarded)
        case .describeQuorum:
            return try self.answer(forwarded, DescribeQuorumRequest.self, DescribeQuorumResponse.self) { _, response in
                for node in response.nodes.indices {
                    for listener in response.nodes[node].listeners.indices {
                        response.nodes[node].listeners[listener].host = Self.host
                    }
                }
            }
        case .shareFetch:
            return try self.answer(forwarded, ShareFetchRequest.self, ShareFetchResponse.self) { request, response in
                response.responses.removeAll { topic in
                    topic.partitions.contains { $0.errorCode == 29 || $0.acknowledgeErrorCode == 29 }
                }
                let asked = Set(request.topics.map(\.topicId))
                #expect(asked.isSuperset(of: response.responses.map(\.topicId)), "\(self.record)")
            }
        default:
            return try self.answerByRows(forwarded)
        }
    }

    func answer<Request: KafkaMessage, Response: KafkaMessage>(
        _ forwarded: ByteBuffer, _: Request.Type, _: Response.Type, _ serve: (Request, inout Response) -> Void
    ) throws -> ByteBuffer {
        var bytes = forwarded
        var recorded = self.recorded
        let request = try Request(from: &bytes, version: self.version)
        var response = try Response(from: &recorded, version: self.version)
        serve(request, &response)
        return self.encode(response)
    }

    /// What the super user was told, in the version at hand.
    func ofAdmin<Response: KafkaMessage>(
        _: Response.Type, _ serve: (inout Response) -> Void
    ) throws -> ByteBuffer {
        let admin = try #require(self.record.ofAdmin, "\(self.record) has no record of admin")
        var bytes = try admin.responseBody()
        var response = try Response(from: &bytes, version: admin.version)
        serve(&response)
        return self.encode(response)
    }

    func encode(_ response: some KafkaMessage) -> ByteBuffer {
        var bytes = ByteBuffer()
        response.encode(into: &bytes, version: self.version)
        return bytes
    }

    /// The gateway must not forward what the broker refused to the client.
    func checkAllowed(_ codes: [Int16]) {
        let refusals: Set<Int16> = [29, 30, 31, 53]
        #expect(!codes.contains(where: refusals.contains), "\(self.record) forwards what a broker refuses")
    }

    private func metadata(_ forwarded: ByteBuffer) throws -> ByteBuffer {
        let everything = try OracleRecord.topicsOfBackend()
        return try self.answer(forwarded, MetadataRequest.self, MetadataResponse.self) { request, response in
            let own = response.topics
            if let asked = request.topics, !(asked.isEmpty && self.version == 0) {
                let ids = Set(asked.map(\.topicId).filter { $0 != .zero })
                if ids.isEmpty {
                    let names = Set(asked.map { $0.name ?? "" })
                    response.topics = own.filter { names.contains($0.name ?? "") }
                    if self.record.case != "auto-create" { self.checkAllowed(response.topics.map(\.errorCode)) }
                } else {
                    response.topics =
                        everything.filter { ids.contains($0.topicId) } + own.filter { $0.errorCode == 100 }
                }
            } else {
                response.topics = everything
            }
            for index in response.topics.indices where request.includeTopicAuthorizedOperations {
                response.topics[index].topicAuthorizedOperations = Self.operations
            }
            for index in response.brokers.indices {
                response.brokers[index].host = Self.host
                response.brokers[index].port = Self.port
            }
            if request.includeClusterAuthorizedOperations { response.clusterAuthorizedOperations = Self.operations }
        }
    }

    private func offsetFetch(_ forwarded: ByteBuffer) throws -> ByteBuffer {
        if self.record.case.contains("all-topics") {
            var bytes = forwarded
            let groups = try OffsetFetchRequest(from: &bytes, version: self.version).groups.map(\.groupId)
            let ids = OracleWorld.shared.topics
            return try self.ofAdmin(OffsetFetchResponse.self) { response in
                response.groups.removeAll { !groups.contains($0.groupId) }
                for group in response.groups.indices {
                    for topic in response.groups[group].topics.indices {
                        let id = response.groups[group].topics[topic].topicId
                        guard let name = ids.first(where: { KafkaUUID(hex: $0.value) == id })?.key else { continue }
                        response.groups[group].topics[topic].name = name
                    }
                }
            }
        }
        return try self.answer(forwarded, OffsetFetchRequest.self, OffsetFetchResponse.self) { request, response in
            let asked = Set((request.topics ?? []).map(\.name))
            response.topics.removeAll { !asked.contains($0.name) }
            response.groups.removeAll { group in !request.groups.contains { $0.groupId == group.groupId } }
            for index in response.groups.indices {
                let group = request.groups.first { $0.groupId == response.groups[index].groupId }
                let asked = Set((group?.topics ?? []).map { "\($0.name) \($0.topicId)" })
                response.groups[index].topics.removeAll { !asked.contains("\($0.name) \($0.topicId)") }
                self.checkAllowed(response.groups[index].topics.flatMap(\.partitions).map(\.errorCode))
            }
            self.checkAllowed(response.groups.map(\.errorCode) + response.topics.flatMap(\.partitions).map(\.errorCode))
        }
    }
}
