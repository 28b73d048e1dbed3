import ConsoleTerminal
import Foundation
import Testing

@testable import sluice

@Suite struct SettingsTests {
    private func settings(_ text: String) throws -> Settings {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        do { return try Settings(configurationFile: path, environment: [:]) } catch let error as CommandFailure {
            throw CommandFailure(error.message.replacing(path, with: "FILE"), isWrongUse: error.exitCode == 2)
        }
    }

    private func refusal(_ text: String) -> CommandFailure? {
        do {
            _ = try self.settings(text)
            return nil
        } catch { return error as? CommandFailure }
    }

    @Test(arguments: [
        (
            "sandbox = [1]",
            "has sandbox = a value of type array; it must be true, false or a text such as \"127.0.0.1\"."
        ),
        ("sandbox = 1", "has sandbox = 1; it must be true, false or a text such as \"127.0.0.1\"."),
        ("api = 9190", "has api = 9190; it must be a text such as \"127.0.0.1:9190\"."),
        ("data-dir = true", "has data-dir = true; it must be a text such as \"/var/lib/sluice\"."),
        ("log-level = 3.5", "has log-level = 3.5; it must be a text such as \"info\"."),
        ("idle-timeout = 30", "has idle-timeout = 30; it must be a text such as \"30s\"."),
        ("max-request-bytes = true", "has max-request-bytes = true; it must be a number such as 10000."),
        (
            "public-url = { a = 1 }",
            "has public-url = a value of type table; it must be a text such as \"https://id.example.net\"."
        ),
        ("theme = 5", "has theme = 5; it must be a name, or a table such as { dark = \"harbor\", light = \"paper\" }."),
        ("theme = { drak = \"x\" }", "has theme.drak, which is not known; theme holds dark, light, fallback."),
        ("theme = { dark = 1 }", "has theme.dark = 1; it must be the name of a theme."),
        ("snadbox = true", "has unknown settings: snadbox. Known are api, data-dir,"),
        ("api = \"x", "is not valid TOML"),
    ])
    func `a setting that cannot be used is told with file, name, value and the way out`(text: String, part: String)
        throws
    {
        let refusal = try #require(self.refusal(text))
        #expect(refusal.message.hasPrefix("The configuration file 'FILE' "))
        #expect(refusal.message.contains(part), "\(refusal.message)")
        #expect(refusal.exitCode == 2)
    }

    @Test func `each kind of value is read as a flag would be`() throws {
        let settings = try self.settings(
            """
            \u{FEFF}sandbox = true
            max-request-bytes = 2048
            max-request-elements = "7"
            idle-timeout = "5m"
            theme = { dark = "harbor", light = "paper" }
            """)
        #expect(settings.value("sandbox", flag: nil) == "true")
        #expect(settings.value("max-request-bytes", flag: nil) == "2048")
        #expect(settings.value("max-request-elements", flag: nil) == "7")
        #expect(settings.value("idle-timeout", flag: nil) == "5m")
        #expect(
            settings.theme(flag: nil, kept: nil) == .byBackground(dark: "harbor", light: "paper", fallback: "harbor"))
    }

    @Test func `a file that cannot be read is told`() {
        #expect(throws: CommandFailure.self) { try Settings(configurationFile: "/", environment: [:]) }
        #expect(throws: CommandFailure.self) { try Settings(configurationFile: "/nonexistent", environment: [:]) }
    }
}
