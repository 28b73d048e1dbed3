import EngineInterface
import Foundation
import Resources
import Testing

struct DecisionPaceTests {
    private func record(_ verdict: Verdict) -> DecisionRecord {
        DecisionRecord(
            sequence: 1, eventLoop: 0, ordinal: 1, time: .distantPast, gateway: "g", virtualCluster: "v",
            principal: "p", sessionID: 1, clientID: nil, api: "Fetch", resourceType: .topic, resourceName: "t",
            operation: .read, verdict: verdict, rule: "r", reason: "because")
    }

    @Test func `a burst comes whole and a flood at its pace`() {
        var pace = DecisionPace()
        let start = ContinuousClock().now
        let whole = DecisionLimit(denials: 2_048, filtered: 512, allowances: 512)
        #expect(pace.limit(at: start) == whole)
        pace.spend(
            Array(repeating: self.record(.allowed), count: 512) + [self.record(.denied), self.record(.filtered)])
        #expect(pace.limit(at: start) == DecisionLimit(denials: 2_047, filtered: 511, allowances: 0))
        #expect(
            pace.limit(at: start + .milliseconds(250)) == DecisionLimit(denials: 2_048, filtered: 512, allowances: 25))
        #expect(pace.limit(at: start + .seconds(3_600)) == whole)
    }

    @Test func `what lists leave out takes nothing from the denials`() {
        var pace = DecisionPace()
        let start = ContinuousClock().now
        _ = pace.limit(at: start)
        pace.spend(Array(repeating: self.record(.filtered), count: 512))
        #expect(pace.limit(at: start) == DecisionLimit(denials: 2_048, filtered: 0, allowances: 512))
    }

    @Test func `a clock that stands still or goes back gives nothing`() {
        var pace = DecisionPace()
        let start = ContinuousClock().now
        _ = pace.limit(at: start)
        pace.spend(Array(repeating: self.record(.allowed), count: 512))
        #expect(pace.limit(at: start - .seconds(5)).allowances == 0)
    }

    @Test(arguments: [
        ("ddaaaaaa", 4, "ddaa"), ("dddddd", 4, "dddd"), ("aaaaaa", 4, "aaaa"), ("dfffaaff", 3, "dff"),
        ("ddddaaaa", 4, "ddaa"), ("aaddaadd", 4, "aadd"), ("ad", 4, "ad"), ("da", 0, ""),
    ]) func `the newest denials keep their half of a small view`(all: String, maximum: Int, kept: String) {
        let verdicts: [Character: Verdict] = ["d": .denied, "a": .allowed, "f": .filtered]
        #expect(String(DecisionLimit.newest(maximum, of: Array(all)) { verdicts[$0] ?? .allowed }) == kept)
    }
}
