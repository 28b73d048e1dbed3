import KafkaProtocol
import NIOCore
import Policies
import Testing

@testable import Gateway

/// No client sees a backend address, whether rules are enforced or not. Brokers 1 and 2 have a port, 3 has none.
@Suite struct AddressRewritingTests {
    static let rules: [ACLRuleSet?] = {
        do {
            return [nil, try OracleWorld.shared.rules(for: "admin", actsAsBroker: false)]
        } catch {
            Issue.record(error)
            return []
        }
    }()

    private func rewritten<Request: KafkaMessage, Response: KafkaMessage>(
        _ request: Request, _ response: Response, _ version: Int16, _ rules: ACLRuleSet?
    ) throws -> (message: Response, unmapped: [Int32]) {
        let facts = SessionFacts.test(rules: rules)
        facts.topicNames.learn(KafkaUUID(high: 1, low: 1), "t")
        var body = ByteBuffer()
        request.encode(into: &body, version: version)
        let plan = try RequestEvaluator.plan(api: Request.apiKey, version: version, body: body, facts: facts)
        #expect(plan.verdict == .forward)
        var answer = ByteBuffer()
        response.encode(into: &answer, version: version)
        let result = try plan.response.apply(to: answer, version: version, facts: facts)
        var bytes = result.body
        #expect(!String(buffer: bytes).contains("backend"), "\(Request.apiKey) v\(version)")
        let message = try Response(from: &bytes, version: version)
        #expect(bytes.readableBytes == 0)
        return (message, result.unmappedBrokers)
    }

    @Test(arguments: 0...13)
    func `Metadata leaves brokers without a port out`(number: Int) throws {
        let version = Int16(number)
        var response = MetadataResponse()
        response.controllerId = 3
        response.brokers = [3, 1, 2].map { (id: Int32) in
            var broker = MetadataResponse.MetadataResponseBroker()
            broker.nodeId = id
            broker.host = "backend-\(id)"
            broker.port = 9_092
            return broker
        }
        var topic = MetadataResponse.MetadataResponseTopic()
        topic.name = "t"
        topic.partitions = [1, 3, -1].map { (leader: Int32) in
            var partition = MetadataResponse.MetadataResponsePartition()
            partition.leaderId = leader
            partition.errorCode = leader < 0 ? KafkaErrorCode.leaderNotAvailable.rawValue : 0
            partition.replicaNodes = [1, 3]
            return partition
        }
        response.topics = [topic]
        var request = MetadataRequest()
        request.topics = nil
        if version == 0 { request.topics = [] }
        for rules in Self.rules {
            let (message, unmapped) = try self.rewritten(request, response, version, rules)
            #expect(message.brokers.map(\.nodeId) == [1, 2])
            #expect(message.brokers.map(\.host) == ["127.0.0.1", "127.0.0.1"])
            #expect(message.brokers.map(\.port) == [29_291, 29_292])
            if version >= 1 { #expect(message.controllerId == 1) }
            #expect(message.topics.first?.partitions.map(\.leaderId) == [1, -1, -1])
            #expect(message.topics.first?.partitions.map(\.errorCode) == [0, 5, 5])
            #expect(unmapped == [3])
        }
    }

    @Test(arguments: 0...2)
    func `DescribeCluster tells the addresses of this listener`(number: Int) throws {
        var response = DescribeClusterResponse()
        response.controllerId = 2
        response.brokers = [1, 2, 3].map { (id: Int32) in
            var broker = DescribeClusterResponse.DescribeClusterBroker()
            broker.brokerId = id
            broker.host = "backend-\(id)"
            return broker
        }
        for rules in Self.rules {
            let (message, unmapped) = try self.rewritten(DescribeClusterRequest(), response, Int16(number), rules)
            #expect(message.brokers.map(\.port) == [29_291, 29_292])
            #expect(message.controllerId == 2)
            #expect(unmapped == [3])
        }
    }

    @Test(arguments: 0...6)
    func `FindCoordinator tells the coordinator's address here, or that there is none`(number: Int) throws {
        let version = Int16(number)
        for (node, code, port) in [(Int32(1), Int16(0), Int32(29_291)), (3, 15, -1), (-1, 15, -1)] {
            var request = FindCoordinatorRequest()
            request.key = "g"
            request.coordinatorKeys = ["g"]
            var response = FindCoordinatorResponse()
            response.nodeId = node
            response.host = node < 0 ? "" : "backend"
            response.port = node < 0 ? -1 : 9_092
            response.errorCode = node < 0 ? 15 : 0
            var row = FindCoordinatorResponse.Coordinator()
            row.key = "g"
            row.nodeId = response.nodeId
            row.host = response.host
            row.port = response.port
            row.errorCode = response.errorCode
            response.coordinators = [row]
            for rules in Self.rules {
                let (message, unmapped) = try self.rewritten(request, response, version, rules)
                let found = message.coordinators.first ?? row
                #expect((version < 4 ? message.errorCode : found.errorCode) == code)
                #expect((version < 4 ? message.port : found.port) == port)
                #expect((version < 4 ? message.nodeId : found.nodeId) == (code == 0 ? node : -1))
                #expect(unmapped == (node == 3 ? [3] : []))
            }
        }
    }

    @Test(arguments: 10...13)
    func `Produce tells moved leaders that the client can reach`(number: Int) throws {
        var request = ProduceRequest()
        request.acks = -1
        var response = ProduceResponse()
        response.nodeEndpoints = [2, 3].map { (id: Int32) in
            var node = ProduceResponse.NodeEndpoint()
            node.nodeId = id
            node.host = "backend-\(id)"
            return node
        }
        var topic = ProduceResponse.TopicProduceResponse()
        topic.partitionResponses = [2, 3].map { (leader: Int32) in
            var partition = ProduceResponse.PartitionProduceResponse()
            partition.currentLeader.leaderId = leader
            partition.currentLeader.leaderEpoch = 4
            return partition
        }
        response.responses = [topic]
        for rules in Self.rules {
            let (message, unmapped) = try self.rewritten(request, response, Int16(number), rules)
            #expect(message.nodeEndpoints.map(\.nodeId) == [2])
            #expect(message.nodeEndpoints.map(\.port) == [29_292])
            #expect(message.responses.first?.partitionResponses.map(\.currentLeader.leaderId) == [2, -1])
            #expect(message.responses.first?.partitionResponses.map(\.currentLeader.leaderEpoch) == [4, -1])
            #expect(unmapped == [3])
        }
    }

    @Test(arguments: 16...18)
    func `Fetch tells moved leaders that the client can reach`(number: Int) throws {
        var response = FetchResponse()
        response.nodeEndpoints = [2, 3].map { (id: Int32) in
            var node = FetchResponse.NodeEndpoint()
            node.nodeId = id
            node.host = "backend-\(id)"
            return node
        }
        var topic = FetchResponse.FetchableTopicResponse()
        topic.topicId = KafkaUUID(high: 1, low: 1)
        topic.partitions = [2, 3].map { (leader: Int32) in
            var partition = FetchResponse.PartitionData()
            partition.currentLeader.leaderId = leader
            partition.records = ByteBuffer(string: "records")
            return partition
        }
        response.responses = [topic]
        for rules in Self.rules {
            let (message, unmapped) = try self.rewritten(FetchRequest(), response, Int16(number), rules)
            #expect(message.nodeEndpoints.map(\.port) == [29_292])
            #expect(message.responses.first?.partitions.map(\.currentLeader.leaderId) == [2, -1])
            #expect(message.responses.first?.partitions.first?.records == ByteBuffer(string: "records"))
            #expect(unmapped == [3])
        }
    }

    @Test func `nothing but the way of a request without addresses is looked at where nothing is enforced`() throws {
        let facts = SessionFacts.test(rules: nil)
        for row in APITable.rows where row.plan != nil && !row.looksAtRequests(enforcing: false) {
            // Not even a body that is none.
            let plan = try RequestEvaluator.plan(
                api: row.api, version: row.versions.upperBound, body: ByteBuffer(), facts: facts)
            #expect(plan == .forward())
        }
    }
}
