import Testing

extension IntegrationSuite {
    /// What an auth server of the same process takes back stops working at the gateway, within a second.
    @Suite(.serialized) struct WithdrawalTests {
        /// The client's secret, key and scope, and a token with that scope.
        private struct Access {
            var quickstart: Quickstart
            var token: String

            var server: String { "/v1/auth-servers/\(self.quickstart.authServer.id)" }
            var client: String { "\(self.server)/clients/\(self.quickstart.clientID)" }

            func first(_ path: String) async throws -> String {
                try await self.quickstart.api.get(path).json["data"].array?.first?.id ?? ""
            }
        }

        enum Way: String, CaseIterable {
            case server, client, token, secret, scope, key, revocation
        }

        @Test(arguments: Way.allCases)
        func `a token that was taken back signs in no more, and the connection that it let in ends`(way: Way)
            async throws
        {
            try await SluiceProcess.run(sandbox: true) { sluice async throws in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let access = Access(quickstart: quickstart, token: try await quickstart.token())
                try await RawConnection.run(port: quickstart.port) { client async throws in
                    #expect(try await client.signIn(token: access.token)?.error == 0)
                    #expect(try await client.metadata(topics: nil).brokers.count == 3)
                    try await RawConnection.run(port: quickstart.port) { anonymous async throws in
                        #expect(try await anonymous.metadata(topics: nil).brokers.count == 3)
                        let status = try await Self.takeBack(way, access)
                        #expect([200, 204].contains(status))
                        try await client.closed(within: .seconds(1))
                        try await RawConnection.run(port: quickstart.port) { again async throws in
                            let answer = try await again.signIn(token: access.token)
                            #expect(answer?.bytes == #"{"status":"invalid_token"}"#)
                        }
                        // It concerns nobody else.
                        #expect(try await anonymous.metadata(topics: nil).brokers.count == 3)
                    }
                }
                guard way != .server, way != .client, way != .secret, way != .scope else { return }
                let other = try await quickstart.token()
                try await RawConnection.run(port: quickstart.port) { client async throws in
                    #expect(try await client.signIn(token: other)?.bytes == "")
                }
            }
        }

        private static func takeBack(_ way: Way, _ access: Access) async throws -> Int {
            let api = access.quickstart.api
            switch way {
            case .server:
                return try await api.delete("\(access.server)?force=true").status
            case .client:
                return try await api.delete(access.client).status
            case .token:
                return try await api.delete("\(access.client)/tokens/\(access.first("\(access.client)/tokens"))").status
            case .secret:
                return try await api.delete(
                    "\(access.client)/secrets/\(access.first("\(access.client)/secrets"))"
                ).status
            case .scope:
                return try await api.delete("\(access.server)/scopes/\(access.quickstart.scope.id)").status
            case .key:
                return try await api.delete("\(access.server)/keys/\(access.first("\(access.server)/keys"))").status
            case .revocation:
                return try await ManagementClient(base: api.base).send(
                    "POST", "\(access.quickstart.issuer)/revoke",
                    form: [
                        "client_id": access.quickstart.clientID, "client_secret": access.quickstart.clientSecret,
                        "token": access.token,
                    ]
                ).status
            }
        }
    }
}
