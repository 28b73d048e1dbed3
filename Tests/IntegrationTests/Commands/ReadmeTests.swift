import Foundation
import Testing

extension IntegrationSuite {
    /// The README's transcript of a shell, compared with the program.
    @Suite(.serialized) struct ReadmeTests {
        /// The arguments of the command in the first block that begins with `$ sluice`, and the output below it.
        private static func transcript() throws -> (arguments: [String], output: String) {
            let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../../README.md").standardized
            let text = try String(contentsOf: readme, encoding: .utf8)
            let block = try #require(text.firstMatch(of: /(?s)```\n\$ sluice ([^\n]*)\n(.*?)```/))
            return (block.output.1.split(separator: " ").map(String.init), String(block.output.2))
        }

        @Test func `the denial of the README is explained as it says, after the walkthrough`() async throws {
            let (arguments, expected) = try Self.transcript()
            let port = try FreePorts.first(of: 4)
            try await SluiceProcess.run(sandbox: true) { sluice in
                let done = try await sluice.command(
                    ["setup", "--answers", "-", "--json"], input: "listener: {ports: ['\(port)-\(port + 3)']}")
                #expect(done.status == 0, "\(done.errors)")
                let client = try #require(try done.json["client_id"].string)

                let explained = try await sluice.command(arguments)
                #expect(explained.status == 3, "\(explained.errors)")
                // The id of the client is another one each time.
                #expect(explained.output == expected.replacing(/name == "[a-z0-9]+"/, with: "name == \"\(client)\""))
            }
        }
    }
}
