import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// Answers that no recording shows.
@Suite struct LocalAnswerTests {
    private func plan(_ request: some KafkaMessage, _ version: Int16, _ facts: SessionFacts) throws -> RequestPlan {
        var body = ByteBuffer()
        request.encode(into: &body, version: version)
        let api = type(of: request).apiKey
        return try RequestEvaluator.plan(api: api, version: version, body: body, facts: facts)
    }

    private func answer<Response: KafkaMessage>(_ plan: RequestPlan, _ version: Int16) throws -> Response? {
        guard case .answer(var body) = plan.verdict else { return nil }
        return try Response(from: &body, version: version)
    }

    private static func refusing() throws -> SessionFacts { .test(rules: try OracleWorld.ruleSet([])) }

    @Test(arguments: [Int16(1), 2, 3])
    func `the backend's own access control lists are not the client's`(version: Int16) throws {
        let facts = try Self.refusing()
        let described: DescribeAclsResponse? = try self.answer(
            self.plan(DescribeAclsRequest(), version, facts), version)
        #expect(described?.errorCode == KafkaErrorCode.securityDisabled.rawValue)
        var creation = CreateAclsRequest()
        creation.creations = [.init(), .init()]
        let created: CreateAclsResponse? = try self.answer(self.plan(creation, version, facts), version)
        #expect(created?.results.map(\.errorCode) == [54, 54])
        var deletion = DeleteAclsRequest()
        deletion.filters = [.init()]
        let deleted: DeleteAclsResponse? = try self.answer(self.plan(deletion, version, facts), version)
        #expect(deleted?.filterResults.map(\.errorCode) == [54])
    }

    @Test func `what only brokers send closes the connection`() throws {
        let refusing = try Self.refusing()
        let facts = [refusing, .test(rules: nil)]
        for facts in facts {
            for key in [Int16(4), 7, 52, 58, 62, 82, 83, 87, 93, -1] {
                let api = APIKey(rawValue: key)
                let plan = try RequestEvaluator.plan(api: api, version: 0, body: ByteBuffer(), facts: facts)
                #expect(plan.verdict == .close("\(api) is not offered."))
                #expect(!APITable.isAnsweredWhenNotOffered(api))
            }
        }
        let plan = try RequestEvaluator.plan(api: .metadata, version: 14, body: ByteBuffer(), facts: refusing)
        #expect(plan.verdict == .close("Metadata version 14 is not offered; versions 0...13 are."))
    }

    @Test(arguments: [APIKey.describeAcls, .createAcls, .deleteAcls, .createDelegationToken, .describeDelegationToken])
    func `a backend that judges its clients itself gets their commands about rules and tokens`(api: APIKey) throws {
        let facts = SessionFacts.test(rules: nil)
        #expect(!APITable.isAnsweredWhenNotOffered(api))
        let plan = try RequestEvaluator.plan(api: api, version: 2, body: ByteBuffer(), facts: facts)
        #expect(plan.verdict == .forward)
    }

    @Test func `telemetry goes on also when it is not listed`() throws {
        for facts in [try Self.refusing(), .test(rules: nil)] {
            for api in [APIKey.getTelemetrySubscriptions, .pushTelemetry] {
                #expect(APITable.isAnsweredWhenNotOffered(api))
                let plan = try RequestEvaluator.plan(api: api, version: 0, body: ByteBuffer(), facts: facts)
                #expect(plan == .forward())
            }
        }
    }

    @Test func `a controller's endpoints are nobody's business`() throws {
        for facts in [try Self.refusing(), .test(rules: nil)] {
            var request = DescribeClusterRequest()
            request.endpointType = 2
            let answer: DescribeClusterResponse? = try self.answer(self.plan(request, 1, facts), 1)
            #expect(answer?.errorCode == KafkaErrorCode.mismatchedEndpointType.rawValue)
            #expect(answer?.brokers.isEmpty == true)
        }
    }

    @Test func `Metadata by id before version 12 is refused topic by topic`() throws {
        var request = MetadataRequest()
        request.topics = [.init(), .init()]
        request.topics?[0].name = nil
        request.topics?[0].topicId = KafkaUUID(high: 1, low: 1)
        request.topics?[1].name = "t"
        let answer: MetadataResponse? = try self.answer(self.plan(request, 10, Self.refusing()), 10)
        #expect(answer?.topics.map(\.errorCode) == [42, 42])
        #expect(answer?.topics.map(\.name) == ["", "t"])
    }

    @Test func `all offsets by id are asked for once the ids have names`() throws {
        let facts = SessionFacts.test(
            rules: try OracleWorld.ruleSet([
                OracleWorld.rule(.group, .allow, .read, "g"), OracleWorld.rule(.topic, .allow, .read, "t"),
            ]))
        var request = OffsetFetchRequest()
        request.groups = [.init()]
        request.groups[0].groupId = "g"
        request.groups[0].topics = nil
        var body = ByteBuffer()
        request.encode(into: &body, version: 10)
        let first = try RequestEvaluator.plan(api: .offsetFetch, version: 10, body: body, facts: facts)
        #expect(first.verdict == .ask(.all))
        let (known, unknown) = (KafkaUUID(high: 1, low: 1), KafkaUUID(high: 2, low: 2))
        facts.topicNames.learn(known, "t")
        let second = try RequestEvaluator.plan(
            api: .offsetFetch, version: 10, body: body, facts: facts, answers: TopicAnswers())
        #expect(second.verdict == .forward)
        var response = OffsetFetchResponse()
        response.groups = [.init()]
        response.groups[0].groupId = "g"
        response.groups[0].topics = [known, unknown].map { id in
            var topic = OffsetFetchResponse.OffsetFetchResponseTopics()
            topic.topicId = id
            return topic
        }
        var bytes = ByteBuffer()
        response.encode(into: &bytes, version: 10)
        var merged = try second.response.apply(to: bytes, version: 10, facts: facts).body
        let message = try OffsetFetchResponse(from: &merged, version: 10)
        #expect(message.groups.first?.topics.map(\.topicId) == [known])
    }

    @Test func `the ids of created topics are learned, those of a trial are not`() throws {
        let facts = SessionFacts.test(
            rules: try OracleWorld.ruleSet([OracleWorld.rule(.cluster, .allow, .create, "*")]))
        let id = KafkaUUID(high: 5, low: 5)
        for (isTrial, name) in [(true, String?.none), (false, "t")] {
            var request = CreateTopicsRequest()
            request.validateOnly = isTrial
            request.topics = [.init()]
            request.topics[0].name = "t"
            var response = CreateTopicsResponse()
            response.topics = [.init()]
            response.topics[0].name = "t"
            response.topics[0].topicId = id
            var bytes = ByteBuffer()
            response.encode(into: &bytes, version: 7)
            let plan = try self.plan(request, 7, facts)
            _ = try plan.response.apply(to: bytes, version: 7, facts: facts)
            #expect(facts.topicNames.name(of: id) == name)
        }
    }

    @Test func `the places of deleted topics in the answer tell nothing`() throws {
        var request = DeleteTopicsRequest()
        request.topicNames = (0..<40).map { "t\($0)" }
        let answer: DeleteTopicsResponse? = try self.answer(self.plan(request, 1, Self.refusing()), 1)
        let names = answer?.responses.map { $0.name ?? "" } ?? []
        #expect(Set(names) == Set(request.topicNames))
        #expect(names != request.topicNames)
    }

    @Test func `Produce without acks expects no answer, with rules and without`() throws {
        var request = ProduceRequest()
        for facts in [SessionFacts.test(rules: nil), try Self.refusing()] {
            request.acks = 0
            #expect(try !self.plan(request, 9, facts).expectsResponse)
            request.acks = 1
            #expect(try self.plan(request, 9, facts).expectsResponse)
        }
        #expect(ProduceHandler.responsePlanWhenAllAllowed(version: 9) == .passThrough)
        #expect(ProduceHandler.responsePlanWhenAllAllowed(version: 10).onlyRewritesEndpoints)
    }
}
