import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// The same numbers in every run (a linear congruential generator).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return self.state ^ (self.state >> 33)
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Hostile requests` {
    /// Bytes that decoders take for lengths, counts and edges of numbers.
    private static let edges: [UInt8] = [0, 0, 0, 0, 1, 1, 2, 0x7f, 0x80, 0xff]

    @Test(arguments: OfferedAPIs.ranges.map(\.key.rawValue))
    func `bytes that make no sense are answered or end the connection, and the brokers go on`(key: Int16) async throws {
        try await withCluster { cluster in
            let range = try #require(OfferedAPIs.ranges.first { $0.key.rawValue == key })
            var generator = SeededGenerator(state: UInt64(bitPattern: Int64(key)) &+ 1)
            for version in range.versions {
                for _ in 0..<4 {
                    let client = try await RawClient.connect(to: cluster.addresses[0])
                    var request = ByteBuffer()
                    request.writeInteger(Int32(0))
                    request.writeInteger(key)
                    request.writeInteger(version)
                    request.writeInteger(Int32(1))
                    request.writeInteger(Int16(-1))
                    if range.key.requestHeaderVersion(for: version) >= 2 { request.writeInteger(UInt8(0)) }
                    for _ in 0..<Int.random(in: 0...200, using: &generator) {
                        request.writeInteger(Self.edges.randomElement(using: &generator) ?? 0)
                    }
                    request.setInteger(Int32(request.readableBytes - 4), at: 0)
                    try await client.send(request)
                    // The broker may have closed first.
                    try? await client.close()
                }
            }
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let alive: ApiVersionsResponse? = try await client.ask(ApiVersionsRequest(), version: 4)
            #expect(alive?.apiKeys.isEmpty == false)
        }
    }
}
