import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// Requests that name a thing more than once: what a broker makes one row of, and what it answers as often as it was asked.
@Suite struct RepeatedItemsTests {
    private static func session(_ rules: [ACLRule]) throws -> Evaluating {
        Evaluating(facts: .test(rules: try OracleWorld.ruleSet(rules)))
    }

    @Test func `a denied group to delete has one row, a denied group to describe as many as it was named`() throws {
        let session = try Self.session([])
        var deletion = DeleteGroupsRequest()
        deletion.groupsNames = ["g", "h", "g"]
        #expect(
            try session.answer(deletion, 2, as: DeleteGroupsResponse.self)?.results.map(\.groupId) == ["g", "h"])
        var description = DescribeGroupsRequest()
        description.groups = ["g", "g"]
        #expect(
            try session.answer(description, 5, as: DescribeGroupsResponse.self)?.groups.map(\.groupId) == ["g", "g"])
    }

    @Test func `a group that is asked for twice gets its own denied topics in each row`() throws {
        let session = try Self.session([
            OracleWorld.rule(.group, .allow, .read, "g"), OracleWorld.rule(.topic, .allow, .read, "open-*"),
        ])
        func asking(_ groups: [[String]?]) -> OffsetFetchRequest {
            var request = OffsetFetchRequest()
            request.groups = groups.map { topics in
                var group = OffsetFetchRequest.OffsetFetchRequestGroup()
                group.groupId = "g"
                group.topics = topics?.map { name in
                    var topic = OffsetFetchRequest.OffsetFetchRequestTopics()
                    topic.name = name
                    topic.partitionIndexes = [0]
                    return topic
                }
                return group
            }
            return request
        }
        var answer = OffsetFetchResponse()
        answer.groups = [["open-a"], [], ["open-a", "secret"]].map { topics in
            var group = OffsetFetchResponse.OffsetFetchResponseGroup()
            group.groupId = "g"
            group.topics = topics.map { name in
                var topic = OffsetFetchResponse.OffsetFetchResponseTopics()
                topic.name = name
                return topic
            }
            return group
        }
        let merged = try session.exchanged(asking([["open-a", "secret-1"], ["secret-2"], nil]), answer, 8)
        #expect(merged.groups.map { $0.topics.map(\.name) } == [["open-a", "secret-1"], ["secret-2"], ["open-a"]])
        #expect(try session.plan(asking([["open-a"], ["open-b"]]), 8) == .forward())
    }

    @Test func `a share group that is asked for twice gets its own denied topics in each row`() throws {
        let session = try Self.session([
            OracleWorld.rule(.group, .allow, .read, "g"), OracleWorld.rule(.topic, .allow, .read, "open-*"),
        ])
        var request = DescribeShareGroupOffsetsRequest()
        request.groups = [["open-a", "secret-1"], ["open-b"], nil].map { topics in
            var group = DescribeShareGroupOffsetsRequest.Group()
            group.groupId = "g"
            group.topics = topics?.map { name in
                var topic = DescribeShareGroupOffsetsRequest.Topic()
                topic.topicName = name
                topic.partitions = [0]
                return topic
            }
            return group
        }
        var answer = DescribeShareGroupOffsetsResponse()
        answer.groups = [["open-a"], ["open-b"], ["open-a", "secret-2"]].map { topics in
            var group = DescribeShareGroupOffsetsResponse.Group()
            group.groupId = "g"
            group.topics = topics.map { name in
                var topic = DescribeShareGroupOffsetsResponse.Topic()
                topic.topicName = name
                return topic
            }
            return group
        }
        let merged = try session.exchanged(request, answer, 0)
        #expect(
            merged.groups.map { $0.topics.map(\.topicName) } == [["open-a", "secret-1"], ["open-b"], ["open-a"]])
    }

    @Test func `a partition to move to two directories is refused once`() throws {
        var request = AlterReplicaLogDirsRequest()
        request.dirs = ["/a", "/b"].map { path in
            var directory = AlterReplicaLogDirsRequest.AlterReplicaLogDir()
            directory.path = path
            directory.topics = [.init()]
            directory.topics[0].name = "t"
            directory.topics[0].partitions = [0, 1]
            return directory
        }
        let answer = try Self.session([]).answer(request, 2, as: AlterReplicaLogDirsResponse.self)
        #expect(answer?.results.map { $0.partitions.map(\.partitionIndex) } == [[0, 1]])
    }
}
