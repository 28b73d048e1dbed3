import KafkaProtocol
import NIOCore
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway

/// No name goes on without permission, no address and no hidden name comes back: for every field of every version, by
/// what ``FieldTable`` says of it.
@Suite struct FieldWalkTests {
    private static let rows = APITable.rows.filter { $0.plan != nil }
    private static let messagesPerVersion: UInt64 = 12
    /// A topic id that the session knows, and the name of its topic.
    private static let id = KafkaUUID(high: 0xABAB_ABAB_ABAB_ABAB, low: 0xCDCD_CDCD_CDCD_CDCD)
    private static let idBytes = [UInt8](repeating: 0xAB, count: 8) + [UInt8](repeating: 0xCD, count: 8)

    @Test func `every field that could tell an address, a name or an id has a treatment`() throws {
        var paths: Set<String> = []
        for schema in try MessageSchema.all() where schema.apiKey != nil {
            for path in FieldWalk.tellingPaths(of: schema.fields) { paths.insert("\(schema.title) \(path)") }
        }
        let declared = Set(FieldTable.treatments.keys)
        #expect(paths.subtracting(declared).sorted() == [], "fields without an entry")
        #expect(declared.subtracting(paths).sorted() == [], "entries without a field")
    }

    @Test func `every API that has messages has a row`() throws {
        let keys = Set(try MessageSchema.all().compactMap(\.apiKey))
        #expect(keys == Set(APITable.rows.map(\.api.rawValue)))
    }

    @Test(arguments: Self.rows.filter { $0.request != .never }.map(\.api.rawValue))
    func `no name goes on without permission`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let schema = try #require(MessageSchema.requests[key])
        // With nothing allowed, and with all but topics allowed, so that the topics are what is looked at.
        let some = try OracleWorld.ruleSet([
            OracleWorld.rule(.group, .allow, .all, "hidden-group"),
            OracleWorld.rule(.transactionalID, .allow, .all, "hidden-transaction"),
        ])
        for (rules, markers) in [
            (try OracleWorld.ruleSet([]), ["hidden-topic", "hidden-group", "hidden-transaction"]),
            (some, ["hidden-topic"]),
        ] {
            for version in row.versions {
                for seed in 0..<Self.messagesPerVersion {
                    let message = Self.message(schema, version, seed, name: "hidden")
                    let facts = Self.facts(rules, name: "hidden-topic")
                    let forwarded = try Self.forwarded(
                        row.api, version, schema.encode(message, version: version), facts)
                    guard let bytes = forwarded?.body else { continue }
                    let text = String(buffer: bytes)
                    for marker in markers {
                        #expect(!text.contains(marker), "\(row.api) v\(version), message \(seed): \(marker) goes on")
                    }
                    #expect(!Self.holdsID(bytes), "\(row.api) v\(version), message \(seed): the topic's id goes on")
                }
            }
        }
    }

    @Test(arguments: Self.rows.filter { Self.holds(.filtered, $0.api) }.map(\.api.rawValue))
    func `no name comes back without permission`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let responses = try #require(MessageSchema.responses[key])
        let rules = try OracleWorld.ruleSet([
            OracleWorld.rule(.group, .allow, .all, "open-group"), OracleWorld.rule(.topic, .allow, .all, "open-topic"),
            OracleWorld.rule(.transactionalID, .allow, .all, "open-transaction"),
        ])
        var proven = 0
        for version in row.versions {
            for seed in 0..<Self.messagesPerVersion {
                var request = Self.message(requests, version, seed, name: "open")
                // All topics are asked for; by name they are judged before.
                guard Self.asksForAll(&request, row.api, version) else { continue }
                let facts = Self.facts(rules, name: "open-topic")
                guard
                    let forwarded = try Self.forwarded(
                        row.api, version, requests.encode(request, version: version), facts)
                else { continue }
                let response = Self.response(responses, version, seed, hidden: true)
                let body = responses.encode(response, version: version)
                let result = try forwarded.response.apply(to: body, version: version, facts: facts).body
                #expect(!String(buffer: result).contains("hidden"), "\(row.api) v\(version), message \(seed)")
                if String(buffer: body).contains("hidden") { proven += 1 }
            }
        }
        #expect(proven > 0)
    }

    @Test(arguments: Self.rows.filter { Self.holds(.address, $0.api) }.map(\.api.rawValue))
    func `no address of a broker comes back, whether rules are enforced or not`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let responses = try #require(MessageSchema.responses[key])
        var proven = 0
        for rules in AddressRewritingTests.rules {
            for version in row.versions {
                for seed in 0..<Self.messagesPerVersion {
                    let facts = Self.facts(rules, name: "open-topic")
                    let request = Self.message(requests, version, seed, name: "open")
                    guard
                        let forwarded = try Self.forwarded(
                            row.api, version, requests.encode(request, version: version), facts)
                    else { continue }
                    let body = responses.encode(
                        Self.response(responses, version, seed, hidden: false), version: version)
                    let result = try forwarded.response.apply(to: body, version: version, facts: facts).body
                    #expect(!String(buffer: result).contains("backend"), "\(row.api) v\(version), message \(seed)")
                    let decoded = try responses.decode(result, version: version)
                    for path in FieldWalk.tellingPaths(of: responses.fields)
                    where path.hasSuffix("Port") && responses.treatment(of: path) == .address {
                        for port in FieldWalk.values(decoded, responses.fields, at: path) {
                            // A field that the version does not carry is at its default.
                            #expect(
                                [29_291, 29_292, -1, 0].map(SchemaValue.integer).contains(port), "\(row.api) \(path)")
                        }
                    }
                    if String(buffer: body).contains("backend") { proven += 1 }
                }
            }
        }
        #expect(proven > 0)
    }

    /// Those that a broker is known to give the addresses of its connections in.
    @Test(arguments: [
        APIKey.describeAcls, .createAcls, .deleteAcls, .electLeaders, .alterPartitionReassignments,
        .listPartitionReassignments, .alterUserScramCredentials, .updateFeatures, .unregisterBroker,
    ])
    func `no text for people tells the address of a broker's connection`(api: APIKey) throws {
        let row = try #require(APITable.row(api))
        let requests = try #require(MessageSchema.requests[api.rawValue])
        let responses = try #require(MessageSchema.responses[api.rawValue])
        var proven = 0
        for rules in AddressRewritingTests.rules {
            for version in row.versions {
                for seed in 0..<Self.messagesPerVersion {
                    let facts = Self.facts(rules, name: "open-topic")
                    let request = requests.encode(Self.message(requests, version, seed, name: "open"), version: version)
                    guard let forwarded = try Self.forwarded(api, version, request, facts) else { continue }
                    let plain = Self.response(responses, version, seed, hidden: false)
                    let response = FieldWalk.mapped(plain, responses.fields) { path, _, value in
                        responses.treatment(of: path) == .text
                            ? .string("Request(connectionId=backend:9092) needs ALTER permission.") : value
                    }
                    let body = responses.encode(response, version: version)
                    let result = try forwarded.response.apply(to: body, version: version, facts: facts).body
                    #expect(!String(buffer: result).contains("backend"), "\(api) v\(version), message \(seed)")
                    if String(buffer: body).contains("backend") { proven += 1 }
                    // Other texts are the backend's own.
                    let other = responses.encode(plain, version: version)
                    #expect(try forwarded.response.apply(to: other, version: version, facts: facts).body == other)
                }
            }
        }
        #expect(proven > 0)
    }

    // MARK: Messages

    private static func holds(_ treatment: FieldTable.Treatment, _ api: APIKey) -> Bool {
        guard let schema = MessageSchema.responses[api.rawValue] else { return false }
        return FieldWalk.tellingPaths(of: schema.fields).contains { schema.treatment(of: $0) == treatment }
    }

    /// A random request in which each field names what its treatment says.
    private static func message(
        _ schema: MessageSchema, _ version: Int16, _ seed: UInt64, name: String
    ) -> SchemaValue.Structure {
        var generator = ValueGenerator(seed: seed, hasUnknownTags: false)
        var random = SeededGenerator(seed: seed &+ 77)
        return FieldWalk.mapped(generator.message(schema, version: version), schema.fields) { path, field, value in
            switch schema.treatment(of: path) {
            case .topic: return .string("\(name)-topic")
            case .group, .coordinator: return .string("\(name)-group")
            case .transactionalID: return .string("\(name)-transaction")
            case .resource: return .string("\(name)-topic")
            case .topicID: return .uuid(Self.idBytes)
            case .cursor: return .string("a")
            case .node: return .integer(-1)
            case .judgedInAnswer: return .uuid([UInt8](repeating: 0, count: 16))
            default: break
            }
            switch field.name {
            case "ResourceType": return .integer([2, 4].randomElement(using: &random) ?? 2)
            case "KeyType": return .integer(0)
            case "ShareSessionEpoch", "SessionEpoch": return .integer([0, -1].randomElement(using: &random) ?? 0)
            case "MemberEpoch": return .integer(0)
            case "Acks", "EndpointType": return .integer(1)
            default: return value
            }
        }
    }

    /// A random answer without errors, from brokers 1, 2 and (without a port here) 3.
    private static func response(
        _ schema: MessageSchema, _ version: Int16, _ seed: UInt64, hidden: Bool
    ) -> SchemaValue.Structure {
        var generator = ValueGenerator(seed: seed &+ 1_000, hasUnknownTags: false)
        var random = SeededGenerator(seed: seed &+ 78)
        return FieldWalk.mapped(generator.message(schema, version: version), schema.fields) { path, field, value in
            switch schema.treatment(of: path) {
            case .filtered where field.type == "string":
                let kind =
                    field.entity == "groupId" ? "group" : field.entity == "transactionalId" ? "transaction" : "topic"
                return .string(hidden && Bool.random(using: &random) ? "hidden-\(kind)" : "open-\(kind)")
            case .asked where field.type == "string":
                let kind =
                    field.entity == "groupId" ? "group" : field.entity == "transactionalId" ? "transaction" : "topic"
                return .string("open-\(kind)")
            case .asked, .filtered: return .uuid(Self.idBytes)
            case .address: return field.type == "string" ? .string("backend") : .integer(54_321)
            case .node: return .integer(Int64.random(in: 1...3, using: &random))
            default: return field.name == "ErrorCode" ? .integer(0) : value
            }
        }
    }

    /// - Returns: false when this version cannot ask for all.
    private static func asksForAll(_ request: inout SchemaValue.Structure, _ api: APIKey, _ version: Int16) -> Bool {
        switch api {
        case .offsetFetch where version < 2: return false
        case .offsetFetch where version < 8:
            request.fields["Topics"] = .null
        case .offsetFetch, .describeShareGroupOffsets:
            guard case .array(let groups)? = request.fields["Groups"], !groups.isEmpty else { return false }
            request.fields["Groups"] = .array(
                groups.map { group in
                    guard case .structure(var group) = group else { return group }
                    group.fields["Topics"] = .null
                    return .structure(group)
                })
        default: break
        }
        return true
    }

    private static func holdsID(_ bytes: ByteBuffer) -> Bool {
        let all = Array(bytes.readableBytesView)
        guard all.count >= 16 else { return false }
        return (0...(all.count - 16)).contains { all[$0] == 0xAB && Array(all[$0..<($0 + 16)]) == Self.idBytes }
    }

    // MARK: Evaluation

    private static func facts(_ rules: ACLRuleSet?, name: String) -> SessionFacts {
        let facts = SessionFacts.test(rules: rules)
        facts.topicNames.learn(Self.id, name)
        return facts
    }

    /// - Returns: what goes on, and what is to be done with the answer; nil when nothing goes on or no answer comes.
    private static func forwarded(
        _ api: APIKey, _ version: Int16, _ body: ByteBuffer, _ facts: SessionFacts
    ) throws -> (body: ByteBuffer, response: ResponsePlan)? {
        var plan = try RequestEvaluator.plan(api: api, version: version, body: body, facts: facts)
        if case .ask = plan.verdict {
            var answers = TopicAnswers()
            answers.list = TopicList(names: ["hidden-topic", "open-topic"])
            plan = try RequestEvaluator.plan(api: api, version: version, body: body, facts: facts, answers: answers)
            if case .match(let question) = plan.verdict {
                answers.matches = question.matches()
                plan = try RequestEvaluator.plan(
                    api: api, version: version, body: body, facts: facts, answers: answers)
            }
        }
        switch plan.verdict {
        case .forward: return plan.expectsResponse ? (body, plan.response) : nil
        case .forwardRewritten(let body): return plan.expectsResponse ? (body, plan.response) : nil
        case .answer, .close, .ask, .match: return nil
        }
    }
}
