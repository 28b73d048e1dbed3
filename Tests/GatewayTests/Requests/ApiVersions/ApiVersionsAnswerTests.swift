import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

@Suite struct ApiVersionsAnswerTests {
    private func backend(_ rows: [(APIKey, ClosedRange<Int16>)]) -> ApiVersionsResponse {
        var message = ApiVersionsResponse()
        message.apiKeys = rows.map { key, versions in
            var row = ApiVersionsResponse.ApiVersion()
            row.apiKey = key.rawValue
            row.minVersion = versions.lowerBound
            row.maxVersion = versions.upperBound
            return row
        }
        return message
    }

    private func decoded(_ body: ByteBuffer, _ version: Int16) throws -> ApiVersionsResponse {
        var bytes = body
        return try ApiVersionsResponse(from: &bytes, version: version)
    }

    private func range(_ api: APIKey, in message: ApiVersionsResponse) -> ClosedRange<Int16>? {
        message.apiKeys.first { $0.apiKey == api.rawValue }.map { $0.minVersion...$0.maxVersion }
    }

    @Test func `a client is offered what backend and gateway have in common`() throws {
        let backend = self.backend([
            (.produce, 0...11), (.fetch, 4...16), (.metadata, 0...12), (.listOffsets, 12...14), (.endTxn, 0...5),
            (.addPartitionsToTxn, 0...5),
            (.describeAcls, 1...2), (.apiVersions, 0...3),
        ])
        let answer = try self.decoded(
            ApiVersionsAnswer(backend: backend, mode: .enforceOnGateway).body(requestVersion: 3), 3)
        #expect(self.range(.produce, in: answer) == 0...11)
        #expect(self.range(.fetch, in: answer) == 4...16)
        #expect(self.range(.metadata, in: answer) == 0...12)
        #expect(self.range(.listOffsets, in: answer) == nil)
        #expect(self.range(.endTxn, in: answer) == 0...5)
        #expect(self.range(.addPartitionsToTxn, in: answer) == 0...3)
        // Answered by the gateway itself, also where the backend has none of them.
        for api in [APIKey.describeAcls, .createAcls, .deleteAcls] { #expect(self.range(api, in: answer) == 1...3) }
        #expect(self.range(.apiVersions, in: answer) == 0...4)
        #expect(self.range(.saslHandshake, in: answer) == 0...1)
        #expect(self.range(.saslAuthenticate, in: answer) == 0...2)
        let passed = try self.decoded(
            ApiVersionsAnswer(backend: backend, mode: .passthrough).body(requestVersion: 3), 3)
        #expect(self.range(.describeAcls, in: passed) == 1...2)
        #expect(self.range(.createAcls, in: passed) == nil)
    }

    @Test func `a version is accepted only where both have it, Produce below 3 not at all`() {
        let offer = OfferedVersions(
            backend: self.backend([(.produce, 0...11), (.metadata, 0...12)]), enforcesACLs: true)
        #expect(!offer.contains(.produce, version: 0))
        #expect(!offer.contains(.produce, version: 2))
        #expect(offer.contains(.produce, version: 3))
        #expect(offer.contains(.produce, version: 11))
        #expect(!offer.contains(.produce, version: 12))
        #expect(!offer.contains(.fetch, version: 12))
        #expect(offer.metadataVersion(for: .ids([])) == 12)
    }

    @Test func `ids alone are not offered for a backend that cannot tell their names`() {
        let backend = self.backend([(.fetch, 4...17), (.metadata, 0...11), (.offsetFetch, 1...10)])
        let enforcing = OfferedVersions(backend: backend, enforcesACLs: true)
        #expect(enforcing.contains(.fetch, version: 12))
        #expect(!enforcing.contains(.fetch, version: 13))
        #expect(!enforcing.contains(.offsetFetch, version: 10))
        #expect(enforcing.metadataVersion(for: .ids([])) == nil)
        #expect(enforcing.metadataVersion(for: .names([])) == 11)
        #expect(OfferedVersions(backend: backend, enforcesACLs: false).contains(.fetch, version: 17))
    }

    @Test func `without a backend the gateway's own are offered`() {
        let offer = OfferedVersions(backend: nil, enforcesACLs: true)
        #expect(offer.offers.map(\.apiKey) == [17, 18, 29, 30, 31, 36])
        #expect(OfferedVersions(backend: nil, enforcesACLs: false).offers.map(\.apiKey) == [17, 18, 36])
    }

    @Test(arguments: [Int16(5), 99, -1])
    func `a version too new is answered in version 0 with the row of ApiVersions`(version: Int16) throws {
        let answer = ApiVersionsAnswer(backend: self.backend([]), mode: .passthrough).body(requestVersion: version)
        // Error 35; one row: key 18, versions 0 to 4. As recorded at a broker.
        #expect(answer == ByteBuffer(hex: "00230000000100120000" + "0004"))
    }

    @Test func `features that need an API that is not offered are left out, transactions stay`() throws {
        var backend = self.backend([(.metadata, 0...13)])
        backend.finalizedFeaturesEpoch = 7
        backend.finalizedFeatures = ["group.version", "share.version", "streams.version", "transaction.version"].map {
            var feature = ApiVersionsResponse.FinalizedFeatureKey()
            feature.name = $0
            feature.maxVersionLevel = 2
            return feature
        }
        let answer = try self.decoded(
            ApiVersionsAnswer(backend: backend, mode: .enforceOnGateway).body(requestVersion: 4), 4)
        #expect(answer.finalizedFeatures.map(\.name) == ["transaction.version"])
        #expect(answer.finalizedFeaturesEpoch == 7)
    }

    @Test func `a feature that begins at level 0 is told from version 4 on`() throws {
        var backend = self.backend([(.metadata, 0...13)])
        backend.supportedFeatures = [("transaction.version", Int16(0)), ("metadata.version", 7)].map {
            name, lowest in
            var feature = ApiVersionsResponse.SupportedFeatureKey()
            feature.name = name
            feature.minVersion = lowest
            feature.maxVersion = 30
            return feature
        }
        let answer = ApiVersionsAnswer(backend: backend, mode: .enforceOnGateway)
        let fourth = try self.decoded(answer.body(requestVersion: 4), 4)
        #expect(fourth.supportedFeatures == backend.supportedFeatures)
        let third = try self.decoded(answer.body(requestVersion: 3), 3)
        #expect(third.supportedFeatures.map(\.name) == ["metadata.version"])
    }

    @Test func `fields with their default value are not written`() {
        let answer = ApiVersionsAnswer(backend: self.backend([]), mode: .passthrough).body(requestVersion: 3)
        // Error, three rows of seven bytes, throttle time, no tagged field.
        #expect(answer.readableBytes == 2 + 1 + 3 * 7 + 4 + 1)
        #expect(answer.getInteger(at: answer.writerIndex - 1, as: UInt8.self) == 0)
    }

    @Test func `every row decodes all the versions that it offers, and has a place of its own`() {
        var keys: [Int16] = []
        for row in APITable.rows {
            keys.append(row.api.rawValue)
            let known = row.api.versions
            #expect(known.map { $0.clamped(to: row.versions) == row.versions } ?? false, "\(row.api)")
            #expect(APITable.row(row.api)?.versions == row.versions)
        }
        #expect(keys == Set(keys).sorted())
        #expect(APITable.row(APIKey(rawValue: -1)) == nil)
        #expect(APITable.row(APIKey(rawValue: .max)) == nil)
    }
}
