import Foundation
import Testing

@testable import Console

/// What the console shows when something is wrong, as it is seen in the place where one stands: Live.
struct TroubleGoldenTests {
    @Test func `a backend was killed and clients keep coming`() {
        expectGoldens("trouble/backend") { size, glyphs in
            HealthTests.console(HealthTests.backendDown, refusedEachSecond: 3, seconds: 12, size, glyphs).state
        }
    }

    @Test func `the port of a listener is taken`() {
        expectGoldens("trouble/listener") { size, glyphs in
            HealthTests.console(HealthTests.listenerDown, seconds: 12, size, glyphs).state
        }
    }

    @Test func `an engine elsewhere is frozen`() {
        expectGoldens("trouble/frozen") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.advance(7)
            return console.state
        }
    }

    /// The words are those of the connection, which its own tests hold.
    @Test(arguments: [
        (
            "token", "http://127.0.0.1:9190",
            "401: the token is not the admin token of http://127.0.0.1:9190. Set SLUICE_ADMIN_TOKEN to what stands in the "
                + "file admin-token of the data directory there."
        ),
        (
            "port", "http://127.0.0.1:19999",
            "Nothing listens at 127.0.0.1:19999: the connection is refused. Start `sluice serve` there, or correct the URL."
        ),
        (
            "tls", "http://127.0.0.1:9443",
            "127.0.0.1:9443 ends the connection without an HTTP answer. If it speaks TLS, use https://127.0.0.1:9443; the "
                + "port of a listener is for Kafka clients only."
        ),
    ])
    func `an engine that cannot be reached`(name: String, url: String, reason: String) {
        expectGoldens("trouble/\(name)") { size, glyphs in
            var console = TestConsole(
                size.columns, size.rows, glyphs: glyphs, options: ConsoleOptions(attachedTo: url))
            console.send(.feed(.lost(reason)))
            return console.state
        }
    }
}
