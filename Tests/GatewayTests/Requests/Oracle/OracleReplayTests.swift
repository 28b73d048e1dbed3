import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

/// Every recorded answer of a real broker with the same rules, for the APIs that are offered.
@Suite struct OracleReplayTests {
    @Test(arguments: APITable.rows.filter { $0.plan != nil && $0.isOffered }.map(\.api.rawValue))
    func `a client gets the answers that a broker with the same rules gives`(api: Int16) throws {
        let records = OracleRecord.all.filter { $0.api == api }
        #expect(!records.isEmpty)
        for record in records { try self.replay(record) }
    }

    private func replay(_ record: OracleRecord) throws {
        let session = try OracleSession(record)
        var sessionIDs: [Int32: Int32] = [:]
        for frame in record.before ?? [] {
            // A producer id that was asked for before is in the request's bytes and needs nothing of the gateway.
            guard frame.api == APIKey.fetch.rawValue, let response = frame.response else { continue }
            let theirs = try OracleRecord.body(ofResponse: response, api: .fetch, version: frame.version)
            let ours = try self.converse(
                record, session, .fetch, frame.version, try OracleRecord.body(ofRequest: frame.request), theirs)
            sessionIDs[try Self.sessionID(theirs)] = try Self.sessionID(try #require(ours))
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
        let backend = OracleBackend(record: record, recorded: recorded, version: version)
        let forwarded: ByteBuffer
        switch plan.verdict {
        case .answer(let body): return body
        case .forward: forwarded = request
        case .forwardRewritten(let body): forwarded = body
        case .close, .ask: return nil
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
