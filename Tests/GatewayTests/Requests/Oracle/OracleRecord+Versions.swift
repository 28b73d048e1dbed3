import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@testable import Gateway

/// The recordings leave versions out in which nothing changes: what was recorded last holds until something does.
extension OracleRecord {
    /// Versions from which on a request says the same in another form.
    private static let newForms: [APIKey: [Int16]] = [
        // Topic ids in place of names; a follower's id in another place.
        .produce: [13], .fetch: [13, 15], .offsetCommit: [10],
        // Several groups, coordinators, transactions or topics in one request.
        .offsetFetch: [8, 10], .findCoordinator: [4, 6], .addPartitionsToTxn: [4], .deleteTopics: [6],
    ]

    /// What the recordings before it cannot say of a later version, though the backend's topics can.
    private static let newFields: [APIKey: [String]] = [.metadata: ["Topics[].Partitions[].LeaderEpoch"]]

    private static let versions: [String: Set<Int16>] = Self.all.reduce(into: [:]) { versions, record in
        versions["\(record.api) \(record.case)", default: []].insert(record.version)
    }

    /// The same conversation in each version that follows, up to the next that was recorded or has another form.
    func inFollowingVersions() throws -> [OracleRecord] {
        guard self.outcome == "response", self.before == nil, OracleExclusion.of(self) == nil,
            let row = APITable.row(self.key),
            let requests = MessageSchema.requests[self.api], let responses = MessageSchema.responses[self.api]
        else { return [] }
        let known = (Self.versions["\(self.api) \(self.case)"] ?? []).union(Self.newForms[self.key] ?? [])
        let end = known.filter { $0 > self.version }.min() ?? row.versions.upperBound + 1
        let request = try requests.decode(self.requestBody(), version: self.version)
        let response = try responses.decode(self.responseBody(), version: self.version)
        return (self.version + 1..<max(end, self.version + 1)).map { version in
            var header = RequestHeader()
            header.requestApiKey = self.api
            header.requestApiVersion = version
            var asked = ByteBuffer()
            header.encode(into: &asked, version: self.key.requestHeaderVersion(for: version))
            asked.writeImmutableBuffer(requests.encode(request, version: version))
            var answered = ByteBuffer()
            ResponseHeader().encode(into: &answered, version: self.key.responseHeaderVersion(for: version))
            answered.writeImmutableBuffer(responses.encode(response, version: version))
            var record = self
            record.version = version
            record.mask = (record.mask ?? []) + (Self.newFields[self.key] ?? [])
            record.request = Array(asked.readableBytesView).hex
            record.response = Array(answered.readableBytesView).hex
            return record
        }
    }
}
