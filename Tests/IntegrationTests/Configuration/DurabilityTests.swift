import Foundation
import Synchronization
import Testing

extension IntegrationSuite {
    /// What was answered 2xx is there after the process is killed in the middle of a stream of writes.
    @Suite(.serialized) struct DurabilityTests {
        /// One resource as its writer knows it.
        private struct Written {
            /// The description that the last answered write gave it; nil after an answered delete.
            var answered: String?
            /// The write that was sent and not answered: it may or may not have happened.
            var pending: Pending?

            enum Pending {
                case description(String)
                case deletion
            }

            func allows(_ found: String?) -> Bool {
                if found == self.answered { return true }
                switch self.pending {
                case nil: return false
                case .description(let text): return found == text
                case .deletion: return found == nil
                }
            }
        }

        private final class Counter: Sendable {
            let value = Atomic<Int>(0)
        }

        @Test func `killing the process during writes loses nothing that was answered`() async throws {
            try await TemporaryDirectory.run { directory in
                var written: [String: Written] = [:]
                for round in 0..<6 {
                    let sluice = try await SluiceProcess.start(dataDirectory: directory)
                    do {
                        try await Self.verify(written, api: sluice.api)
                        let answers = try await Self.write(round: round, until: 40 + round * 17, sluice: sluice)
                        #expect(answers.count > 10)
                        written.merge(answers) { _, new in new }
                    } catch {
                        await sluice.child.stop()
                        throw error
                    }
                }
                let sluice = try await SluiceProcess.start(dataDirectory: directory)
                do {
                    try await Self.verify(written, api: sluice.api)
                } catch {
                    await sluice.child.stop()
                    throw error
                }
                await sluice.child.stop()
            }
        }

        /// Writes from several tasks and kills the process after `count` answers, in the middle of what they do then.
        /// - Returns: resource paths and what their writers know of them.
        private static func write(round: Int, until count: Int, sluice: SluiceProcess) async throws -> [String: Written]
        {
            let answered = Counter()
            return try await withThrowingTaskGroup(of: [String: Written].self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        await Self.writeUntilCut(api: sluice.api, prefix: "r\(round)-w\(writer)") {
                            answered.value.add(1, ordering: .relaxed)
                        }
                    }
                }
                try await waitUntil("\(count) answered writes", within: .seconds(60), every: .milliseconds(1)) {
                    answered.value.load(ordering: .relaxed) >= count
                }
                try await sluice.child.killWithoutWarning()
                return try await group.reduce(into: [:]) { all, some in all.merge(some) { _, new in new } }
            }
        }

        /// Creates, replaces and deletes gateways and their backend clusters until the server is gone.
        private static func writeUntilCut(
            api: ManagementClient, prefix: String, answered: @Sendable () -> Void
        ) async -> [String: Written] {
            var written: [String: Written] = [:]
            for number in 0..<10_000 {
                let name = "\(prefix)-\(number)"
                let path: String
                do {
                    let gateway = try await api.post(
                        "/v1/event-gateways", ["name": .string(name), "description": "new"])
                    guard gateway.status == 201 else { break }
                    answered()
                    path = "/v1/event-gateways/\(gateway.json.id)"
                    written[path] = Written(answered: "new")

                    let backend = try await api.post(
                        "\(path)/backend-clusters",
                        [
                            "name": "backend", "description": "of \(name)", "bootstrap_servers": ["localhost:9"],
                            "authentication": ["type": "anonymous"], "tls": ["enabled": false],
                        ])
                    guard backend.status == 201 else { break }
                    answered()
                    written["\(path)/backend-clusters/\(backend.json.id)"] = Written(answered: "of \(name)")
                } catch {
                    break
                }
                do {
                    written[path]?.pending = .description("changed")
                    let changed = try await api.put(path, ["name": .string(name), "description": "changed"])
                    guard changed.status == 200 else { break }
                    answered()
                    written[path] = Written(answered: "changed")
                    guard number % 3 == 2 else { continue }
                    // The gateway takes its backend cluster with it.
                    for key in written.keys where key.hasPrefix(path) { written[key]?.pending = .deletion }
                    let deleted = try await api.delete(path)
                    guard deleted.status == 204 else { break }
                    answered()
                    for key in written.keys where key.hasPrefix(path) { written[key] = Written(answered: nil) }
                } catch {
                    break
                }
            }
            return written
        }

        private static func verify(_ written: [String: Written], api: ManagementClient) async throws {
            for (path, expected) in written {
                let answer = try await api.get(path)
                let found = answer.status == 404 ? nil : answer.json["description"].string
                #expect(answer.status == 404 || answer.status == 200, "\(path): \(answer)")
                #expect(
                    expected.allows(found),
                    "\(path) is \(found ?? "absent"), last answered: \(expected.answered ?? "deleted")")
            }
        }
    }
}
