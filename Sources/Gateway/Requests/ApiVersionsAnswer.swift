import KafkaProtocol
import NIOCore
import Resources

/// What the client of one broker is offered: what the broker has, the gateway decodes, and the gateway authorizes.
struct OfferedVersions: Equatable, Sendable {
    typealias Offer = ApiVersionsResponse.ApiVersion

    /// In the order of their keys.
    let offers: [Offer]
    /// What may be evaluated, by API key. Produce is offered from versions that nobody accepts.
    private let accepted: [ClosedRange<Int16>?]

    /// - Parameters:
    ///   - backend: the backend's own answer; nil when it is not known: nothing but the gateway's own is offered.
    ///   - enforcesACLs: whether the names of topic ids have to be known.
    init(backend: ApiVersionsResponse?, enforcesACLs: Bool) {
        var theirs: [Int16: ClosedRange<Int16>] = [:]
        for row in backend?.apiKeys ?? [] where row.minVersion <= row.maxVersion {
            theirs[row.apiKey] = row.minVersion...row.maxVersion
        }
        let metadata = theirs[APIKey.metadata.rawValue]?.upperBound ?? -1
        let tellsNames = !enforcesACLs || metadata >= TopicQuestion.ids([]).minimumVersion
        var offers: [Offer] = []
        var accepted = [ClosedRange<Int16>?](repeating: nil, count: APITable.keys)
        for row in APITable.rows {
            let key = row.api.rawValue
            guard let versions = Self.accepted(row, theirs[key], enforcesACLs: enforcesACLs, tellsNames: tellsNames)
            else { continue }
            accepted[Int(key)] = versions
            var offer = Offer()
            offer.apiKey = key
            offer.minVersion = versions.lowerBound
            offer.maxVersion = min(versions.upperBound, row.lastOffered ?? versions.upperBound)
            // Without version 0 of Produce, older librdkafka gives up compression. A broker offers it, and refuses it too.
            if row.api == .produce, let lowest = theirs[key]?.lowerBound { offer.minVersion = lowest }
            offers.append(offer)
        }
        self.offers = offers
        self.accepted = accepted
    }

    /// Whether a request may be evaluated. A broker closes the connection of one that may not.
    func contains(_ api: APIKey, version: Int16) -> Bool {
        self.accepted(api)?.contains(version) ?? false
    }

    /// The Metadata version to ask with; nil when the backend cannot be asked.
    func metadataVersion(for question: TopicQuestion) -> Int16? {
        guard let versions = self.accepted(.metadata), versions.upperBound >= question.minimumVersion
        else { return nil }
        return versions.upperBound
    }

    private func accepted(_ api: APIKey) -> ClosedRange<Int16>? {
        let key = Int(api.rawValue)
        return self.accepted.indices.contains(key) ? self.accepted[key] : nil
    }

    private static func accepted(
        _ row: APIRow, _ backend: ClosedRange<Int16>?, enforcesACLs: Bool, tellsNames: Bool
    ) -> ClosedRange<Int16>? {
        guard !row.isAnsweredHere(enforcing: enforcesACLs) else { return row.versions }
        guard let backend else { return nil }
        let lowest = max(row.versions.lowerBound, backend.lowerBound)
        var highest = min(row.versions.upperBound, backend.upperBound)
        if let idsFrom = row.idsFrom, !tellsNames { highest = min(highest, idsFrom - 1) }
        return lowest <= highest ? lowest...highest : nil
    }
}

/// The gateway's answer to ApiVersions (18).
struct ApiVersionsAnswer {
    /// Features that only mean something to a client that is offered this API.
    private static let featureAPIs: [String: Int16] = ["group.version": 68, "share.version": 76, "streams.version": 88]

    /// The versions of requests that are answered in their own form.
    static let versions = APITable.row(.apiVersions)?.versions ?? 0...0

    let offered: OfferedVersions
    private let message: ApiVersionsResponse

    /// - Parameter backend: the broker's answer, in the highest version that it has.
    init(backend: ApiVersionsResponse, mode: ACLMode) {
        self.offered = OfferedVersions(backend: backend, enforcesACLs: mode == .enforceOnGateway)
        let offers = self.offered.offers
        let keys = Set(offers.map(\.apiKey))
        func means(_ feature: String) -> Bool { Self.featureAPIs[feature].map(keys.contains) ?? true }

        // Made anew, so that nothing with a default value is written: librdkafka before 2.2 misreads tagged fields.
        var message = ApiVersionsResponse()
        message.apiKeys = offers
        message.supportedFeatures = backend.supportedFeatures.filter { means($0.name) }
        message.finalizedFeatures = backend.finalizedFeatures.filter { means($0.name) }
        message.finalizedFeaturesEpoch = backend.finalizedFeaturesEpoch
        self.message = message
    }

    /// The body of the answer. A request of a version that the gateway does not know is answered in the form of version 0,
    /// with the one row that tells the client which to use (KIP-511).
    func body(requestVersion: Int16) -> ByteBuffer {
        guard Self.versions.contains(requestVersion) else { return Self.unsupportedVersion() }
        var message = self.message
        // Before version 4 clients cannot read a feature that begins at level 0, and brokers leave it out (KIP-1022).
        if requestVersion < 4 { message.supportedFeatures.removeAll { $0.minVersion < 1 } }
        return Self.encode(message, version: requestVersion)
    }

    static func unsupportedVersion() -> ByteBuffer {
        var row = ApiVersionsResponse.ApiVersion()
        row.apiKey = APIKey.apiVersions.rawValue
        row.minVersion = Self.versions.lowerBound
        row.maxVersion = Self.versions.upperBound
        var answer = ApiVersionsResponse()
        answer.errorCode = KafkaErrorCode.unsupportedVersion.rawValue
        answer.apiKeys = [row]
        return Self.encode(answer, version: 0)
    }

    /// The answer to a client whose software has no proper name or version (v3+), as a broker refuses it.
    static func invalidRequest(version: Int16) -> ByteBuffer {
        var answer = ApiVersionsResponse()
        answer.errorCode = KafkaErrorCode.invalidRequest.rawValue
        return Self.encode(answer, version: version)
    }

    private static func encode(_ answer: ApiVersionsResponse, version: Int16) -> ByteBuffer {
        var bytes = ByteBuffer()
        answer.encode(into: &bytes, version: version)
        return bytes
    }
}

extension ApiVersionsRequest {
    /// Whether the client's software has a name and a version that brokers accept (KIP-511): letters and digits, with `-`
    /// and `.` between them.
    var namesSoftwareProperly: Bool {
        [self.clientSoftwareName, self.clientSoftwareVersion].allSatisfy { text in
            func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") }
            guard let first = text.utf8.first, let last = text.utf8.last, !isSign(first), !isSign(last) else {
                return false
            }
            return text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    isSign(byte)
                }
            }
        }
    }
}
