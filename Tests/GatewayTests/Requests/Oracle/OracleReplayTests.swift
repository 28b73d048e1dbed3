import KafkaProtocol
import NIOCore
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Every recorded answer of a real broker with the same rules. What is not compared is listed in ``OracleExclusion``.
@Suite struct OracleReplayTests {
    @Test(arguments: Set(OracleRecord.all.map(\.api)).sorted())
    func `a client gets the answers that a broker with the same rules gives`(api: Int16) throws {
        for record in OracleRecord.all where record.api == api {
            if let exclusion = OracleExclusion.of(record) {
                try self.check(exclusion, record)
            } else {
                try self.replay(record)
            }
        }
    }

    @Test(arguments: Set(OracleRecord.all.map(\.api)).sorted())
    func `what a broker said holds in the versions that follow, until something changes`(api: Int16) throws {
        for record in OracleRecord.all where record.api == api {
            for later in try record.inFollowingVersions() { try self.replay(later) }
        }
    }

    @Test func `every version that is offered has been recorded, or follows one that has`() throws {
        var seen: [Int16: Set<Int16>] = [:]
        for record in OracleRecord.all {
            seen[record.api, default: []].insert(record.version)
            for later in try record.inFollowingVersions() { seen[record.api]?.insert(later.version) }
        }
        for row in APITable.rows where row.plan != nil {
            let missing = Set(row.versions).subtracting(seen[row.api.rawValue] ?? [])
            #expect(missing.isEmpty, "\(row.api) \(missing.sorted())")
        }
    }

    @Test func `every API that is offered has been recorded`() {
        let recorded = Set(OracleRecord.all.map(\.api))
        #expect(APITable.rows.map(\.api).filter { !recorded.contains($0.rawValue) }.isEmpty)
    }

    @Test func `ApiVersions differs from the broker's only where the gateway means it`() throws {
        let record = try #require(
            OracleRecord.all.first { $0.key == .apiVersions && $0.case == "plain" && $0.version == 4 })
        var bytes = try record.responseBody()
        let theirs = try ApiVersionsResponse(from: &bytes, version: 4)
        var answer = ApiVersionsAnswer(backend: theirs, mode: .enforceOnGateway).body(requestVersion: 4)
        let ours = try ApiVersionsResponse(from: &answer, version: 4)
        var differences: [Int16: String] = [:]
        let ranges = Dictionary(
            uniqueKeysWithValues: ours.apiKeys.map { ($0.apiKey, "\($0.minVersion)-\($0.maxVersion)") })
        for row in theirs.apiKeys where ranges[row.apiKey] != "\(row.minVersion)-\(row.maxVersion)" {
            differences[row.apiKey] = ranges[row.apiKey] ?? "missing"
        }
        #expect(
            differences == [
                // Later versions are for brokers.
                24: "0-3",
                // For brokers.
                83: "missing", 84: "missing", 85: "missing", 86: "missing", 87: "missing",
            ])
        #expect(ours.finalizedFeatures == theirs.finalizedFeatures)
        #expect(ours.supportedFeatures == theirs.supportedFeatures)
    }

    private func check(_ exclusion: OracleExclusion, _ record: OracleRecord) throws {
        let code: KafkaErrorCode
        switch exclusion {
        case .skipped: return
        case .closes:
            let plan = try OracleSession(record).plan(record.key, record.version, record.requestBody())
            guard case .close = plan.verdict else {
                Issue.record("\(record): \(plan.verdict) instead of a closed connection")
                return
            }
            return
        case .answers(let expected, _): code = expected
        }
        let plan = try OracleSession(record).plan(record.key, record.version, record.requestBody())
        guard case .answer(let body) = plan.verdict else {
            // The super user's own request may go on, to what the backend does not answer.
            Issue.record("\(record): \(plan.verdict) instead of \(code.name)")
            return
        }
        let schema = try #require(MessageSchema.responses[record.api])
        let answer = try schema.decode(body, version: record.version)
        #expect(Self.codes(.structure(answer)).contains(Int64(code.rawValue)), "\(record)")
    }

    private static func codes(_ value: SchemaValue) -> Set<Int64> {
        switch value {
        case .array(let elements): return elements.reduce(into: []) { $0.formUnion(Self.codes($1)) }
        case .structure(let structure):
            return structure.fields.reduce(into: []) { codes, field in
                if field.key == "ErrorCode", case .integer(let code) = field.value { codes.insert(code) }
                codes.formUnion(Self.codes(field.value))
            }
        default: return []
        }
    }

    /// Requests that later ones of the same connection depend on. Others are in the bytes of what follows.
    private static let remembered: Set<APIKey> = [.fetch, .shareFetch, .shareAcknowledge, .consumerGroupHeartbeat]

    private func replay(_ record: OracleRecord) throws {
        let session = try OracleSession(record)
        var sessionIDs: [Int32: Int32] = [:]
        for frame in record.before ?? [] {
            let api = APIKey(rawValue: frame.api)
            guard Self.remembered.contains(api), let response = frame.response else { continue }
            let theirs = try OracleRecord.body(ofResponse: response, api: api, version: frame.version)
            let ours = try self.converse(
                record, session, api, frame.version, try OracleRecord.body(ofRequest: frame.request), theirs)
            if api == .fetch { sessionIDs[try Self.sessionID(theirs)] = try Self.sessionID(try #require(ours)) }
        }
        var request = try record.requestBody()
        if record.key == .fetch, !sessionIDs.isEmpty { request = try Self.map(request, record.version, sessionIDs) }

        guard record.outcome == "response" else {
            let plan = try session.plan(record.key, record.version, request)
            if record.outcome == "no-response" {
                #expect(plan.verdict == .forward && !plan.expectsResponse, "\(record)")
            } else if case .close = plan.verdict {
            } else {
                Issue.record("\(record): \(plan.verdict) instead of a closed connection")
            }
            return
        }
        let theirs = try record.responseBody()
        let ours = try self.converse(record, session, record.key, record.version, request, theirs)
        let difference = try OracleComparison(record: record).difference(try #require(ours, "\(record)"), theirs)
        #expect(difference == nil, "\(record)")
    }

    /// - Returns: what the client gets; nil when the connection closes.
    private func converse(
        _ record: OracleRecord, _ session: OracleSession, _ api: APIKey, _ version: Int16, _ request: ByteBuffer,
        _ recorded: ByteBuffer
    ) throws -> ByteBuffer? {
        let plan = try session.plan(api, version, request)
        let backend = OracleBackend(record: record, recorded: recorded, api: api, version: version)
        let forwarded: ByteBuffer
        switch plan.verdict {
        case .answer(let body): return body
        case .forward: forwarded = request
        case .forwardRewritten(let body): forwarded = body
        case .close, .ask, .match: return nil
        }
        #expect(plan.expectsResponse)
        return try plan.response.apply(to: backend.answer(to: forwarded), version: version, facts: session.facts).body
    }

    private static func sessionID(_ body: ByteBuffer) throws -> Int32 {
        try #require(body.getInteger(at: body.readerIndex + 6, as: Int32.self))
    }

    private static func map(_ request: ByteBuffer, _ version: Int16, _ ids: [Int32: Int32]) throws -> ByteBuffer {
        var bytes = request
        var message = try FetchRequest(from: &bytes, version: version)
        message.sessionId = ids[message.sessionId] ?? message.sessionId
        var mapped = ByteBuffer()
        message.encode(into: &mapped, version: version)
        return mapped
    }
}
