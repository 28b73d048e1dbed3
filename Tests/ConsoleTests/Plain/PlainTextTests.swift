import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct PlainTextTests {
    @Test func `a decision is one line of facts`() {
        var engine = TestEngine()
        engine.connect("10.0.9.44:33518", principal: "anonymous", clientID: "rd kafka")
        let record = engine.decision(.denied, "anonymous", .write, .topic, "orders.v1")
        #expect(
            PlainText.line(record)
                == "12:41:07Z DENY principal=anonymous op=WRITE topic=orders.v1 rule=default-deny vc=vc-orders "
                + "client=10.0.9.44:33518 client_id=\"rd kafka\"")
        #expect(PlainText.client(record) == "10.0.9.44:33518 (rd kafka)")
        let cluster = engine.decision(.allowed, "a b", .create, .cluster, "kafka-cluster", session: 2)
        #expect(
            PlainText.line(cluster)
                == "12:41:07Z ALLOW principal=\"a b\" op=CREATE cluster rule=acl_policy[0] vc=vc-orders")
    }

    @Test func `a name cannot break the line or act on the terminal`() {
        var engine = TestEngine()
        let line = PlainText.line(engine.decision(.denied, "a\nDENY principal=b\u{1B}[2J", .read, .group, "g\"x"))
        #expect(!line.contains("\n"))
        #expect(!line.contains("\u{1B}"))
        #expect(line.contains("group=\"g\\\"x\""))
    }

    @Test func `live says what changed and nothing else`() {
        var engine = TestEngine()
        engine.components = [
            ComponentStatus(kind: "listener", gateway: "edge-1", name: "example_listener", state: .up)
        ]
        engine.connect("10.0.0.1:5", principal: nil, software: nil)
        engine.count(.allowed, "old", .read, times: 7)
        let first = engine.snapshot
        #expect(
            PlainText.changes(from: nil, to: first) == [
                "12:41:07Z CONNECTED client=10.0.0.1:5 listener=example_listener vc=vc-orders",
                // It grew from nothing that was seen.
                "12:41:07Z PRINCIPAL old allowed=7 denied=0 filtered=0",
                "12:41:07Z LISTENER example_listener UP",
            ])
        engine.time.addTimeInterval(1)
        #expect(PlainText.changes(from: first, to: engine.snapshot) == [])
        engine.connections[0].principal = "svc"
        engine.connections[0].authentication = "sasl_oauth_bearer"
        engine.count(.denied, "svc", .read, times: 3)
        let second = engine.snapshot
        #expect(
            PlainText.changes(from: first, to: second) == [
                "12:41:08Z SIGNED-IN client=10.0.0.1:5 principal=svc auth=sasl_oauth_bearer",
                "12:41:08Z PRINCIPAL svc allowed=0 denied=3(+3) filtered=0",
            ])
        engine.connections = []
        engine.components[0].state = .down
        engine.components[0].reason = "port 19092 is in use"
        #expect(
            PlainText.changes(from: second, to: engine.snapshot) == [
                "12:41:08Z DISCONNECTED client=10.0.0.1:5 listener=example_listener vc=vc-orders principal=svc in=0 "
                    + "out=0 denied=0",
                "12:41:08Z CONNECTIONS 0",
                "12:41:08Z LISTENER example_listener DOWN reason=\"port 19092 is in use\"",
            ])
    }
}
