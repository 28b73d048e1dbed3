import Foundation
import Glibc
import Testing

extension IntegrationSuite {
    /// Plans that are judged and made as one.
    @Suite(.serialized) struct ApplyCommandTests {
        private static func backend(_ name: String = "kafka-a") -> String {
            """
            gateways:
              - name: shop
                backend_clusters:
                  - name: \(name)
                    bootstrap_servers: ["localhost:9094"]
                    authentication: {type: anonymous}
                    tls: {enabled: false}

            """
        }

        private static func listener(_ name: String, _ ports: Int) -> String {
            "      - {name: \(name), addresses: [127.0.0.1], ports: [\(ports)]}\n"
        }

        private static func state(_ sluice: SluiceProcess) async throws -> String {
            try await sluice.command(["export"]).output
        }

        @Test func `a dry run, validate and apply refuse the same, and nothing is left`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let api = try #require(URL(string: sluice.api.base)?.port)
                let documents: [(String, String)] = [
                    (Self.backend("k"), "backend cluster 'k'"),
                    (
                        Self.backend() + "    listeners:\n" + Self.listener("edge", api), "cannot bind 127.0.0.1:\(api)"
                    ),
                    (
                        Self.backend() + """
                                virtual_clusters:
                                  - name: orders
                                    destination: kafka-a
                                    dns_label: orders
                                    acl_mode: enforce_on_gateway
                                    authentication: [{type: anonymous}]

                            """, "insecure_allow_anonymous_virtual_cluster_auth"
                    ),
                ]
                for (text, reason) in documents {
                    for command in [["apply", "--dry-run"], ["validate"], ["apply", "--yes"]] {
                        let answer = try await sluice.command(command + ["-f", "-"], input: text)
                        #expect(answer.status != 0, "\(command): \(answer.output)")
                        #expect(answer.errors.contains(reason), "\(command): \(answer.errors)")
                    }
                    #expect(try await Self.state(sluice).contains("# Nothing is configured."))
                }
            }
        }

        @Test func `files are checked without an instance, and all that is wrong is told with its line`() async throws {
            func validate(_ text: String) async throws -> Completed {
                try await runToEnd(SluiceProcess.binary, ["validate", "-f", "-"], input: text)
            }
            let servers =
                "auth_servers:\n  - name: auth\n    audience: a\n    scopes: [{name: good}, {name: not good}]\n"
            let wrong = try await validate(servers + Self.backend("k"))
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("4:29: cannot create scope 'not good'"), "\(wrong.errors)")
            #expect(wrong.errors.contains("8:9: cannot create backend cluster 'k'"), "\(wrong.errors)")
            let good = try await validate(servers.replacing("not good", with: "better") + Self.backend())
            #expect(good.status == 0, "\(good.errors)")
            #expect(good.output == "valid: 5 to create, 0 to update, 0 to delete, 0 unchanged\n")
        }

        @Test func `an apply that is killed at any moment did all or nothing`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let names = (0..<60).map { "listener-\($0)" }
                let first = try FreePorts.first(of: names.count)
                let text =
                    Self.backend() + "    listeners:\n"
                    + names.enumerated().map { Self.listener($1, first + $0) }.joined()
                var (none, all) = (0, 0)
                for delay in stride(from: 5, through: 400, by: 35) {
                    let child = try ChildProcess(
                        SluiceProcess.binary,
                        ["apply", "--yes", "-f", "-", "--api", sluice.api.base, "--data-dir", sluice.dataDirectory])
                    try child.write(line: text)
                    child.closeInput()
                    // The moment is what varies here: there is nothing to wait for.
                    try await Task.sleep(for: .milliseconds(delay))
                    kill(child.processID, SIGKILL)
                    _ = try? await child.exited(within: .seconds(10))
                    // The instance may be at it still: this waits for its turn behind it.
                    _ = try await sluice.command(["apply", "--yes", "-f", "-"], input: "gateways: [{name: other}]")
                    let made = try await Self.state(sluice)
                    switch names.count(where: { made.contains("name: \($0)\n") }) {
                    case 0: none += 1
                    case names.count:
                        all += 1
                        let gone = try await sluice.command(
                            ["apply", "--yes", "--prune-all", "-f", "-"], input: "gateways: []")
                        #expect(gone.status == 0, "\(gone.errors)")
                    case let some: Issue.record("\(some) of \(names.count) listeners after \(delay) ms")
                    }
                }
                #expect(none + all == 12)
            }
        }

        @Test func `what two writers change at once is refused to one of them`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                #expect(try await sluice.command(["apply", "--yes", "-f", "-"], input: Self.backend()).status == 0)
                let gateway = try #require(
                    try await sluice.api.get("/v1/event-gateways").json["data"].array?.first?["id"].string)
                let path = "/v1/event-gateways/\(gateway)"
                func changed(_ word: String) -> String {
                    Self.backend().replacing("name: shop", with: "name: shop\n    description: \(word)")
                }
                // Writers in a row plan from what is there; writers side by side may meet.
                let answers = try await withThrowingTaskGroup(of: Completed.self) { group in
                    for number in 0..<6 {
                        group.addTask {
                            try await sluice.command(["apply", "--yes", "-f", "-"], input: changed("writer \(number)"))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let refused = answers.filter { $0.status != 0 }
                for answer in refused {
                    #expect(answer.errors.contains("somebody else changed it"), "\(answer.errors)")
                    #expect(answer.errors.contains("Nothing was changed."))
                }
                #expect(answers.contains { $0.status == 0 })
                let description = try await sluice.api.get(path).json["description"].string ?? ""
                #expect(description.hasPrefix("writer "))
            }
        }

        @Test func `pruning without a terminal needs a yes, and never takes whole gateways unasked`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let both = "auth_servers: [{name: auth, audience: a}]\n" + Self.backend() + "  - name: other\n"
                #expect(try await sluice.command(["apply", "--yes", "-f", "-"], input: both).status == 0)
                let before = try await Self.state(sluice)
                let mine = "auth_servers: []\ngateways: [{name: shop, backend_clusters: []}]"
                for more in [[], ["--json"]] {
                    let answer = try await sluice.command(["apply", "--prune", "-f", "-"] + more, input: mine)
                    #expect(answer.status != 0)
                    #expect(answer.errors.contains("--yes"), "\(answer.errors)")
                    #expect(try await Self.state(sluice) == before)
                }
                let told = try await sluice.command(["apply", "--prune", "--dry-run", "-f", "-"], input: mine)
                #expect(told.output.contains("kept: gateway 'other' is in no file; --prune-all deletes it"))
                #expect(told.output.contains("delete backend cluster 'kafka-a'"), "\(told.output)")
                #expect(try await sluice.command(["apply", "--prune", "--yes", "-f", "-"], input: mine).status == 0)
                let after = try await Self.state(sluice)
                #expect(after.contains("name: other"))
                #expect(after.contains("name: auth"))
                #expect(!after.contains("kafka-a"))
                let all = try await sluice.command(["apply", "--prune-all", "--yes", "-f", "-"], input: mine)
                #expect(all.output.contains("its tokens end"), "\(all.output) \(all.errors)")
                #expect(try await !Self.state(sluice).contains("name: other"))
            }
        }

        @Test func `what is refused is JSON on standard output and prose on standard error`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let taken = try #require(URL(string: sluice.api.base)?.port)
                let text = Self.backend() + "    listeners:\n" + Self.listener("one", taken)
                for more in [["--dry-run"], ["--yes"]] {
                    let refused = try await sluice.command(["apply", "--json", "-f", "-"] + more, input: text)
                    #expect(refused.status == 1)
                    #expect(refused.errors.contains("Nothing was changed."), "\(refused.errors)")
                    let outcome = try refused.json
                    #expect(outcome["applied"] == false)
                    #expect(outcome["changes"].array?.isEmpty == false)
                    let refusal = outcome["refusals"][0]
                    #expect(refusal["title"].string?.contains("listener 'one'") == true, "\(refused.output)")
                    #expect(refusal["reason"].string?.contains(String(taken)) == true, "\(refused.output)")
                }
            }
        }

        @Test func `two listeners swap their ports in one apply`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let port = try FreePorts.first(of: 2)
                func text(_ first: Int, _ second: Int) -> String {
                    Self.backend() + "    listeners:\n" + Self.listener("one", first) + Self.listener("two", second)
                }
                #expect(
                    try await sluice.command(["apply", "--yes", "-f", "-"], input: text(port, port + 1)).status == 0)
                let swapped = try await sluice.command(["apply", "--yes", "-f", "-"], input: text(port + 1, port))
                #expect(swapped.status == 0, "\(swapped.errors)")
                #expect(swapped.output.contains("2 to update"))
            }
        }
    }
}
