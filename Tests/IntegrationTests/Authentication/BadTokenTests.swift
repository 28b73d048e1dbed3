import Foundation
import Testing

extension IntegrationSuite {
    /// Proof 5: what is wrong with a token ends the connection. The reason is in the log.
    @Suite(.serialized) struct BadTokenTests {
        private static func run(
            _ body: (SluiceProcess, Quickstart, TestIssuer) async throws -> Void
        ) async throws {
            try await TestIssuer.run { issuer in
                try await SluiceProcess.run(sandbox: true) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, moreAuthentication: [issuer.rule])
                    try await body(sluice, quickstart, issuer)
                }
            }
        }

        @Test func `a bad token gets RFC 7628's error, then code 58, then the connection closes`()
            async throws
        {
            try await Self.run { sluice, quickstart, issuer in
                let good = try await quickstart.token()
                // What the log says of each.
                let bad: [(what: String, token: String)] = [
                    ("expired", try await issuer.token(subject: "somebody", expiresIn: -120)),
                    ("signature", try await issuer.resigned(good)),
                    ("signature", try await issuer.token(subject: "somebody", key: "hidden", headerKey: "first")),
                    ("key", try await issuer.token(subject: "somebody", key: "hidden")),
                    ("signature", Tokens.alteringSignature(of: good)),
                    ("alg", try await issuer.token(subject: "somebody", algorithm: "none")),
                    ("token", "not-a-token"),
                ]
                for (what, token) in bad {
                    try await RawConnection.run(port: quickstart.port) { client in
                        let challenge = try #require(try await client.signIn(token: token))
                        #expect(challenge.error == 0, "\(what)")
                        #expect(
                            try JSON(text: challenge.bytes)["status"] == "invalid_token", "\(what): \(challenge.bytes)")
                        let verdict = try #require(try await client.saslAuthenticate("\u{1}"))
                        #expect(verdict.error == 58)
                        let reason = verdict.message ?? ""
                        #expect(reason == "The token was refused. The log of the gateway has the reason.")
                        let address = "127.0.0.1:\(client.localPort) "
                        let lines = sluice.child.errorText.split(separator: "\n").filter { $0.contains(address) }
                        #expect(
                            lines.contains { $0.localizedCaseInsensitiveContains(what) }, "\(what): \(lines)")
                        try await client.closed()
                    }
                    #expect(!sluice.child.errorText.contains(token), "the token itself is not logged")
                }
                // None of them came in; an honest token of either issuer does.
                let honest = try await issuer.token(subject: "somebody")
                for token in [good, honest] {
                    try await RawConnection.run(port: quickstart.port) { client async throws in
                        #expect(try await client.signIn(token: token)?.error == 0)
                    }
                }
            }
        }

        /// librdkafka reports the reason. kafka-python logs it, except where it sees the end of the connection first.
        /// aiokafka takes the challenge for a success, as it would in front of a broker, and only sees the end.
        @Test(arguments: KafkaLibrary.allCases)
        func `stock clients do not get in with a bad token, and learn why as far as they listen`(
            library: KafkaLibrary
        ) async throws {
            try await Self.run { _, quickstart, issuer in
                let good = try await quickstart.token()
                let tokens = [
                    try await issuer.token(subject: "somebody", expiresIn: -120), try await issuer.resigned(good),
                    Tokens.alteringSignature(of: good),
                ]
                try await KafkaClient.run(library, bootstrap: quickstart.bootstrap) { client in
                    for token in tokens {
                        try await client.configure(bootstrap: quickstart.bootstrap, token: token)
                        var said = ""
                        for _ in 0..<3 where !said.localizedCaseInsensitiveContains("authentication") {
                            let failure = await #expect(throws: ClientFailure.self) { try await client.topics() }
                            said += "\(failure?.message ?? "") \(failure?.log ?? "")"
                            if library == .aiokafka { break }
                        }
                        if library != .aiokafka {
                            #expect(said.localizedCaseInsensitiveContains("authentication"), "\(said)")
                        }
                    }
                    // The same process gets in with a good one.
                    try await client.configure(bootstrap: quickstart.bootstrap, token: good)
                    #expect(try await client.topics() == [:])
                }
                let live = try await quickstart.liveView()
                #expect(live.principals.isSubset(of: [quickstart.clientID]), "nobody with a bad token was let in")
            }
        }
    }
}
