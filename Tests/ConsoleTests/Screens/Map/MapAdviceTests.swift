import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct MapAdviceTests {
    private func advice(
        _ name: String, snapshot: LiveSnapshot = TreeFixture.healthy,
        change: (inout GatewayConfiguration) -> Void = { _ in }
    ) -> [String] {
        var tree = TreeFixture.scenario
        change(&tree.typed.gateways[0])
        var console = TestConsole()
        console.send(.configuration(tree))
        console.send(.feed(.snapshot(snapshot)))
        console.press("3")
        let node = console.state.map.rows.values.map(\.node).first { $0.name == name }
        return node?.advice.map { "\($0.level): \($0.text)" } ?? ["no node"]
    }

    @Test func `a local advertised host on an open listener is a warning, and counts those it misleads`() {
        #expect(self.advice("example_listener").contains { $0.hasPrefix("warning: Advertised host 'localhost'") })
        let foreign = TreeFixture.snapshot(
            connections: [TreeFixture.connection(1, from: "10.0.0.7:5000", as: "client7")],
            components: TreeFixture.components)
        let advice = self.advice("example_listener", snapshot: foreign)
        #expect(advice.contains { $0.hasPrefix("warning: 1 client connects from other hosts and is told 'localhost'") })
        #expect(advice.contains { $0.hasPrefix("warning: Plaintext") })
    }

    @Test func `a listener for this host alone needs no advice`() {
        #expect(self.advice("example_listener") { $0.listeners[0].listener.addresses = ["127.0.0.1"] } == [])
    }

    @Test func `too few ports are counted`() {
        let advice = self.advice("example_listener") {
            $0.listeners[0].listener.ports = [PortSpecification(range: 19_092...19_093, text: "19092-19093")]
        }
        #expect(advice.contains("warning: 2 ports for 1 bootstrap and 3 brokers: 2 more are needed."))
    }

    @Test func `brokers outside the mapping are named once they were seen`() {
        var tree = TreeFixture.scenario
        tree.typed.gateways[0].listeners[0].policies[0].portMapping?.minBrokerID = 1
        var console = TestConsole()
        console.send(.configuration(tree))
        console.send(.feed(.snapshot(TreeFixture.healthy)))
        console.press("6")
        let id = console.effects.compactMap { effect -> Int? in
            if case .ask(let request) = effect, case .topics = request.question { return request.id }
            return nil
        }.last
        console.send(.answer(Answer(id: id ?? 0, owner: .topics, result: .success(.topics(TopicFixture.topics)))))
        console.press("3")
        let node = console.state.map.rows.values.map(\.node).first { $0.name == "example_listener" }
        #expect(
            node?.advice.contains { $0.text.hasPrefix("min_broker_id 1 with 3 broker ports leaves out broker 0:") }
                == true)
    }

    @Test func `a listener without a policy stands alone and warns`() {
        let advice = self.advice("example_listener") { $0.listeners[0].policies = [] }
        #expect(advice.contains("warning: It has no policy: connections are refused. a adds one."))
        let cluster = self.advice("example_virtual_cluster") { $0.listeners[0].policies = [] }
        #expect(cluster.contains { $0.hasPrefix("warning: No listener leads here") })
    }

    @Test func `anonymous clients with passthrough are a warning, with policies a note`() {
        let open = self.advice("example_virtual_cluster") {
            $0.virtualClusters[0].virtualCluster.aclMode = .passthrough
        }
        #expect(open.contains { $0.hasPrefix("warning: Anonymous clients get in and acl_mode is passthrough") })
        #expect(open.contains { $0.hasPrefix("warning: acl_mode is passthrough: its acls policies have no effect") })
        let closed = self.advice("example_virtual_cluster")
        #expect(closed.contains { $0.hasPrefix("note: Anonymous clients get in; the policies decide") })
    }

    @Test func `reading topics without a group rule is a warning until there is one`() {
        #expect(self.advice("example_virtual_cluster").contains { $0.hasPrefix("warning: READ on topics is allowed") })
        let advice = self.advice("example_virtual_cluster") {
            $0.virtualClusters[0].clusterPolicies[0].rules.append(
                ACLRule(resourceType: .group, action: .allow, operations: [.read], resourceNames: .globs(["*"])))
        }
        #expect(!advice.contains { $0.contains("READ on topics") })
    }

    @Test func `enforcing without a policy denies everything`() {
        let advice = self.advice("example_virtual_cluster") { $0.virtualClusters[0].clusterPolicies[0].enabled = false }
        #expect(advice.contains { $0.contains("it denies everything") })
    }

    @Test func `unchecked audience and issuer are notes`() {
        let advice = self.advice("example_virtual_cluster")
        #expect(advice.contains { $0.hasPrefix("note: Audience unchecked") })
        #expect(advice.contains { $0.hasPrefix("note: Issuer unchecked") })
    }

    @Test func `an unreachable backend tells why and takes its virtual clusters down`() {
        var components = TreeFixture.components
        components[0].state = .down
        components[0].reason = "localhost:9094 connection refused"
        let snapshot = TreeFixture.snapshot(connections: [], components: components)
        #expect(
            self.advice("default_backend_cluster", snapshot: snapshot).contains(
                "failure: Unreachable: localhost:9094 connection refused."))
        #expect(
            self.advice("example_virtual_cluster", snapshot: snapshot).contains { $0.hasPrefix("failure: Its backend") }
        )
    }
}
