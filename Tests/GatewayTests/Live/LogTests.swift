import EngineInterface
import Foundation
import Logging
import Synchronization
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

    // MARK: Lines for people and collectors

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { self.lines.withLock { $0 } }

        func add(_ line: String) { self.lines.withLock { $0.append(line) } }
    }

    private func lines(_ format: LineLogHandler.Format, _ body: (Logger) -> Void) -> [String] {
        let lines = Lines()
        body(
            Logger(label: "sluice") { label in
                LineLogHandler(
                    label: label, format: format, logLevel: .debug,
                    now: { Date(timeIntervalSince1970: 1_780_000_000.25) }, write: { lines.add($0) })
            })
        return lines.all
    }

    @Test func `a line of text has time, level, label, facts, module and message`() throws {
        let lines = self.lines(.text) {
            $0.component("session").info(
                "client connected", metadata: ["listener": "public", "error": "no route to it"])
        }
        let line = try #require(lines.first)
        let expected = " info sluice: component=session error=\"no route to it\" listener=public [GatewayTests] "
        #expect(line.hasSuffix(expected + "client connected\n"))
        // The zone is that of the machine.
        #expect(line.prefix { $0 != " " }.count == "2026-05-28T20:26:40+0000".count)
    }

    @Test func `a line of JSON has the fields of the API`() throws {
        let lines = self.lines(.json) {
            $0.component("session").warning("said \"no\"", metadata: ["clientID": "x\ny", "clientSecret": "s3cret"])
        }
        let wanted =
            #"{"time":"2026-05-28T20:26:40.250Z","level":"warning","component":"session","message":"said \"no\"","#
            + #""metadata":{"clientID":"x\ny","clientSecret":"<hidden>"}}"#
        #expect(lines == [wanted + "\n"])
    }

    @Test(arguments: LineLogHandler.Format.allCases)
    func `no client id makes a second line or a control character`(format: LineLogHandler.Format) {
        let forged = "\n2026-01-01T00:00:00+0000 error sluice: [Gateway] forged\r\u{1B}[31m\u{9B}\u{7F}\u{2028}\u{202E}"
        let long = String(repeating: forged, count: 1_000)
        let lines = self.lines(format) { logger in
            for text in [forged, long] {
                logger.error("\(text)", metadata: ["clientID": "\(text)", "\(text)": "x", "list": [.string(text)]])
            }
        }
        #expect(lines.count == 2)
        for line in lines {
            #expect(line.unicodeScalars.last == "\n")
            #expect(line.utf8.count < 100_000)
            for scalar in line.unicodeScalars.dropLast() {
                let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                #expect(!isControl && ![0x2028, 0x202E].contains(scalar.value))
            }
        }
    }
}
