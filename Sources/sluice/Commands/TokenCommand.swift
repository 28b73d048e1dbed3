import ArgumentParser
import EngineInterface

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Get a token, or check one against the rules of a virtual cluster.",
        subcommands: [Fetch.self, Check.self])
}

extension TokenCommand {
    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Get an access token with client credentials (RFC 6749 §4.4).",
            discussion: """
                Prints the token alone, so that it can be put into a variable. The token endpoint is read from the issuer's \
                metadata (RFC 8414, OpenID Connect Discovery). The secret comes from --client-secret-file or the \
                environment (SLUICE_CLIENT_SECRET), which keep it out of the list of processes.
                The exit status is 3 when the server refuses.
                """)

        @Option(help: "Issuer URL of the auth server.") var issuer: String?
        @Option(help: "URL of the token endpoint, for a server without metadata.") var tokenEndpoint: String?
        @Option(help: "Client id.") var clientID: String
        @OptionGroup var clientSecret: ClientSecretOptions
        @Option(help: "Scopes, separated by spaces.") var scope: String?
        @Flag(help: "Print the server's whole answer as JSON.") var json = false

        func validate() throws {
            guard [self.issuer, self.tokenEndpoint].count(where: { $0 != nil }) == 1 else {
                throw ValidationError("Give one of --issuer and --token-endpoint.")
            }
        }

        private var source: TokenEndpoint.Source {
            self.tokenEndpoint.map { .address($0) } ?? .issuer(self.issuer ?? "")
        }

        func run() async throws {
            let answer = try await TokenEndpoint(self.source).fetch(
                clientID: self.clientID, clientSecret: try self.clientSecret.secret(), scope: self.scope,
                warn: { Output.warning($0) })
            if self.json {
                Output.json(text: String(decoding: answer.body, as: UTF8.self))
            } else {
                Output.line(answer.accessToken)
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a token as a virtual cluster does, and print every check.",
            discussion: "The exit status is 3 when the virtual cluster would refuse the token.")

        @OptionGroup var instance: InstanceOptions
        @Argument(help: "The token, or - to read it from standard input.") var token = "-"
        @Option(help: "Gateway, by name or id; not needed when there is one.") var gateway: String?
        @Option(help: "Virtual cluster, by name or id; not needed when there is one.") var virtualCluster: String?
        @Flag(help: "Print the report as JSON.") var json = false

        func run() async throws {
            let connection = try self.instance.connection()
            let token = try Secret.token(self.token, of: "the token")
            let gateway = try await connection.gateway(self.gateway)
            let virtualCluster = try await connection.virtualCluster(self.virtualCluster, gateway: gateway)
            let report = try await connection.post(
                "/v1/event-gateways/\(gateway.id)/virtual-clusters/\(virtualCluster.id)/check-token",
                body: ["token": token], as: TokenCheckReport.self)
            if self.json {
                try Output.json(report)
            } else {
                for (index, check) in report.checks.enumerated() {
                    let mark =
                        switch check.outcome {
                        case .passed: "ok    "
                        case .failed: "FAILED"
                        case .warning: "WARN  "
                        case .skipped: "-     "
                        }
                    let number = index < 9 ? " \(index + 1)" : "\(index + 1)"
                    Output.line("\(mark)  \(number) \(check.name): \(check.detail)")
                }
                Output.line(
                    report.accepted
                        ? "accepted by '\(virtualCluster.name)' as principal '\(report.principal ?? "")'"
                        : "refused by '\(virtualCluster.name)'")
            }
            if !report.accepted { throw ExitCode(ExitStatus.refused) }
        }
    }
}
