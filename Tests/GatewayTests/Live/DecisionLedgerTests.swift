import Foundation
import GatewayModel
import KafkaProtocol
import Policies
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
            sessionID: 1, gatewayID: gateway, gateway: gateway, virtualCluster: "v", principal: "p", clientID: nil)
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

    @Test func `the newest of each kind are kept, so that allowances push out no denial`() {
        let verdicts: [Verdict] = [.denied] + Array(repeating: .allowed, count: 9) + [.filtered]
        let ledger = self.ledger(capacity: 3, verdicts)
        #expect(
            self.names(ledger.entries(after: 0, upTo: .max, gateway: nil)) == ["0", "7", "8", "9", "10"])
        #expect(
            self.names(ledger.entries(after: 0, upTo: .max, gateway: nil, maximum: 1)) == ["9", "10"])
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

    @Test func `a tail brings every refusal in its turn and passes over allowances, which the ordinals tell`() {
        let verdicts: [Verdict] = [.allowed, .denied, .allowed, .allowed, .filtered, .denied, .allowed]
        let ledger = self.ledger(capacity: 16, verdicts)
        var after: UInt64 = 0
        var parts: [[String]] = []
        for _ in 0..<3 {
            let part = ledger.part(
                after: after, upTo: .max - 1, gateway: nil, maximum: DecisionLimit(refusals: 2, allowances: 1))
            parts.append(self.names(part.entries))
            after = part.entries.map(\.sequence).max() ?? after
        }
        #expect(parts == [["1", "3", "4"], ["5", "6"], []])
        let all = ledger.entries(after: 0, upTo: .max, gateway: nil).sorted { $0.sequence < $1.sequence }
        #expect(all.map(\.ordinal) == Array(1...7))
    }

    @Test func `a tail that may bring nothing goes nowhere`() {
        let ledger = self.ledger(capacity: 4, [.allowed, .denied])
        let part = ledger.part(
            after: 0, upTo: .max, gateway: nil, maximum: DecisionLimit(refusals: 0, allowances: 0))
        #expect(part.entries.isEmpty)
    }

    @Test func `counters are read in parts, each once`() {
        let ledger = DecisionLedger(loopIndex: 0, epoch: self.epoch)
        for number in 0..<5 {
            let key = DecisionLedger.CounterKey(
                gatewayID: number < 4 ? "g" : "h",
                shown: .init(
                    gateway: "g", virtualCluster: "v", principal: "\(number)", resourceType: .topic, operation: .read,
                    rule: "r", verdict: .allowed))
            ledger.counter(key).count += 1
            ledger.counter(key).count += 1
        }
        func part(_ start: Int, _ gateway: String? = nil) -> [String] {
            ledger.totals(from: start, count: 2, gateway: gateway).map { "\($0.key.principal)=\($0.count)" }
        }
        #expect(part(0) == ["0=2", "1=2"])
        #expect(part(4) == ["4=2"])
        #expect(part(4, "g") == [])
        #expect(part(6) == [])
        #expect(ledger.counterCount == 5)
    }
}
