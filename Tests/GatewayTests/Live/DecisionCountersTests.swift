import EngineInterface
import KafkaProtocol
import Policies
import Resources
import Synchronization
import Testing

@testable import Gateway

@Suite struct DecisionCountersTests {
    /// A clock that goes on when the test says so.
    private final class Hands: Sendable {
        private let passed = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        var now: ContinuousClock.Instant { self.start + self.passed.withLock { $0 } }

        func advance(_ duration: Duration) { self.passed.withLock { $0 += duration } }
    }

    private let hands = Hands()

    private func counters(maximum: Int) -> DecisionCounters {
        let hands = self.hands
        return DecisionCounters(maximum: maximum) { hands.now }
    }

    private func session(_ principal: String, gateway: String = "g", virtualCluster: String = "v") -> SessionIdentity {
        SessionIdentity(
            sessionID: 1, gatewayID: gateway, gateway: "gateway " + gateway, virtualClusterID: virtualCluster,
            virtualCluster: "cluster " + virtualCluster, principal: principal, authentication: .saslOAuthBearer,
            remoteAddress: "unknown", clientID: nil)
    }

    private func kind(_ verdict: Verdict = .allowed, rule: String = "r") -> DecisionCounters.Kind {
        DecisionCounters.Kind(resourceType: .topic, operation: .read, verdict: verdict, rule: rule)
    }

    private func text(_ counters: DecisionCounters, gateway: String? = nil) -> [String] {
        counters.totals(from: 0, count: .max, gateway: gateway).map {
            "\($0.key.principal) \($0.key.rule) \($0.key.verdict) \($0.count)"
        }
    }

    private func sum(_ counters: DecisionCounters) -> UInt64 {
        counters.totals(from: 0, count: .max, gateway: nil).reduce(0) { $0 + $1.count }
    }

    @Test func `counters are read in parts, each once`() {
        var counters = self.counters(maximum: 100)
        for number in 0..<5 {
            let subject = counters.subject(of: self.session("\(number)", gateway: number < 4 ? "g" : "h"))
            counters.counter(self.kind(), of: subject).count += 1
            counters.counter(self.kind(), of: subject).count += 1
        }
        func part(_ start: Int, _ gateway: String? = nil) -> [String] {
            counters.totals(from: start, count: 2, gateway: gateway).map { "\($0.key.principal)=\($0.count)" }
        }
        #expect(part(0) == ["0=2", "1=2"])
        #expect(part(4) == ["4=2"])
        #expect(part(4, "g") == [])
        #expect(part(6) == [])
        #expect(counters.count == 5)
    }

    @Test func `the principals of a virtual cluster are those that were judged there`() {
        var counters = self.counters(maximum: 100)
        for (principal, cluster) in [("ali", "v"), ("bea", "v"), ("ali", "w")] {
            _ = counters.subject(of: self.session(principal, virtualCluster: cluster))
        }
        #expect(counters.principals(ofVirtualCluster: "v").map(\.text).sorted() == ["ali", "bea"])
        #expect(counters.principals(ofVirtualCluster: "w").map(\.text) == ["ali"])
        #expect(counters.principals(ofVirtualCluster: "x").isEmpty)
    }

    @Test func `two spellings of a principal that only look the same are counted apart`() {
        var counters = self.counters(maximum: 100)
        let composed = counters.subject(of: self.session("caf\u{E9}"))
        let decomposed = counters.subject(of: self.session("cafe\u{301}"))
        counters.counter(self.kind(), of: composed).count += 1
        counters.counter(self.kind(), of: decomposed).count += 2
        let totals = counters.totals(from: 0, count: .max, gateway: nil)
        #expect(totals.map(\.count) == [1, 2])
        #expect(Set(totals.map(\.key)).count == 2)
    }

    @Test func `principals without end take a bounded number of counters, and totals stay exact`() {
        var counters = self.counters(maximum: 10)
        for number in 0..<1_000 {
            let subject = counters.subject(of: self.session("ci-\(number)"))
            for verdict in [Verdict.allowed, .denied] { counters.counter(self.kind(verdict), of: subject).count += 1 }
        }
        #expect(counters.count == 12)
        #expect(self.sum(counters) == 2_000)
        #expect(Array(self.text(counters).suffix(2)) == ["(other) (other) allowed 995", "(other) (other) denied 995"])
    }

    @Test func `one principal with many rules has a bound too`() {
        var counters = self.counters(maximum: 10)
        let subject = counters.subject(of: self.session("p"))
        for rule in 0..<1_000 { counters.counter(self.kind(rule: "\(rule)"), of: subject).count += 1 }
        #expect(counters.count == 11)
        #expect(self.sum(counters) == 1_000)
    }

    @Test func `a principal without sessions is counted with the others after a quarter of an hour`() {
        var counters = self.counters(maximum: 10)
        var held: DecisionCounters.Subject? = counters.subject(of: self.session("held"))
        if let held { counters.counter(self.kind(), of: held).count += 1 }
        counters.counter(self.kind(), of: counters.subject(of: self.session("gone"))).count += 4

        counters.foldThoseGone()
        self.hands.advance(.seconds(14 * 60))
        counters.foldThoseGone()
        #expect(self.text(counters) == ["held r allowed 1", "gone r allowed 4"])
        let generation = counters.generation
        self.hands.advance(.seconds(60))
        counters.foldThoseGone()
        #expect(self.text(counters) == ["held r allowed 1", "(other) (other) allowed 4"])
        #expect(counters.generation != generation)

        // It counts from when the last session ended.
        held = nil
        self.hands.advance(.seconds(60))
        counters.foldThoseGone()
        self.hands.advance(.seconds(14 * 60))
        counters.foldThoseGone()
        #expect(self.text(counters).first == "held r allowed 1")
        self.hands.advance(.seconds(60))
        counters.foldThoseGone()
        #expect(self.text(counters) == ["(other) (other) allowed 5"])
    }

    @Test func `a session that stays loses no count, however many others come and go`() {
        var counters = self.counters(maximum: 4)
        // Two sessions of one principal that begin before either counts anything.
        let first = counters.subject(of: self.session("p"))
        let second = counters.subject(of: self.session("p"))
        let mine = counters.counter(self.kind(), of: first)
        var expected: UInt64 = 0
        for round in 0..<200 {
            let passing = counters.subject(of: self.session("ci-\(round)"))
            counters.counter(self.kind(), of: passing).count += 1
            mine.count += 1
            counters.counter(self.kind(.denied), of: second).count += 1
            expected += 3
            self.hands.advance(.seconds(61))
            counters.foldThoseGone()
            #expect(self.sum(counters) == expected)
        }
        #expect(self.text(counters).contains("p r allowed 200"))
        #expect(self.text(counters).contains("p r denied 200"))
    }

    @Test func `room that those gone leave is used again`() {
        var counters = self.counters(maximum: 2)
        for name in ["a", "b", "c"] {
            counters.counter(self.kind(), of: counters.subject(of: self.session(name))).count += 1
        }
        #expect(self.text(counters) == ["a r allowed 1", "b r allowed 1", "(other) (other) allowed 1"])
        self.hands.advance(.seconds(61))
        counters.foldThoseGone()
        self.hands.advance(DecisionCounters.retention)
        // Nobody looked: the need for room is enough.
        counters.counter(self.kind(), of: counters.subject(of: self.session("d"))).count += 1
        #expect(self.text(counters) == ["(other) (other) allowed 3", "d r allowed 1"])
    }

    @Test func `counters go with their virtual cluster, and take over its new name`() {
        var counters = self.counters(maximum: 1)
        let kept = counters.subject(of: self.session("p", virtualCluster: "kept"))
        let dropped = counters.subject(of: self.session("q", gateway: "h", virtualCluster: "dropped"))
        counters.counter(self.kind(), of: kept).count += 1
        counters.counter(self.kind(), of: dropped).count += 1
        let generation = counters.generation
        counters.keep(only: [
            .init(gatewayID: "g", virtualClusterID: "kept"): .init(gateway: "new", virtualCluster: "newer")
        ])
        #expect(counters.generation != generation)
        // A session that drains counts on, for nobody.
        counters.counter(self.kind(.denied), of: dropped).count += 1
        let totals = counters.totals(from: 0, count: .max, gateway: nil)
        #expect(totals.map { [$0.key.gateway, $0.key.virtualCluster, $0.key.principal] } == [["new", "newer", "p"]])
        #expect(counters.count == 1)
    }
}
