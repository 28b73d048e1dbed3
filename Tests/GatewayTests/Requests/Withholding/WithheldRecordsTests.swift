import Foundation
import KafkaProtocol
import NIOCore
import NIOEmbedded
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway

/// No record of a topic that the rules in force deny reaches a client, whatever was remembered or allowed before.
@Suite struct WithheldRecordsTests {
    static let topics = LargeProduceTests.ids.keys.sorted()

    static func rules(reading topics: some Sequence<String>) -> [ACLRule] {
        topics.map { OracleWorld.rule(.topic, .allow, .read, $0) } + [OracleWorld.rule(.group, .allow, .read, "g")]
    }

    /// A client, a session, and a backend whose answers may wait.
    private struct World {
        let fixture: SessionFixture
        let version: Int16
        var random: SeededGenerator
        var broker = RememberingBroker()
        /// What the client may read; nil where nothing is enforced.
        var readable: Set<String>?
        /// Answers that have not come, each with what was readable when its request came.
        var waiting: [(asked: RememberingBroker.Asked, readable: Set<String>?)] = []
        var sessionIDs: [Int32] = [0]
        var correlationID: Int32 = 0
        var delivered = 0
        var withheld = 0
        var unread = ByteBuffer()

        init(version: Int16, seed: UInt64) throws {
            self.version = version
            self.random = SeededGenerator(seed: seed)
            self.readable = Set(WithheldRecordsTests.topics)
            self.fixture = try SessionFixture(rules: WithheldRecordsTests.rules(reading: WithheldRecordsTests.topics))
        }

        private mutating func some() -> [String] {
            WithheldRecordsTests.topics.filter { _ in Bool.random(using: &self.random) }
        }

        mutating func changeRules() throws {
            self.readable = Int.random(in: 0..<3, using: &self.random) == 0 ? nil : Set(self.some())
            try self.fixture.enforce(self.readable.map { WithheldRecordsTests.rules(reading: $0.sorted()) })
        }

        mutating func fetch() throws {
            var request = FetchRequest()
            request.sessionId = self.sessionIDs.randomElement(using: &self.random) ?? 0
            request.sessionEpoch = request.sessionId == 0 ? [-1, 0].randomElement(using: &self.random) ?? 0 : 1
            request.topics = self.some().map { name in
                var topic = FetchRequest.FetchTopic()
                topic.topic = name
                topic.topicId = LargeProduceTests.ids[name] ?? .zero
                topic.partitions = [.init()]
                return topic
            }
            if request.sessionEpoch > 0, Bool.random(using: &self.random) {
                request.forgottenTopicsData = self.some().map { name in
                    var topic = FetchRequest.ForgottenTopic()
                    topic.topic = name
                    topic.topicId = LargeProduceTests.ids[name] ?? .zero
                    topic.partitions = [0]
                    return topic
                }
            }
            try self.send(request, version: self.version)
        }

        mutating func shareFetch() throws {
            var request = ShareFetchRequest()
            request.groupId = "g"
            request.memberId = "m"
            request.shareSessionEpoch = [0, 1, 2, -1].randomElement(using: &self.random) ?? 0
            request.topics = self.some().map { name in
                var topic = ShareFetchRequest.Topic()
                topic.topicId = LargeProduceTests.ids[name] ?? .zero
                topic.partitions = [.init()]
                return topic
            }
            try self.send(request, version: self.version % 2 + 1)
        }

        private mutating func send(_ request: some KafkaMessage, version: Int16) throws {
            self.correlationID += 1
            try self.fixture.client.writeInbound(
                KafkaFrame.encodeRequest(
                    request, version: version, correlationID: self.correlationID, clientID: "test"))
            while let frame = try? self.fixture.frameSent(to: self.fixture.broker) {
                let isLarge = Int.random(in: 0..<12, using: &self.random) == 0
                let asked = try self.broker.answer(frame, recordBytes: isLarge ? 600 * 1024 : 10)
                self.waiting.append((asked, self.readable))
            }
        }

        /// An answer that waits comes from the broker.
        mutating func answer() throws {
            guard !self.waiting.isEmpty, !self.fixture.session.isClosing else { return }
            let (asked, readable) = self.waiting.removeFirst()
            var frame = ResponseFrame.make(
                body: asked.answer, api: asked.api, version: asked.version, correlationID: asked.correlationID)
            var pieces = RandomPieces(seed: UInt64(asked.correlationID), upTo: 256 * 1024)
            while let piece = pieces.cut(from: &frame) { try self.fixture.broker.writeInbound(piece) }
            let found = try self.look()
            if self.fixture.session.isClosing {
                // Only an answer that is not held ends so.
                #expect(asked.answer.readableBytes > 1024 * 1024)
                self.withheld += 1
                return
            }
            let allowed = self.readable.map { asked.topics.intersection($0) } ?? asked.topics
            // What may be read all the time is not lost either.
            if self.readable == readable { #expect(found.isSuperset(of: allowed), "v\(asked.version) \(asked.api)") }
            if allowed != asked.topics { self.withheld += 1 }
            self.delivered += found.count
        }

        /// Looks through what the client has got.
        /// - Returns: the topics of which records were found.
        @discardableResult mutating func look() throws -> Set<String> {
            let bytes = try SessionFixture.sent(self.fixture.client)
            let data = Data(bytes.readableBytesView)
            var found: Set<String> = []
            for topic in WithheldRecordsTests.topics
            where data.range(of: Data(RememberingBroker.mark(topic).utf8)) != nil {
                found.insert(topic)
                #expect(self.readable?.contains(topic) ?? true, "v\(self.version): records of \(topic)")
            }
            self.unread.writeImmutableBuffer(bytes)
            try self.learnSessions()
            return found
        }

        /// The client may go on with any session that it was ever given.
        private mutating func learnSessions() throws {
            while let size = self.unread.getInteger(at: self.unread.readerIndex, as: Int32.self),
                let frame = self.unread.getSlice(at: self.unread.readerIndex + 4, length: Int(size))
            {
                self.unread.moveReaderIndex(forwardBy: 4 + Int(size))
                let head = frame.readerIndex + 4 + (self.version >= 12 ? 1 : 0)
                guard self.version >= 7, let id = frame.getInteger(at: head + 6, as: Int32.self) else { continue }
                if !self.sessionIDs.contains(id) { self.sessionIDs.append(id) }
            }
        }
    }

    @Test(arguments: Int16(4)...18)
    func `no record is delivered that the rules in force deny, and what they allow flows`(version: Int16) throws {
        var (delivered, withheld) = (0, 0)
        for seed in 0..<UInt64(12) {
            var world = try World(version: version, seed: seed &* 19 &+ UInt64(version))
            defer { world.fixture.finish() }
            for _ in 0..<150 where !world.fixture.session.isClosing {
                switch Int.random(in: 0..<12, using: &world.random) {
                case 0: try world.changeRules()
                case 1: world.broker.add("secret")
                case 2..<5: try world.fetch()
                case 5..<7: try world.shareFetch()
                default: try world.answer()
                }
                try world.look()
            }
            delivered += world.delivered
            withheld += world.withheld
        }
        #expect(delivered > 100)
        #expect(withheld > 10)
    }

    @Test(arguments: [Int16(7), 12, 13, 18])
    func `a fetch session that passed unjudged is unknown once rules hold`(version: Int16) throws {
        let fixture = try SessionFixture(rules: Self.rules(reading: ["orders"]))
        defer { fixture.finish() }
        func fetch(_ topics: [String], session: Int32, epoch: Int32) throws -> FetchResponse? {
            var request = FetchRequest()
            request.sessionId = session
            request.sessionEpoch = epoch
            request.topics = topics.map { name in
                var topic = FetchRequest.FetchTopic()
                topic.topic = name
                topic.topicId = LargeProduceTests.ids[name] ?? .zero
                topic.partitions = [.init()]
                return topic
            }
            try fixture.client.writeInbound(
                KafkaFrame.encodeRequest(request, version: version, correlationID: 1, clientID: "test"))
            if let frame = try? fixture.frameSent(to: fixture.broker) {
                #expect(frame.readableBytes > 0)
                var answer = FetchResponse()
                answer.sessionId = 77
                try fixture.answer(answer, version: version, correlationID: 1)
            }
            var body = try fixture.frameSent(to: fixture.client)
            body.moveReaderIndex(forwardBy: version >= 12 ? 5 : 4)
            return try FetchResponse(from: &body, version: version)
        }
        #expect(try fetch(["orders"], session: 0, epoch: 0)?.sessionId == 77)
        try fixture.enforce(nil)
        #expect(try fetch(["secret"], session: 77, epoch: 1)?.sessionId == 77)
        try fixture.enforce(Self.rules(reading: ["orders"]))
        let answer = try fetch([], session: 77, epoch: 2)
        #expect(answer?.errorCode == KafkaErrorCode.fetchSessionIdNotFound.rawValue)
        #expect(try fetch(["orders"], session: 0, epoch: 0)?.sessionId == 77)
        #expect(try fetch([], session: 77, epoch: 1)?.errorCode == 0)
    }

    @Test func `all that is remembered ends when the way of judging changes, and not before`() throws {
        let memory = SessionMemory(isEnforcing: true)
        #expect(SessionMemory.kept(memory, isEnforcing: true) === memory)
        #expect(SessionMemory.kept(memory, isEnforcing: false) !== memory)
        #expect(!SessionMemory.kept(memory, isEnforcing: false).isEnforcing)
        #expect(SessionMemory.kept(nil, isEnforcing: true).isEnforcing)
    }

    @Test func `a name and an id of the same bytes are different topics, and other rules are others`() throws {
        var topics = ReadableTopics()
        let wire = ByteBuffer(repeating: 0x41, count: 16)
        _ = topics.contains(wire, isID: false, rules: 1)
        topics.insert(wire, isID: false)
        let found = [(false, UInt64(1)), (true, 1), (false, 2), (false, 1)].map { isID, rules in
            topics.contains(wire, isID: isID, rules: rules)
        }
        #expect(found == [true, false, false, false])
    }

    @Test func `readable topics take a bounded number of bytes, and are found in any order`() throws {
        var topics = ReadableTopics()
        var random = SeededGenerator(seed: 1)
        _ = topics.contains(ByteBuffer(), isID: false, rules: 1)
        var kept: Set<String> = []
        for number in 0..<40 {
            let name = "topic-\(number)"
            topics.insert(ByteBuffer(string: name), isID: false)
            kept.insert(name)
        }
        for _ in 0..<200 {
            let name = "topic-\(Int.random(in: 0..<80, using: &random))"
            let isFound = topics.contains(ByteBuffer(string: name), isID: false, rules: 1)
            #expect(isFound == kept.contains(name))
        }
        for number in 0..<10_000 {
            topics.insert(ByteBuffer(string: String(repeating: "x", count: number % 300)), isID: false)
        }
        #expect(MemoryLayout<ReadableTopics>.size < 64)
        #expect(topics.keptBytes <= ReadableTopics.capacity)
    }
}

extension SessionFixture {
    /// Puts other rules in force, as a change of the configuration does; nil: `passthrough`.
    func enforce(_ rules: [ACLRule]?) throws {
        let before = self.session.virtualCluster
        var virtualCluster = before.virtualCluster
        virtualCluster.aclMode = rules == nil ? .passthrough : .enforceOnGateway
        let policies = rules.map { rules in
            [
                ClusterPolicy(
                    id: "p", name: "acl_policy", config: .acls(ACLConfiguration(rules: rules)),
                    createdAt: .distantPast, updatedAt: .distantPast)
            ]
        }
        let runtime = VirtualClusterRuntime(
            gatewayID: before.gatewayID, gatewayName: before.gatewayName,
            configuration: VirtualClusterConfiguration(virtualCluster: virtualCluster),
            acl: try policies.map { try CompiledACL(policies: $0) }, monitor: before.monitor,
            authenticator: before.authenticator)
        var route = self.session.route
        route.forward?.virtualCluster = runtime
        let context = self.session.context
        context.apply(
            RuntimeConfiguration(
                revision: context.runtime.revision + 1, routes: [Self.listener: route], virtualClusters: [runtime]))
    }
}
