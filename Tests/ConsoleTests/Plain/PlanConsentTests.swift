import ResourceFixtures
import Resources
import Testing

@testable import Console

struct PlanConsentTests {
    @Test(
        arguments: [
            (true, false, false, false), (true, false, true, nil), (true, true, false, true), (true, true, true, true),
            (false, false, false, true), (false, false, true, nil), (false, true, false, true),
        ] as [(Bool, Bool, Bool, Bool?)])
    func `pruning never happens unasked`(prunes: Bool, isTold: Bool, canAsk: Bool, expected: Bool?) {
        switch PlanConsent(prunes: prunes, isTold: isTold, canAsk: canAsk) {
        case .given: #expect(expected == true)
        case .needsQuestion: #expect(expected == nil)
        case .refused(let reason):
            #expect(expected == false)
            #expect(reason.contains("--yes"))
        }
    }

    @Test func `a deletion names what is deleted with it and the connected clients`() throws {
        let tree = TreeFixture.scenario
        let plan = try ConfigurationPlan.make(
            current: tree, wanted: ConfigurationDocument(authServers: [], gateways: []), pruning: .everything)
        let client = TreeFixture.connection(1, from: "127.0.0.1:52044", as: "client7")
        let lines = plan.changes.map { $0.departures(from: tree, connections: [client]) }
        #expect(
            lines == [
                [
                    "deleted with it: 1 backend cluster, 1 virtual cluster, 1 cluster policy, 1 listener, 1 listener policy",
                    "1 client is connected",
                ],
                [
                    "deleted with it: 1 scope, 1 claim, 1 client",
                    "auth server 'Appointments Dev' and its signing keys are deleted; its tokens end",
                    "client 'Client' and its secrets are deleted; it gets no more tokens",
                ],
            ])
        #expect(plan.changes[0].departures(from: tree, connections: nil).last == "connected clients are not known")
    }
}
