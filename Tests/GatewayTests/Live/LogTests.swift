import GatewayModel
import Logging
import Testing

@testable import Gateway

@Suite struct LogTests {
    private let ring = LogRing()

    private var logger: Logger {
        Logger(label: "sluice") { RingLogHandler(label: $0, ring: self.ring, logLevel: .debug) }
    }

    @Test func `a line carries its facts, and its part of the engine as component`() throws {
        var logger = self.logger.component("listener")
        logger[metadataKey: "listener"] = "public"
        logger.warning("listener cannot bind", metadata: ["error": "in use"])
        self.logger.trace("too small to keep")
        self.logger.info("plain")
        let lines = self.ring.lines(after: 0)
        #expect(lines.map(\.component) == ["listener", "sluice"])
        #expect(lines.map(\.level) == [.warning, .info])
        #expect(lines.first?.message == "listener cannot bind")
        #expect(lines.first?.metadata == ["listener": "public", "error": "in use"])
    }

    @Test func `what looks like a secret is left out`() throws {
        self.logger.info(
            "got Bearer abc.def", metadata: ["clientSecret": "s3cret", "error": "bad token eyJhbGci.eyJzdWIi.c2ln!"])
        let line = try #require(self.ring.lines(after: 0).first)
        #expect(line.message == "got Bearer <hidden>")
        #expect(line.metadata == ["clientSecret": "<hidden>", "error": "bad token <hidden>!"])
    }

    @Test func `a component is told of when its state changes, and not again`() {
        let watch = ComponentWatch(logger: self.logger)
        let up = ComponentStatus(kind: "backend_cluster", gateway: "edge", name: "orders", state: .up)
        var down = up
        (down.state, down.reason) = (.down, "refused")
        for status in [up, up, down, down, up] { watch.observe([status]) }
        let lines = self.ring.lines(after: 0)
        #expect(lines.map(\.message) == ["backend cluster is UP", "backend cluster is DOWN", "backend cluster is UP"])
        #expect(lines.map(\.level) == [.info, .error, .info])
        #expect(
            lines.dropFirst().first?.metadata == ["backendCluster": "orders", "gateway": "edge", "reason": "refused"])
    }
}
