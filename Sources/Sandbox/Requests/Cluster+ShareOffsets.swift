import KafkaProtocol
import NIOCore

extension Cluster {
    /// Whether a group's offsets may be changed now. A request without any allowed topic does not reach the group.
    private func checkIdleShareGroup(
        _ id: String, _ topics: [String], for operation: Authorizer.Operation, _ context: RequestContext
    ) throws(GroupFault) {
        if let refusal = self.refusal(of: operation, .group, id) { throw GroupFault(code: refusal) }
        guard topics.isEmpty || topics.contains(where: { self.allows(.read, .topic, $0) }) else { return }
        guard try self.group(id, in: self.groups.shareGroups, for: operation, context).members.isEmpty else {
            throw GroupFault(code: .nonEmptyGroup, message: "The group is not empty.")
        }
    }

    private static let notHosted = "This server does not host this topic-partition."

    // MARK: DescribeShareGroupOffsets

    func describeShareGroupOffsets(
        _ request: DescribeShareGroupOffsetsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = DescribeShareGroupOffsetsResponse()
        response.groups = request.groups.map { asked in
            var answer = DescribeShareGroupOffsetsResponse.Group()
            answer.groupId = asked.groupId
            answer.errorMessage = nil
            do throws(GroupFault) {
                let names = asked.topics.map { $0.map(\.topicName) } ?? []
                if let refusal = self.refusal(of: .describe, .group, asked.groupId) { throw GroupFault(code: refusal) }
                // If the client may see none of the topics, the group is not searched for them.
                let isHidden = !names.isEmpty && !names.contains { self.allows(.describe, .topic, $0) }
                let ready =
                    isHidden
                    ? [] : try self.group(asked.groupId, in: self.groups.shareGroups, for: .describe, context).ready
                let wanted: [(name: String, partitions: [Int32])] =
                    asked.topics?.map { ($0.topicName, $0.partitions) }
                    ?? ready.compactMap { self.topics.name(of: $0) }.filter { self.allows(.describe, .topic, $0) }
                    .sorted()
                    .map { name in
                        (name, (self.topics[name]?.partitions.indices).map { $0.map { Int32(clamping: $0) } } ?? [])
                    }
                answer.topics = wanted.map { name, partitions in
                    var topic = DescribeShareGroupOffsetsResponse.Topic()
                    topic.topicName = name
                    if let refusal = self.refusal(of: .describe, .topic, name) {
                        topic.partitions = partitions.map { Self.refused($0, refusal) }
                        return topic
                    }
                    topic.topicId = self.topics[name]?.id ?? .zero
                    topic.partitions = partitions.map { self.describe($0, of: name, in: asked.groupId) }
                    return topic
                }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private static func refused(
        _ number: Int32, _ error: KafkaErrorCode
    ) -> DescribeShareGroupOffsetsResponse.Partition {
        var answer = DescribeShareGroupOffsetsResponse.Partition()
        answer.partitionIndex = number
        answer.startOffset = -1
        answer.errorCode = error.rawValue
        answer.errorMessage = nil
        return answer
    }

    private func describe(
        _ number: Int32, of name: String, in group: String
    ) -> DescribeShareGroupOffsetsResponse.Partition {
        var answer = DescribeShareGroupOffsetsResponse.Partition()
        answer.partitionIndex = number
        answer.startOffset = -1
        answer.errorMessage = nil
        guard let topic = self.topics[name], let partition = topic[partition: number] else {
            answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
            answer.errorMessage = Self.notHosted
            return answer
        }
        let place = ShareState.Place(group: group, partition: .init(topic: topic.id, partition: number))
        guard let shared = self.sharing.partitions[place] else { return answer }
        answer.startOffset = shared.startOffset
        answer.leaderEpoch = partition.leaderEpoch
        answer.lag = max(0, partition.log.endOffset - shared.startOffset - Int64(shared.settledAboveStart))
        return answer
    }

    // MARK: AlterShareGroupOffsets

    func alterShareGroupOffsets(
        _ request: AlterShareGroupOffsetsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = AlterShareGroupOffsetsResponse()
        response.errorMessage = nil
        do throws(GroupFault) {
            try self.checkIdleShareGroup(request.groupId, request.topics.map(\.topicName), for: .read, context)
            response.responses = request.topics.map { asked in
                let topic = self.topics[asked.topicName]
                var answer = AlterShareGroupOffsetsResponse.Topic()
                answer.topicName = asked.topicName
                let refusal = self.refusal(of: .read, .topic, asked.topicName)
                answer.topicId = refusal == nil ? topic?.id ?? .zero : .zero
                answer.partitions = asked.partitions.map { partition in
                    var row = AlterShareGroupOffsetsResponse.Partition()
                    row.partitionIndex = partition.partitionIndex
                    row.errorMessage = nil
                    if let refusal {
                        row.errorCode = refusal.rawValue
                        return row
                    }
                    guard let topic, let found = topic[partition: partition.partitionIndex] else {
                        row.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                        row.errorMessage = Self.notHosted
                        return row
                    }
                    let place = ShareState.Place(
                        group: request.groupId,
                        partition: .init(topic: topic.id, partition: partition.partitionIndex))
                    self.sharing.partitions[place] = SharePartition(
                        startOffset: min(max(partition.startOffset, found.log.startOffset), found.log.endOffset))
                    self.groups.setReady(topic.id, group: request.groupId, to: true)
                    return row
                }
                return answer
            }
        } catch {
            response.errorCode = error.code.rawValue
            response.errorMessage = error.message
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: DeleteShareGroupOffsets

    func deleteShareGroupOffsets(
        _ request: DeleteShareGroupOffsetsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = DeleteShareGroupOffsetsResponse()
        response.errorMessage = nil
        do throws(GroupFault) {
            try self.checkIdleShareGroup(request.groupId, request.topics.map(\.topicName), for: .delete, context)
            response.responses = request.topics.map { asked in
                var answer = DeleteShareGroupOffsetsResponse.Topic()
                answer.topicName = asked.topicName
                answer.errorMessage = nil
                if let refusal = self.refusal(of: .read, .topic, asked.topicName) {
                    answer.errorCode = refusal.rawValue
                    return answer
                }
                guard let topic = self.topics[asked.topicName] else {
                    answer.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
                    answer.errorMessage = Self.notHosted
                    return answer
                }
                answer.topicId = topic.id
                self.sharing.forget(topic: topic.id, group: request.groupId)
                self.groups.setReady(topic.id, group: request.groupId, to: false)
                return answer
            }
        } catch {
            response.errorCode = error.code.rawValue
            response.errorMessage = error.message
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
