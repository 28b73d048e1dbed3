import Foundation
import GatewayModel
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
        #expect(pace.limit(at: start) == DecisionLimit(refusals: 2_048, allowances: 512))
        pace.spend(
            Array(repeating: self.record(.allowed), count: 512) + [self.record(.denied), self.record(.filtered)])
        #expect(pace.limit(at: start) == DecisionLimit(refusals: 2_046, allowances: 0))
        #expect(pace.limit(at: start + .milliseconds(250)) == DecisionLimit(refusals: 2_048, allowances: 25))
        #expect(pace.limit(at: start + .seconds(3_600)) == DecisionLimit(refusals: 2_048, allowances: 512))
    }

    @Test func `a clock that stands still or goes back gives nothing`() {
        var pace = DecisionPace()
        let start = ContinuousClock().now
        _ = pace.limit(at: start)
        pace.spend(Array(repeating: self.record(.allowed), count: 512))
        #expect(pace.limit(at: start - .seconds(5)).allowances == 0)
    }
}
