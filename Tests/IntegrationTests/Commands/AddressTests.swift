import Foundation
import Testing

extension IntegrationSuite {
    /// Addresses that commands are given, and what becomes of those that cannot be used.
    @Suite(.serialized) struct AddressTests {
        private static func serve(_ arguments: [String], file text: String = "") async throws -> Completed {
            try await TemporaryDirectory.run { directory in
                let file = "\(directory)/config.toml"
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                return try await runToEnd(
                    SluiceProcess.binary,
                    ["serve", "--config", file, "--data-dir", "\(directory)/data", "--api", "127.0.0.1:0"] + arguments)
            }
        }

        @Test(arguments: [
            (
                ["--api", "nosuchhost.invalid:9190"],
                "The management API cannot listen on nosuchhost.invalid:9190: the host name nosuchhost.invalid cannot be "
                    + "resolved. Choose another with --api HOST:PORT."
            ),
            (
                ["--api", "[2001:db8::1]:9190"],
                "The management API cannot listen on [2001:db8::1]:9190: this machine does not have that address."
            ),
            (
                ["--sandbox", "nosuchhost.invalid"],
                "nosuchhost.invalid:9094 cannot be bound by sandbox broker 0: the host name nosuchhost.invalid cannot be "
                    + "resolved. Give the sandbox another address."
            ),
        ])
        func `an address that cannot be bound is told in words`(_ arguments: [String], _ sentence: String) async throws
        {
            let answer = try await Self.serve(arguments)
            #expect(answer.status == 1)
            #expect(answer.errors.contains(sentence), "\(answer.errors)")
        }

        @Test(arguments: [
            ("sandbox", "localhost:9094"), ("sandbox-advertise", "a b"), ("sandbox-advertise", "kafka:9092"),
            ("sandbox-memory", "much"), ("sandbox-memory", "0"), ("sandbox-memory", "99999999GiB"),
        ])
        func `a setting of the sandbox is checked wherever it comes from`(_ name: String, _ value: String) async throws
        {
            for answer in [
                try await Self.serve(["--\(name)", value]), try await Self.serve([], file: "\(name) = '\(value)'"),
            ] {
                #expect(answer.status == 2)
                #expect(answer.errors.contains("\(name) is '\(value)'; it must be"), "\(answer.errors)")
            }
        }

        @Test(arguments: [true, false])
        func `the sandbox beside a gateway makes topics when it is told to`(_ makesTopics: Bool) async throws {
            try await TemporaryDirectory.run { directory in
                let sluice = try await SluiceProcess.start(
                    sandbox: true, dataDirectory: directory,
                    arguments: makesTopics ? ["--sandbox-auto-create"] : [])
                let bootstrap = sluice.sandbox.joined(separator: ",")
                do {
                    // The answer that makes a topic still says that there is none.
                    for _ in 0..<2 {
                        _ = try await Kcat.metadata(bootstrap: bootstrap, options: ["-t", "wanted"])
                    }
                    let topics = try await Kcat.metadata(bootstrap: bootstrap).topics
                    #expect(topics == (makesTopics ? ["wanted": 1] : [:]))
                } catch {
                    await sluice.child.stop()
                    throw error
                }
                await sluice.child.stop()
            }
        }

        @Test func `the sandbox tells clients the host it is given`() async throws {
            let port = try FreePorts.first(of: 3)
            let sandbox = try SluiceProcess.launch(
                ["sandbox", "--host", "::", "--port", String(port), "--advertise", "127.0.0.1", "--memory", "64MiB"])
            do {
                try await waitUntil("the sandbox to listen") {
                    if let status = sandbox.exitStatus { throw ChildFailure(sandbox, "ended with status \(status)") }
                    return await RawConnection.isAccepted(port: port)
                }
                let metadata = try await Kcat.metadata(bootstrap: "127.0.0.1:\(port)")
                #expect(metadata.brokers["0"] == "127.0.0.1:\(port)")
            } catch {
                await sandbox.stop()
                throw error
            }
            await sandbox.stop()
        }
    }
}
