import Foundation
import Testing

extension IntegrationSuite {
    /// The API's description, and the API beside it, in the eyes of programs that others wrote.
    @Suite(.serialized, .enabled(if: Prerequisites.allowTests, Comment(rawValue: Prerequisites.advice)))
    struct OpenAPITests {
        @Test func `openapi-spec-validator finds nothing wrong with the description`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let file = "\(sluice.dataDirectory)/openapi.json"
                let read = try await runToEnd("curl", ["-sSf", "\(sluice.api.base)/openapi.json", "-o", file])
                #expect(read.status == 0, "\(read.errors)")
                let document = try JSON(text: try String(contentsOfFile: file, encoding: .utf8))
                let port = sluice.api.base.split(separator: ":").last ?? ""
                #expect(document["servers"].array?.first?["url"].string == "http://localhost:\(port)")
                let done = try await runToEnd(
                    Prerequisites.python, ["-m", "openapi_spec_validator", "--schema", "3.1", file],
                    within: .seconds(120))
                #expect(done.status == 0, "\(done.output) \(done.errors)")
            }
        }

        @Test func `the article's command shows the body of a new listener`() async throws {
            let article = URL(filePath: #filePath).appendingPathComponent(
                "../../../../Sources/sluice/Documentation.docc/ManagementAPI.md"
            ).standardized
            let text = try String(contentsOf: article, encoding: .utf8)
            let command = try #require(
                text.split(separator: "```sh\n").dropFirst().first?.split(separator: "\n```").first)
            #expect(command.contains("openapi.json"))
            try await SluiceProcess.run(sandbox: false) { sluice in
                let done = try await runToEnd(
                    "sh", ["-c", String(command).replacing("http://localhost:9190", with: sluice.api.base)])
                #expect(done.status == 0, "\(done.errors)")
                let schema = try JSON(text: done.output)
                #expect(schema["required"].array?.compactMap(\.string) == ["name", "addresses", "ports"])
            }
        }

        /// Each call of the description, with bodies and parameters that it allows and some that it does not.
        ///
        /// `SLUICE_SCHEMATHESIS_SECONDS` and `SLUICE_SCHEMATHESIS_EXAMPLES` make the run longer.
        @Test func `schemathesis gets no answer that the description does not have`() async throws {
            let environment = ProcessInfo.processInfo.environment
            let seconds = environment["SLUICE_SCHEMATHESIS_SECONDS"].flatMap(Int.init) ?? 70
            let examples = environment["SLUICE_SCHEMATHESIS_EXAMPLES"] ?? "2"
            try await SluiceProcess.run(sandbox: false) { sluice in
                let folder = "\(sluice.dataDirectory)/schemathesis"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Self.settings(token: sluice.api.token ?? "").write(
                    toFile: "\(folder)/schemathesis.toml", atomically: true, encoding: .utf8)
                let done = try await runToEnd(
                    Prerequisites.python,
                    [
                        "-m", "schemathesis.cli", "--config-file", "\(folder)/schemathesis.toml", "run",
                        "\(sluice.api.base)/openapi.json", "--checks", Self.checks.joined(separator: ","),
                        "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", examples,
                        "--max-time", "\(seconds)", "--workers", "1", "--seed", "1", "--continue-on-failure",
                        "--request-timeout", "30", "--warnings", "off", "--no-color",
                    ], within: .seconds(seconds + 240))
                #expect(done.status == 0, "\(done.output.suffix(8000)) \(done.errors.suffix(2000))")
                #expect(done.output.contains("Tested: "), "\(done.output.suffix(2000))")
                #expect(sluice.child.exitStatus == nil)
            }
        }

        private static let checks = [
            "not_a_server_error", "response_schema_conformance", "status_code_conformance", "content_type_conformance",
            "response_headers_conformance", "ignored_auth",
        ]

        /// A backend cluster that is not there is no fault of the gateway's: it says 503.
        private static func settings(token: String) -> String {
            """
            headers = { Authorization = "Bearer \(token)" }

            [[operations]]
            include-path-regex = "/(topics|groups|access-matrix|explain|probe)$"
            checks.not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]

            """
        }
    }
}
