import Testing

extension IntegrationSuite {
    /// Stock clients do all they can do, with the gateway in between and without: they see the same with full rights,
    /// and what a broker with the same rules would answer with fewer.
    @Suite(.serialized, InStockClientWorld()) struct StockClientTests {
        @Test(arguments: StockClient.available)
        func `a stock client with full rights sees what it sees without the gateway`(client: StockClient) async throws {
            let world = try #require(StockClientWorld.current)
            async let withoutGateway = client.observe("observe", at: world.direct, prefix: "first-\(client)-")
            async let withGateway = client.observe(
                "observe", at: world.withAllRights, prefix: "other-\(client)-", token: world.token)
            let (direct, through) = try await (withoutGateway, withGateway)
            #expect(direct.count > 15 && Set(direct.keys) == Set(through.keys))
            for (step, seen) in direct.sorted(by: { $0.key < $1.key }) {
                #expect(through[step] == seen, "\(step)")
            }
        }

        @Test(arguments: StockClient.available)
        func `a stock client with some rights gets a broker's errors for the rest`(client: StockClient) async throws {
            let world = try #require(StockClientWorld.current)
            let seen = try await #require(world.withSomeRights[client]).value
            let expected = try client.expectedWithSomeRights()
            #expect(Set(seen.keys) == Set(expected.keys))
            for (step, answer) in expected.sorted(by: { $0.key < $1.key }) {
                #expect(seen[step] == answer, "\(step)")
            }
        }
    }
}
