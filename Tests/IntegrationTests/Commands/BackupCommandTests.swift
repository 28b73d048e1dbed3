import Foundation
import Testing

extension IntegrationSuite {
    @Suite(.serialized) struct BackupCommandTests {
        private static let passphrase: [String: String?] = ["SLUICE_BACKUP_PASSPHRASE": "correct horse battery"]

        @Test func `a backup of a running instance goes on elsewhere`() async throws {
            try await TemporaryDirectory.run { folder in
                let file = "\(folder)/backup"
                let target = "\(folder)/restored"
                func restore(_ environment: [String: String?]) async throws -> Completed {
                    try await runToEnd(
                        SluiceProcess.binary, ["restore", file, "--data-dir", target], environment: environment)
                }
                let token = try await SluiceProcess.run(sandbox: false) { sluice in
                    #expect(try await sluice.api.post("/v1/event-gateways", ["name": "edge"]).status == 201)
                    let short = try await runToEnd(
                        SluiceProcess.binary, ["backup", file, "--data-dir", sluice.dataDirectory],
                        environment: ["SLUICE_BACKUP_PASSPHRASE": "short"])
                    #expect(short.status == 2)
                    #expect(short.errors.contains("must have at least 12"), "\(short.errors)")
                    let made = try await runToEnd(
                        SluiceProcess.binary, ["backup", file, "--data-dir", sluice.dataDirectory],
                        environment: Self.passphrase)
                    #expect(made.status == 0 && made.output.isEmpty, "\(made.errors)")
                    let again = try await runToEnd(
                        SluiceProcess.binary, ["backup", file, "--data-dir", sluice.dataDirectory],
                        environment: Self.passphrase)
                    #expect(again.status == 1)
                    #expect(again.errors.contains("is there already"), "\(again.errors)")
                    let forced = try await runToEnd(
                        SluiceProcess.binary, ["backup", "--force", file, "--data-dir", sluice.dataDirectory],
                        environment: Self.passphrase)
                    #expect(forced.status == 0, "\(forced.errors)")
                    let over = try await runToEnd(
                        SluiceProcess.binary, ["restore", file, "--data-dir", sluice.dataDirectory],
                        environment: Self.passphrase)
                    #expect(over.status == 1)
                    #expect(over.errors.contains("is not empty"), "\(over.errors)")
                    return sluice.api.token
                }
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600)

                let wrong = try await restore(["SLUICE_BACKUP_PASSPHRASE": "incorrect horse battery"])
                #expect(wrong.status == 1)
                #expect(wrong.errors.contains("the passphrase is wrong"), "\(wrong.errors)")
                #expect(!FileManager.default.fileExists(atPath: target))
                let restored = try await restore(Self.passphrase)
                #expect(restored.status == 0, "\(restored.errors)")
                try await SluiceProcess.run(sandbox: false, dataDirectory: target) { second in
                    #expect(second.api.token == token)
                    let gateways = try await second.api.get("/v1/event-gateways").json["data"].array ?? []
                    #expect(gateways.map { $0["name"].string } == ["edge"])
                }
            }
        }
    }
}
