import Foundation
import Testing

extension IntegrationSuite {
    /// The tutorial of the documentation, run as a reader runs it.
    @Suite(.serialized) struct TutorialTests {
        /// The article's blocks of shell commands, in order.
        private static func blocks() throws -> [String] {
            let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../../Sources/sluice/Documentation.docc/Tutorial.md").standardized
            let text = try String(contentsOf: article, encoding: .utf8)
            return text.matches(of: /(?s)```sh\n(.*?)```/).map { String($0.output.1) }
        }

        /// Puts a wrapper of a program into a folder of `PATH`.
        private static func wrap(_ program: String, as name: String, in folder: String) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let path = "\(folder)/\(name)"
            try "#!/bin/sh\nexec '\(program)' \"$@\"\n".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }

        @Test func `the commands of the tutorial do what it says`() async throws {
            let blocks = try Self.blocks()
            try #require(blocks.count == 3)
            try await TemporaryDirectory.run { home in
                let directory = "\(home)/.local/share/sluice"
                try await SluiceProcess.run(sandbox: true, dataDirectory: directory) { sluice in
                    let listener = try FreePorts.first(of: 4)
                    // The article's ports, which may be in use here.
                    var ports = ["9190": try #require(URL(string: sluice.api.base)?.port).description]
                    for (index, broker) in sluice.sandbox.enumerated() {
                        ports["\(9094 + index)"] = String(try #require(broker.split(separator: ":").last))
                    }
                    for index in 0..<4 { ports["\(19_092 + index)"] = String(listener + index) }
                    let mark = "--- next block ---"
                    let script = blocks.joined(separator: "\necho '\(mark)'\necho '\(mark)' >&2\n")
                        .replacing(/\b[0-9]{4,5}\b/) { ports[String($0.output)] ?? String($0.output) }
                    try Self.wrap(SluiceProcess.binary, as: "sluice", in: "\(home)/bin")
                    try Self.wrap(Prerequisites.python, as: "python3", in: "\(home)/bin")
                    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
                    let ran = try await runToEnd(
                        "/bin/bash", ["-c", script],
                        environment: [
                            "HOME": home, "PATH": "\(home)/bin:\(path)", "XDG_DATA_HOME": nil, "XDG_CONFIG_HOME": nil,
                            "SLUICE_API": nil, "SLUICE_ADMIN_TOKEN": nil, "SLUICE_DATA_DIR": nil,
                        ], within: .seconds(120))
                    let output = ran.output.components(separatedBy: mark)
                    let errors = ran.errors.components(separatedBy: mark)
                    try #require(output.count == 3 && errors.count == 3, "\(ran.output)\(ran.errors)")
                    #expect(ran.status == 0)

                    #expect(!output[0].contains("\"status\""), "\(output[0])")
                    #expect(errors[0].isEmpty, "\(errors[0])")

                    #expect(output[1].contains("my-test-topic"), "\(output[1])\(errors[1])")
                    for index in 1...3 { #expect(output[1].contains("localhost:\(listener + index)"), "\(output[1])") }
                    #expect(output[1].contains(" 0 topics:"), "\(output[1])")
                    #expect(errors[1].contains("Topic authorization failed"), "\(errors[1])")

                    #expect(output[2].contains("accepted by 'example_virtual_cluster'"), "\(output[2])\(errors[2])")
                    #expect(output[2].contains("\n['my-test-topic']\n0\n"), "\(output[2])\(errors[2])")
                    #expect(output[2].contains(" denied anonymous describe topic 'my-test-topic'"), "\(output[2])")
                    #expect(output[2].contains(" allowed "), "\(output[2])")
                    #expect(errors[2].trimmingCharacters(in: .whitespacesAndNewlines).isEmpty, "\(errors[2])")
                }
            }
        }
    }
}
