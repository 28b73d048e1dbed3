import Foundation
import Testing

/// The files of the walkthrough's last page, used as its users would.
enum ClosingPage {
    /// Runs the Python program twice: as a consumer group, and to send what the group then reads.
    ///
    /// - Parameter meanwhile: while the group is connected.
    static func readsThroughTheGateway(
        script: String, isolation: isolated (any Actor)? = #isolation, meanwhile: () async throws -> Void = {}
    ) async throws {
        let consumer = try ChildProcess(Prerequisites.python, [script])
        do {
            let sent = try await runToEnd(Prerequisites.python, [script, "hello", "from", "the", "page"])
            #expect(sent.status == 0, "\(sent.errors)")
            #expect(sent.output == "sent\n", "\(sent.output) \(sent.errors)")
            #expect(try await consumer.line(within: .seconds(40)) == "hello from the page")
            try await meanwhile()
        } catch {
            await consumer.stop()
            throw error
        }
        await consumer.stop()
    }

    /// Has a kcat with OIDC send a record, and another read it as a group.
    static func carriesRecords(configuration: String, script: String) async throws {
        try await TemporaryDirectory.run { directory in
            // Debian's kcat, with the librdkafka that confluent-kafka brings: Debian's own lacks OIDC.
            let found = try await runToEnd(
                Prerequisites.python,
                [
                    "-c",
                    "import confluent_kafka, glob, os; print(glob.glob(os.path.join(os.path.dirname("
                        + "os.path.dirname(confluent_kafka.__file__)), 'confluent_kafka.libs', 'librdkafka*'))[0])",
                ])
            try #require(found.status == 0, "\(found.errors)")
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory)/librdkafka.so.1",
                withDestinationPath: found.output.trimmingCharacters(in: .whitespacesAndNewlines))
            let environment: [String: String?] = ["LD_LIBRARY_PATH": directory]
            let sent = try await runToEnd(
                "kcat", ["-F", configuration, "-P", "-t", "hello"], input: "from kcat", environment: environment)
            #expect(sent.status == 0, "\(sent.errors)")
            // Unbuffered, from the first record on, until both are there.
            let reader = try ChildProcess(
                "kcat",
                ["-F", configuration, "-u", "-G", "kcat-readers", "-X", "auto.offset.reset=earliest", "hello"],
                environment: environment)
            do {
                var lines: [String] = []
                while !lines.contains("from kcat"), lines.count < 20 {
                    lines.append(try await reader.line(within: .seconds(40)))
                }
                #expect(lines.contains("hello from the page"))
                #expect(lines.contains("from kcat"))
            } catch {
                await reader.stop()
                throw error
            }
            await reader.stop()
        }
    }
}
