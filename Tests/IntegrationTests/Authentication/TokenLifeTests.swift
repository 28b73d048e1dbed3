import Testing

extension IntegrationSuite {
    /// Keys that come and go, and sessions that outlive their token (KIP-368).
    @Suite(.serialized) struct TokenLifeTests {
        @Test func `a session learns its lifetime and signs in again on the same connection`() async throws {
            try await TestIssuer.run { issuer in
                try await SluiceProcess.run(sandbox: true) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, moreAuthentication: [issuer.rule])
                    let short = try await issuer.token(subject: "short", expiresIn: 40)
                    try await RawConnection.run(port: quickstart.port) { client in
                        let first = try #require(try await client.signIn(token: short))
                        #expect(first.error == 0)
                        #expect((1...70_000).contains(first.lifetimeMilliseconds))
                        let session = try #require(
                            try await quickstart.liveView().connections.first { $0.principal == "short" }?.session)

                        let again = try await client.signIn(token: try await issuer.token(subject: "short"))
                        #expect(again?.error == 0)
                        #expect((again?.lifetimeMilliseconds ?? 0) > 1_000_000)
                        #expect(try await client.metadata(topics: nil).brokers.count == 3)
                        let sessions = try await quickstart.liveView().connections.filter { $0.principal == "short" }
                        #expect(sessions.map(\.session) == [session])
                    }
                    // A connection may not change its principal (KIP-368).
                    try await RawConnection.run(port: quickstart.port) { client in
                        #expect(try await client.signIn(token: short)?.error == 0)
                        let other = try await client.signIn(token: try await issuer.token(subject: "other"))
                        #expect(other == nil || other?.error == 58)
                        try await client.closed()
                    }
                }
            }
        }

        @Test func `librdkafka renews a short token on the connections that it has`() async throws {
            try await TestIssuer.run { issuer in
                try await SluiceProcess.run(sandbox: true) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, moreAuthentication: [issuer.rule])
                    // 30 seconds of clock skew are granted: this token has 8 seconds left of them. librdkafka is told
                    // 4 seconds, asks for a new token before they are over, and signs in again with it before the
                    // gateway ends the session.
                    let short = try await issuer.token(subject: "short", expiresIn: -22)
                    try await KafkaClient.run(
                        .confluent, bootstrap: quickstart.bootstrap, token: short, tokenLifetime: 4
                    ) { client in
                        _ = try await client.topics()
                        try await client.replace(token: try await issuer.token(subject: "short"))
                        try await waitUntil("a session that outlives its first token", within: .seconds(40)) {
                            _ = try await client.topics()
                            return try await quickstart.liveView().connections.contains {
                                $0.principal == "short" && $0.age > 12
                            }
                        }
                        #expect(try await client.tokenCount() >= 2)
                    }
                }
            }
        }

        @Test func `a session whose token ran out is closed`() async throws {
            try await TestIssuer.run { issuer in
                try await SluiceProcess.run(sandbox: true) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, moreAuthentication: [issuer.rule])
                    // 30 seconds of clock skew are granted: this one has 3 seconds left of them.
                    let nearlyOver = try await issuer.token(subject: "late", expiresIn: -27)
                    try await RawConnection.run(port: quickstart.port) { client in
                        #expect(try await client.signIn(token: nearlyOver)?.error == 0)
                        #expect(try await client.metadata(topics: nil).brokers.count == 3)
                        try await client.closed(within: .seconds(45))
                    }
                }
            }
        }

        @Test func `an unknown key makes the gateway fetch the set again, and a failing endpoint costs no good key`()
            async throws
        {
            try await TestIssuer.run { issuer in
                try await SluiceProcess.run(sandbox: true) { sluice in
                    let quickstart = try await Quickstart(
                        sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, moreAuthentication: [issuer.rule])
                    func signIn(_ token: String) async throws -> Bool {
                        try await RawConnection.run(port: quickstart.port) { client in
                            guard let answer = try await client.signIn(token: token) else { return false }
                            return answer.error == 0 && answer.bytes.isEmpty
                        }
                    }
                    #expect(try await signIn(try await issuer.token(subject: "a")))

                    try await issuer.python.call("add_key", ["kid": "second", "algorithm": "ES256"])
                    #expect(try await signIn(try await issuer.token(subject: "a", key: "second")))
                    try await issuer.python.call("add_key", ["kid": "third", "algorithm": "PS256"])
                    try await issuer.python.call("fail", ["failing": true])
                    #expect(!(try await signIn(try await issuer.token(subject: "a", key: "third"))))
                    #expect(try await signIn(try await issuer.token(subject: "a", key: "second")))
                    #expect(try await signIn(try await issuer.token(subject: "a")))
                }
            }
        }
    }
}
