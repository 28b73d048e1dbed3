import Testing

extension IntegrationSuite {
    /// Proof 7 for stock clients: the decisions counted are those that the requests on the wire called for, worked out
    /// by a relay between client and gateway that shares no code with the product.
    @Suite(.serialized) struct DecisionTallyTests {
        @Test(arguments: KafkaLibrary.allCases)
        func `the counters are what the client's requests on the wire called for`(library: KafkaLibrary) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await TappedClients.prepare(sluice)
                let quickstart = try await Quickstart(
                    sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, address: "127.0.0.1",
                    advertisedHost: TappedClients.host)
                try await PythonClient.run("tap") { tap in
                    let expected = try await TappedClients.run(library, quickstart, tap)
                    // The clients are gone; what they sent last is counted as soon as the gateway has read it.
                    try? await waitUntil("the gateway to have counted every request", within: .seconds(5)) {
                        let live = try await quickstart.liveView()
                        return live.counts(principal: quickstart.clientID) == expected["token"]
                            && live.counts(principal: "anonymous") == expected["anonymous"]
                    }
                    let live = try await quickstart.liveView()
                    #expect(live.counts(principal: quickstart.clientID) == expected["token"])
                    #expect(live.counts(principal: "anonymous") == expected["anonymous"])
                }
            }
        }
    }
}
