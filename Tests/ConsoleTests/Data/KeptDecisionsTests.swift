import EngineInterface
import Foundation
import JSON
import Resources
import Testing

@testable import Console

struct KeptDecisionsTests {
    private static func record(
        _ ordinal: UInt64, _ verdict: Verdict, _ type: ResourceType = .topic, _ name: String = "t", loop: Int = 0
    ) -> DecisionRecord {
        DecisionRecord(
            sequence: ordinal * 64 + UInt64(loop), eventLoop: loop, ordinal: ordinal,
            time: TestConsole.start.addingTimeInterval(Double(ordinal)), gateway: "edge-1", virtualCluster: "vc",
            principal: "p", sessionID: 1, remoteAddress: "10.0.0.4:\(50_000 + ordinal)", clientID: "app", api: "Fetch",
            resourceType: type, resourceName: name, operation: .read, verdict: verdict, rule: "r[0]", reason: "because")
    }

    private static func ordinals(_ log: DecisionLog) -> [UInt64] {
        (0..<log.count).compactMap { log.at($0)?.record.ordinal }
    }

    @Test func `what the engine still holds is put in its place in time, each once`() {
        var log = DecisionLog()
        log.append([5, 6, 9].map { Self.record($0, .allowed) })
        #expect(log.unlisted == 2)
        let added = log.merge([1, 2, 5, 7, 9, 12].map { Self.record($0, $0 < 3 ? .denied : .allowed) })
        #expect(added == 3, "12 is still to come in the stream")
        #expect(Self.ordinals(log) == [1, 2, 5, 6, 7, 9])
        #expect(log.keptDenials.count == 2)
        log.append([Self.record(10, .allowed)])
        #expect(Self.ordinals(log).last == 10)
        #expect((0..<log.count).allSatisfy { log.at($0)?.number == $0 })
        #expect(log.merge([Self.record(5, .allowed)]) == 0)
    }

    @Test func `since when denials are complete is told apart from the rest`() {
        var log = DecisionLog(capacity: 3, denialCapacity: 2)
        log.append((1...9).map { Self.record($0, $0 <= 2 ? .denied : .allowed) })
        #expect(log.complete(onlyDenials: true) == Self.record(1, .denied).time)
        #expect(log.complete(onlyDenials: false) == Self.record(7, .denied).time)
    }

    @Test(arguments: [
        ("deny", true), ("deny & group:*", true), ("group:* & result:denied", true), ("deny | denied", true),
        ("deny | allow", false), ("!deny", false), ("group:*", false), ("", false),
    ])
    func `a filter says whether nothing but denials can match`(text: String, isOnly: Bool) throws {
        #expect(try Filter(parsing: text).isOnlyDenials == isOnly)
    }

    /// The request for what the engine holds, when there was one.
    private static func question(_ console: inout TestConsole) -> Request? {
        for case .ask(let request) in console.takeEffects() where request.question == .keptDecisions { return request }
        return nil
    }

    @Test func `when no decision here matches, the engine is asked once, and its denial is shown`() throws {
        var console = TestConsole()
        console.send(.configuration(TestEngine.configuration))
        console.send(.feed(.decisions((1...50).map { Self.record($0 + 100, .allowed) })))
        console.press("4", "/", "deny & group:*")
        console.advance(0.25)
        #expect(Self.question(&console) == nil, "not while it is typed")
        console.press("Enter")
        console.advance(0.25)
        let request = try #require(Self.question(&console))
        #expect(console.screen.contains("asking the engine"))
        console.advance(0.25)
        #expect(Self.question(&console) == nil)
        console.send(
            .answer(
                Answer(
                    id: request.id, owner: request.owner,
                    result: .success(.decisions([Self.record(3, .denied, .group, "billing")])))))
        #expect(console.screen.contains("group:billing"))
        #expect(console.screen.contains("1 of 51 since 12:41:10Z"))
        console.advance(5)
        #expect(Self.question(&console) == nil)
    }

    @Test func `an engine that holds none is named in the empty list`() throws {
        var console = TestConsole()
        console.send(.configuration(TestEngine.configuration))
        console.send(.feed(.decisions([Self.record(1, .allowed)])))
        console.press("4", "/", "deny", "Enter")
        console.advance(0.25)
        let request = try #require(Self.question(&console))
        console.send(.answer(Answer(id: request.id, owner: request.owner, result: .success(.decisions([])))))
        #expect(console.screen.contains("Neither among the 1 here"))
    }

    @Test func `an engine that cannot say what it holds is asked again, and nothing is said of what it holds`() throws {
        var console = TestConsole(120, 36)
        console.send(.configuration(TestEngine.configuration))
        console.send(.feed(.decisions([Self.record(1, .allowed)])))
        console.press("4", "/", "deny", "Enter")
        #expect(!console.screen.contains("Neither among"), "it was not asked yet")
        console.advance(0.25)
        let request = try #require(Self.question(&console))
        console.send(
            .answer(
                Answer(
                    id: request.id, owner: request.owner,
                    result: .failure(EngineClientError("Nothing listens at 127.0.0.1:9190.")))))
        #expect(!console.screen.contains("Neither among"))
        #expect(console.screen.contains("Nothing listens at 127.0.0.1:9190."))
        console.advance(1)
        #expect(Self.question(&console) == nil)
        console.advance(5)
        let again = try #require(Self.question(&console))
        console.send(.answer(Answer(id: again.id, owner: again.owner, result: .success(.decisions([])))))
        #expect(console.screen.contains("Neither among the 1 here"))
    }

    @Test func `no word is said of losses: what is not listed is counted`() {
        var console = TestConsole(120, 36)
        console.send(.feed(.decisions([Self.record(1, .allowed), Self.record(2_531_412, .allowed)])))
        console.press("4")
        #expect(console.screen.contains("2.5M allowed or filtered not listed (counted)"))
        #expect(!console.screen.contains("lost"))
        console.press("Space")
        console.send(.feed(.decisions([Self.record(2_531_500, .allowed)])))
        #expect(console.screen.contains("87 not listed (counted)"))
        #expect(!console.screen.contains("lost"))
    }

    @Test(arguments: [
        "client:10.0.0.4", "client:10.0.0.4:50003", "client:10.0.0.0/8", "client:app", "clientid:app", "50003",
    ])
    func `a denial is found by where it came from, also when its connection is gone`(text: String) throws {
        var log = DecisionLog()
        log.append([Self.record(3, .denied)])
        let entry = try #require(log.newest)
        #expect(entry.client == "10.0.0.4:50003")
        let filter = try Filter(parsing: text)
        #expect(filter.matches(entry))
        #expect(filter.matches(entry.record))
    }

    @Test func `a decision of an engine that does not say addresses is placed by its connection`() throws {
        var record = Self.record(3, .denied)
        record.remoteAddress = nil
        let data = try EntityCoding.encode(record)
        #expect(!String(decoding: data, as: UTF8.self).contains("remote_address"))
        var log = DecisionLog()
        log.append(
            [try EntityCoding.decode(DecisionRecord.self, from: data)],
            locate: { _ in ("10.9.9.9:1", "example_listener") })
        #expect(log.newest?.client == "10.9.9.9:1")
    }
}
