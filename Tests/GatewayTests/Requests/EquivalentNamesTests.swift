import KafkaProtocol
import NIOCore
import Policies
import Resources
import Testing

@testable import Gateway

/// Spellings that Swift takes for one text and Kafka for two: no decision about one serves the other.
@Suite struct EquivalentNamesTests {
    private static let spellings = [
        "caf\u{e9}", "cafe\u{301}", "\u{212b}", "\u{c5}", "A\u{30a}", "s\u{323}\u{307}", "s\u{307}\u{323}", "\u{1e69}",
        "plain", "\u{ac00}", "\u{1100}\u{1161}",
    ]

    /// What rules of exact names say, by bytes.
    private struct Model {
        var allowed: Set<[UInt8]>

        func allows(_ name: String) -> Bool { self.allowed.contains(Array(name.utf8)) }
    }

    private func rules(_ type: ResourceType, _ names: [String]) -> [ACLRule] {
        [
            ACLRule(
                resourceType: type, action: .allow, operations: [.read, .write, .describe, .delete],
                resourceNames: .globs(names))
        ]
    }

    @Test(arguments: [ResourceType.topic, .group, .transactionalID])
    func `random questions about spellings get the answers of their bytes`(type: ResourceType) throws {
        for _ in 0..<40 {
            let allowed = Self.spellings.filter { _ in Bool.random() }
            let model = Model(allowed: Set(allowed.map { Array($0.utf8) }))
            let authorizer = SessionAuthorizer(rules: try OracleWorld.ruleSet(self.rules(type, allowed)))
            for _ in 0..<60 {
                if Bool.random() { authorizer.beginRequest(api: .metadata) }
                let name = Self.spellings.randomElement() ?? ""
                #expect(authorizer.allows(.read, type, name) == model.allows(name), "\(Array(name.utf8))")
            }
        }
    }

    @Test func `one request that names all spellings gets a row for each, decided by its bytes`() throws {
        for _ in 0..<40 {
            let allowed = Self.spellings.filter { _ in Bool.random() }
            let model = Model(allowed: Set(allowed.map { Array($0.utf8) }))
            let facts = SessionFacts(
                authorizer: SessionAuthorizer(rules: try OracleWorld.ruleSet(self.rules(.group, allowed))),
                endpoints: SessionFacts.test(rules: nil).endpoints, topicNames: TopicNames())
            var request = DeleteGroupsRequest()
            request.groupsNames = Self.spellings.shuffled()
            var body = ByteBuffer()
            request.encode(into: &body, version: 2)
            let plan = try RequestEvaluator.plan(api: .deleteGroups, version: 2, body: body, facts: facts)
            var forwarded: [String] = []
            var refused: [String] = []
            switch plan.verdict {
            case .forward:
                forwarded = request.groupsNames
            case .forwardRewritten(var rest):
                forwarded = try DeleteGroupsRequest(from: &rest, version: 2).groupsNames
                if case .deleteGroups(let rows) = plan.response { refused = rows.rows.map(\.groupId) }
            case .answer(var answer):
                refused = try DeleteGroupsResponse(from: &answer, version: 2).results.map(\.groupId)
            case .close, .ask, .match:
                Issue.record("unexpected: \(plan.verdict)")
            }
            #expect(forwarded.wireNames == Self.spellings.filter(model.allows).wireNames)
            #expect(refused.wireNames == Self.spellings.filter { !model.allows($0) }.wireNames)
        }
    }

    @Test func `members of groups and names of topics are remembered by their bytes`() {
        var memory = MemberMemory<Int>()
        memory[GroupMember(group: "caf\u{e9}", member: "m")] = 1
        memory[GroupMember(group: "cafe\u{301}", member: "m")] = 2
        #expect(memory[GroupMember(group: "caf\u{e9}", member: "m")] == 1)
        #expect(memory[GroupMember(group: "cafe\u{301}", member: "m")] == 2)
        let names = TopicNames()
        let (first, second) = (KafkaUUID.random(), KafkaUUID.random())
        names.learn(first, "caf\u{e9}")
        names.learn(second, "cafe\u{301}")
        #expect(names.name(of: first).map { $0.hasSameBytes(as: "caf\u{e9}") } == true)
        #expect(names.name(of: second).map { $0.hasSameBytes(as: "cafe\u{301}") } == true)
    }

    // MARK: Names and ids

    @Test func `a topic named like an id does not open the topic of that id`() throws {
        // Sixteen letters: as an id, and as a name.
        let wire = ByteBuffer(string: "ABCDEFGHIJKLMNOP")
        var reading = wire
        let id = try #require(KafkaUUID(readingFrom: &reading))
        let names = TopicNames()
        names.learn(id, "secret")
        let facts = SessionFacts(
            authorizer: SessionAuthorizer(
                rules: try OracleWorld.ruleSet([
                    OracleWorld.rule(.topic, .allow, .write, "*"), OracleWorld.rule(.topic, .deny, .write, "secret"),
                ])), endpoints: SessionFacts.test(rules: nil).endpoints, topicNames: names)
        func outline(names: [ByteBuffer], ids: [ByteBuffer]) -> ProduceScanner.Outline {
            .init(acks: 1, isTransactional: false, names: names, ids: ids)
        }
        var hot = HotTopics()
        _ = hot.allowsWriting(outline(names: [wire], ids: []), facts: facts)
        let isFoundByID = hot.allowsWriting(outline(names: [], ids: [wire]), facts: facts)
        #expect(!isFoundByID)
        // The other way round: an allowed id does not open a name.
        let openWire = ByteBuffer(string: "abcdefghijklmnop")
        reading = openWire
        names.learn(try #require(KafkaUUID(readingFrom: &reading)), "open")
        let isOpen = hot.allowsWriting(outline(names: [], ids: [openWire]), facts: facts)
        #expect(isOpen)
        for _ in 0..<3 {
            let isAllowed = hot.allowsWriting(outline(names: [], ids: [wire]), facts: facts)
            #expect(!isAllowed)
        }
    }

    @Test func `bytes that are no text are never found among the names`() throws {
        let facts = SessionFacts(
            authorizer: SessionAuthorizer(
                rules: try OracleWorld.ruleSet([OracleWorld.rule(.topic, .allow, .write, "*")])),
            endpoints: SessionFacts.test(rules: nil).endpoints, topicNames: TopicNames())
        var hot = HotTopics()
        let outline = ProduceScanner.Outline(
            acks: 1, isTransactional: false, names: [ByteBuffer(bytes: [0x61, 0xff, 0x62])], ids: [])
        let isAllowed = hot.allowsWriting(outline, facts: facts)
        #expect(!isAllowed)
    }

    // MARK: Long names

    @Test func `decisions about long names are not kept, and count once in a request`() throws {
        var told = 0
        let authorizer = SessionAuthorizer(rules: try OracleWorld.ruleSet([])) { _ in told += 1 }
        for number in 0..<100 {
            authorizer.beginRequest(api: .findCoordinator)
            let name = String(repeating: "x", count: 32_000) + "\(number)"
            for _ in 0..<3 { #expect(!authorizer.allows(.describe, .group, name)) }
        }
        #expect(told == 100)
        #expect(authorizer.cachedDecisions == 0)
    }

    @Test func `the names of kept decisions take a bounded number of bytes`() throws {
        let authorizer = SessionAuthorizer(rules: try OracleWorld.ruleSet([]))
        for number in 0..<5_000 {
            _ = authorizer.allows(.describe, .group, String(repeating: "x", count: 240) + "\(number)")
            #expect(authorizer.cachedDecisions * 240 <= SessionAuthorizer.maximumCachedBytes)
        }
        for number in 0..<5_000 { _ = authorizer.allows(.describe, .group, "\(number)") }
        #expect(authorizer.cachedDecisions <= SessionAuthorizer.capacity)
    }
}
