import Foundation
import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// One recorded conversation with a real broker (Apache Kafka 4.3.1): `Fixtures/authorization.jsonl`.
struct OracleRecord: Decodable, CustomStringConvertible {
    struct Frame: Decodable {
        var api: Int16
        var version: Int16
        var request: String
        var response: String?
    }

    var api: Int16
    var `case`: String
    var principal: String
    var version: Int16
    /// `response`, `closed`, `no-response`, or `timeout`.
    var outcome: String
    var request: String
    var response: String?
    /// Sent before, on the same connection.
    var before: [Frame]?
    /// Topic ids of this record, as hex, with their names.
    var ids: [String: String]?
    /// Paths of the answer whose values are volatile.
    var mask: [String]?
    /// Paths that differed between two recordings of the same world.
    var unstable: [String]?
    /// Paths of texts for people.
    var text: [String]?

    var key: APIKey { APIKey(rawValue: self.api) }
    var description: String { "\(self.key) \(self.case) v\(self.version) \(self.principal)" }

    static let all: [OracleRecord] = {
        do {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/authorization", withExtension: "jsonl"))
            let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            return try lines.map { try JSONDecoder().decode(OracleRecord.self, from: Data($0.utf8)) }
        } catch {
            Issue.record("the fixture cannot be read: \(error)")
            return []
        }
    }()

    /// What the super user was told in the same case, in the highest version. All groups of the world have the same
    /// offsets, so that a record about another one will do.
    var ofAdmin: OracleRecord? {
        let ofAdmin = Self.all.filter { $0.api == self.api && $0.principal == "admin" }
        let same = ofAdmin.filter { $0.case == self.case }
        let other = self.key == .listTransactions ? "all" : "all-topics-g-denied"
        return (same.isEmpty ? ofAdmin.filter { $0.case == other } : same).max { $0.version < $1.version }
    }

    /// All topics of the world, as the broker described them to the super user.
    static func topicsOfBackend() throws -> [MetadataResponse.MetadataResponseTopic] {
        let record = Self.all.first {
            $0.key == .metadata && $0.case == "all-topics" && $0.principal == "admin" && $0.version == 13
        }
        var bytes = try #require(record).responseBody()
        return try MetadataResponse(from: &bytes, version: 13).topics
    }

    func requestBody() throws -> ByteBuffer {
        try Self.body(ofRequest: self.request)
    }

    func responseBody() throws -> ByteBuffer {
        try Self.body(ofResponse: try #require(self.response), api: self.key, version: self.version)
    }

    static func body(ofRequest hex: String) throws -> ByteBuffer {
        var bytes = ByteBuffer(hex: hex)
        let api = APIKey(rawValue: try #require(bytes.getInteger(at: 0)))
        let version: Int16 = try #require(bytes.getInteger(at: 2))
        _ = try RequestHeader(from: &bytes, version: api.requestHeaderVersion(for: version))
        return bytes.slice()
    }

    static func body(ofResponse hex: String, api: APIKey, version: Int16) throws -> ByteBuffer {
        var bytes = ByteBuffer(hex: hex)
        _ = try ResponseHeader(from: &bytes, version: api.responseHeaderVersion(for: version))
        return bytes.slice()
    }
}

extension ByteBuffer {
    init(hex: String) {
        self.init(bytes: hex.hexBytes ?? [])
    }
}

extension KafkaUUID {
    init(hex: String) {
        var bytes = ByteBuffer(hex: hex)
        self = KafkaUUID(readingFrom: &bytes) ?? .zero
    }
}
