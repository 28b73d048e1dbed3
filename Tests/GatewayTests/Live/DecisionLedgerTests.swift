import EngineInterface
import Foundation
import KafkaProtocol
import Policies
import Resources
import Testing

@testable import Gateway

@Suite struct DecisionLedgerTests {
    private let epoch = Date(timeIntervalSinceNow: -60)
    private let rules: DecisionLedger.RuleSetInForce

    init() throws {
        self.rules = .init(try CompiledACL(policies: []).ruleSet(for: .anonymous))
    }

    private func session(_ gateway: String) -> SessionIdentity {
        SessionIdentity(
            sessionID: 1, gatewayID: gateway, gateway: gateway, virtualClusterID: "v", virtualCluster: "v",
            principal: "p", authentication: .saslOAuthBearer, remoteAddress: "10.0.0.4:53122", clientID: nil)
    }

    private func ledger(capacity: Int, _ verdicts: [Verdict], gateways: [String] = ["g"]) -> DecisionLedger {
        let ledger = DecisionLedger(loopIndex: 0, epoch: self.epoch, capacity: capacity)
        for (index, verdict) in verdicts.enumerated() {
            ledger.append(
                RecordedDecision(
                    api: .fetch, operation: .read, type: .topic, name: "\(index)", verdict: verdict, rule: -1),
                session: self.session(gateways[index % gateways.count]), rules: self.rules)
        }
        return ledger
    }

    private func names(_ entries: [DecisionLedger.Entry]) -> [String] {
        entries.sorted { $0.sequence < $1.sequence }.map(\.decision.name)
    }

    @Test func `the newest of each kind are kept, so that nothing but denials pushes a denial out`() {
        let verdicts: [Verdict] =
            [.denied, .filtered] + Array(repeating: .allowed, count: 9) + Array(repeating: .filtered, count: 4)
        let ledger = self.ledger(capacity: 3, verdicts)
        #expect(
            self.names(ledger.entries(after: 0, upTo: .max, gateway: nil)) == ["0", "8", "9", "10", "12", "13", "14"])
        #expect(
            self.names(ledger.entries(after: 0, upTo: .max, gateway: nil, maximum: 1)) == ["0", "10", "14"])
    }

    @Test func `listings of hidden topics push no denial out of any look at the decisions`() {
        let hidden = Array(repeating: Verdict.filtered, count: 3 * 700)
        let ledger = self.ledger(capacity: 2048, hidden + [.denied] + hidden)
        let denial = String(hidden.count)
        #expect(self.names(ledger.entries(after: 0, upTo: .max, gateway: nil)).contains(denial))
        let part = ledger.part(
            after: 0, upTo: .max, gateway: nil, maximum: DecisionLimit(denials: 1, filtered: 0, allowances: 0))
        #expect(self.names(part.entries) == [denial])
    }

    @Test func `a long name is kept in part, on the boundary of a character`() throws {
        let ledger = DecisionLedger(loopIndex: 0, epoch: self.epoch)
        let name = "x" + String(repeating: "é", count: 16_000)
        let session = SessionIdentity(
            sessionID: 1, gatewayID: "g", gateway: "g", virtualClusterID: "v", virtualCluster: "v", principal: name,
            authentication: .saslOAuthBearer, remoteAddress: "10.0.0.4:53122", clientID: name)
        ledger.append(
            RecordedDecision(api: .fetch, operation: .read, type: .topic, name: name, verdict: .denied, rule: -1),
            session: session, rules: self.rules)
        let entry = try #require(ledger.entries(after: 0, upTo: .max, gateway: nil).first)
        let kept = "x" + String(repeating: "é", count: 127) + "…"
        #expect(entry.decision.name == kept)
        #expect(entry.session.principal == kept)
        #expect(entry.session.clientID == kept)
    }

    @Test func `how a session signed in stays with it when its client id comes`() {
        let session = SessionIdentity(
            sessionID: 1, gatewayID: "g", gateway: "g", virtualClusterID: "v", virtualCluster: "v",
            principal: "anonymous", authentication: .saslOAuthBearer, remoteAddress: "10.0.0.4:53122", clientID: nil)
        #expect(session.with(clientID: "app").authentication == .saslOAuthBearer)
    }

    @Test func `a client id that comes after the first decision is in those that follow`() throws {
        let ledger = DecisionLedger(loopIndex: 0, epoch: self.epoch)
        let recorder = SessionRecorder(
            ledger: ledger, identity: self.session("g"), ruleSet: try CompiledACL(policies: []).ruleSet(for: .anonymous)
        )
        func record(_ name: String) {
            recorder.record(
                RecordedDecision(
                    api: .metadata, operation: .describe, type: .topic, name: name, verdict: .denied, rule: -1))
        }
        record("before")
        recorder.learned(clientID: "app-1")
        record("after")
        let entries = ledger.entries(after: 0, upTo: .max, gateway: nil).sorted { $0.sequence < $1.sequence }
        #expect(entries.map(\.session.clientID) == [nil, "app-1"])
        #expect(entries.map(\.session.remoteAddress) == ["10.0.0.4:53122", "10.0.0.4:53122"])
    }

    @Test func `only entries between the two numbers, of the gateway asked about, are given`() throws {
        let ledger = self.ledger(capacity: 8, Array(repeating: .denied, count: 6), gateways: ["g", "h"])
        let all = ledger.entries(after: 0, upTo: .max, gateway: nil).sorted { $0.sequence < $1.sequence }
        let (low, high) = (try #require(all.dropFirst().first), try #require(all.dropLast().last))
        #expect(
            self.names(ledger.entries(after: low.sequence, upTo: high.sequence, gateway: nil)) == ["2", "3", "4"])
        #expect(self.names(ledger.entries(after: 0, upTo: .max, gateway: "h")) == ["1", "3", "5"])
        #expect(DecisionLedger(loopIndex: 0, epoch: self.epoch).entries(after: 0, upTo: .max, gateway: nil).isEmpty)
    }

    @Test func `a tail brings every denial in its turn and passes over others, which the ordinals tell`() {
        let verdicts: [Verdict] = [.allowed, .denied, .allowed, .denied, .filtered, .denied, .allowed]
        let ledger = self.ledger(capacity: 16, verdicts)
        var after: UInt64 = 0
        var parts: [[String]] = []
        for _ in 0..<3 {
            let part = ledger.part(
                after: after, upTo: .max - 1, gateway: nil,
                maximum: DecisionLimit(denials: 2, filtered: 1, allowances: 1))
            parts.append(self.names(part.entries))
            after = part.entries.map(\.sequence).max() ?? after
        }
        #expect(parts == [["1", "2", "3"], ["4", "5", "6"], []])
        let all = ledger.entries(after: 0, upTo: .max, gateway: nil).sorted { $0.sequence < $1.sequence }
        #expect(all.map(\.ordinal) == Array(1...7))
    }

    @Test func `a tail that may bring nothing goes nowhere`() {
        let ledger = self.ledger(capacity: 4, [.allowed, .denied])
        let part = ledger.part(
            after: 0, upTo: .max, gateway: nil, maximum: DecisionLimit(denials: 0, filtered: 0, allowances: 0))
        #expect(part.entries.isEmpty)
    }
}
