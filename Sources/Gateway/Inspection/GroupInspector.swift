import EngineInterface
import KafkaProtocol
import NIOCore
import Resources

/// Asks a backend cluster about its groups: their members, their committed offsets, and the ends of their topics.
struct GroupInspector: Sendable {
    /// The most groups that are inspected; the rest is left out.
    static let maximumGroups = 1_000
    private static let groupsPerRequest = 100

    let backend: BackendInspector

    private struct TopicPartition: Hashable {
        @WireName var topic: String
        var partition: Int32
    }

    /// The ids of all groups.
    func groupIDs() async throws -> [String] {
        try await self.fromEachBroker(of: try await self.backend.metadata()) { link in
            try await Self.listed(link).map(\.groupId)
        }.sortedUniquely()
    }

    /// - Returns: groups by id, without ``GroupView/principals``.
    func groups() async throws -> [GroupView] {
        let metadata = try await self.backend.metadata()
        // The broker that lists a group is its coordinator.
        var groups = try await self.fromEachBroker(of: metadata) { try await Self.coordinated(by: $0) }
        var seen: Set<WireName> = []
        groups.removeAll { !seen.insert(WireName($0.groupID)).inserted }
        groups.sort { WireName($0.groupID) < WireName($1.groupID) }
        groups = Array(groups.prefix(Self.maximumGroups))
        let wanted = Set(groups.flatMap(\.offsets).map { TopicPartition(topic: $0.topic, partition: $0.partition) })
        let ends = await self.ends(of: wanted, metadata)
        for group in groups.indices {
            for index in groups[group].offsets.indices {
                let offset = groups[group].offsets[index]
                groups[group].offsets[index].end =
                    ends[
                        TopicPartition(topic: offset.topic, partition: offset.partition)]
            }
        }
        return groups
    }

    /// The answers of all brokers. Brokers that do not answer are skipped, unless none does.
    private func fromEachBroker<Value: Sendable>(
        of metadata: MetadataResponse, _ body: @escaping @Sendable (BrokerLink) async throws -> [Value]
    ) async throws -> [Value] {
        let backend = self.backend
        let results = await withTaskGroup(of: Result<[Value], any Error>.self) { tasks in
            for address in metadata.addresses.values {
                tasks.addTask {
                    do { return .success(try await backend.withBroker(at: address, body)) } catch {
                        return .failure(EngineClientError("Broker \(address) does not answer: \(describe(error))."))
                    }
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        let answers = results.compactMap { try? $0.get() }
        if answers.isEmpty, let first = results.first { return try first.get() }
        return answers.flatMap { $0 }
    }

    private static func listed(_ link: BrokerLink) async throws -> [ListGroupsResponse.ListedGroup] {
        let version = try link.requireVersion(of: .listGroups)
        return try await link.ask(ListGroupsRequest(), version: version, for: ListGroupsResponse.self).groups
    }

    private static func coordinated(by link: BrokerLink) async throws -> [GroupView] {
        let listed = try await self.listed(link).sorted { WireName($0.groupId) < WireName($1.groupId) }.prefix(
            Self.maximumGroups)
        var groups = listed.map { group in
            GroupView(
                groupID: group.groupId, physicalName: group.groupId,
                type: group.groupType.isEmpty ? "classic" : group.groupType.lowercased(), state: group.groupState,
                members: [], offsets: [], principals: [])
        }
        try await self.addMembers(to: &groups, link)
        try await self.addOffsets(to: &groups, link)
        return groups
    }

    // MARK: Members

    private static func addMembers(to groups: inout [GroupView], _ link: BrokerLink) async throws {
        var found: [WireName: (state: String, members: [GroupView.Member])] = [:]
        let consumers = groups.filter { $0.type == "consumer" }.map(\.groupID)
        if !consumers.isEmpty, let version = link.version(of: .consumerGroupDescribe) {
            for ids in consumers.chunks(of: Self.groupsPerRequest) {
                var request = ConsumerGroupDescribeRequest()
                request.groupIds = ids
                let answer = try await link.ask(request, version: version, for: ConsumerGroupDescribeResponse.self)
                for group in answer.groups where group.errorCode == KafkaErrorCode.none.rawValue {
                    found[WireName(group.groupId)] = (
                        group.groupState,
                        group.members.map {
                            .init(memberID: $0.memberId, clientID: $0.clientId, clientHost: $0.clientHost)
                        }
                    )
                }
            }
        }
        let classic = groups.filter {
            $0.type == "classic" || $0.type == "consumer" && found[WireName($0.groupID)] == nil
        }
        if let version = link.version(of: .describeGroups) {
            for ids in classic.map(\.groupID).chunks(of: Self.groupsPerRequest) {
                var request = DescribeGroupsRequest()
                request.groups = ids
                let answer = try await link.ask(request, version: version, for: DescribeGroupsResponse.self)
                for group in answer.groups where group.errorCode == KafkaErrorCode.none.rawValue {
                    found[WireName(group.groupId)] = (
                        group.groupState,
                        group.members.map {
                            .init(memberID: $0.memberId, clientID: $0.clientId, clientHost: $0.clientHost)
                        }
                    )
                }
            }
        }
        for index in groups.indices {
            guard let (state, members) = found[WireName(groups[index].groupID)] else { continue }
            groups[index].state = state
            groups[index].members = members.sorted { WireName($0.memberID) < WireName($1.memberID) }
        }
    }

    // MARK: Offsets

    private static func addOffsets(to groups: inout [GroupView], _ link: BrokerLink) async throws {
        let lastWithNames = OffsetFetchRequest.OffsetFetchRequestTopics.firstVersionWithTopicId - 1
        // Version 1 cannot ask for all topics.
        guard let version = link.version(of: .offsetFetch, upTo: lastWithNames), version >= 2 else { return }
        let asksByGroup = version >= OffsetFetchRequest.firstVersionWithGroups
        for index in groups.indices where ["classic", "consumer"].contains(groups[index].type) {
            let id = groups[index].groupID
            var request = OffsetFetchRequest()
            if asksByGroup {
                var group = OffsetFetchRequest.OffsetFetchRequestGroup()
                group.groupId = id
                group.topics = nil
                request.groups = [group]
            } else {
                request.groupId = id
                request.topics = nil
            }
            let answer = try await link.ask(request, version: version, for: OffsetFetchResponse.self)
            let committed: [(String, Int32, Int64)] =
                asksByGroup
                ? answer.groups.filter { $0.groupId.hasSameBytes(as: id) }.flatMap(\.topics).flatMap { topic in
                    topic.partitions.map { (topic.name, $0.partitionIndex, $0.committedOffset) }
                }
                : answer.topics.flatMap { topic in
                    topic.partitions.map { (topic.name, $0.partitionIndex, $0.committedOffset) }
                }
            groups[index].offsets =
                committed.filter { $0.2 >= 0 }
                .map { GroupView.Offset(topic: $0.0, partition: $0.1, committed: $0.2, end: nil) }
                .sorted { (WireName($0.topic), $0.partition) < (WireName($1.topic), $1.partition) }
        }
    }

    /// The ends of partitions, asked of their leaders; partitions whose leader does not answer are left out.
    private func ends(
        of wanted: Set<TopicPartition>, _ metadata: MetadataResponse
    ) async -> [TopicPartition: Int64] {
        let addresses = metadata.addresses
        var byLeader: [Int32: [WireName: [Int32]]] = [:]
        for topic in metadata.topics {
            guard let name = topic.name else { continue }
            for partition in topic.partitions
            where wanted.contains(TopicPartition(topic: name, partition: partition.partitionIndex)) {
                byLeader[partition.leaderId, default: [:]][WireName(name), default: []].append(partition.partitionIndex)
            }
        }
        let backend = self.backend
        return await withTaskGroup(of: [TopicPartition: Int64].self) { tasks in
            for (leader, topics) in byLeader {
                guard let address = addresses[leader] else { continue }
                tasks.addTask {
                    let ends = try? await backend.withBroker(at: address) { try await Self.ends(of: topics, $0) }
                    return ends ?? [:]
                }
            }
            return await tasks.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        }
    }

    private static func ends(of topics: [WireName: [Int32]], _ link: BrokerLink) async throws -> [TopicPartition: Int64]
    {
        let version = try link.requireVersion(of: .listOffsets, upTo: 7)
        var request = ListOffsetsRequest()
        request.replicaId = -1
        request.topics = topics.sorted { $0.key < $1.key }.map { name, partitions in
            var topic = ListOffsetsRequest.ListOffsetsTopic()
            topic.name = name.text
            topic.partitions = partitions.map { index in
                var partition = ListOffsetsRequest.ListOffsetsPartition()
                partition.partitionIndex = index
                // The end of the log.
                partition.timestamp = -1
                return partition
            }
            return topic
        }
        let answer = try await link.ask(request, version: version, for: ListOffsetsResponse.self)
        var ends: [TopicPartition: Int64] = [:]
        for topic in answer.topics {
            for partition in topic.partitions where partition.errorCode == KafkaErrorCode.none.rawValue {
                ends[TopicPartition(topic: topic.name, partition: partition.partitionIndex)] = partition.offset
            }
        }
        return ends
    }
}

extension Array {
    /// Parts of at most `count` elements, in order.
    fileprivate func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
