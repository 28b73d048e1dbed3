import KafkaProtocol
import NIOCore
import Resources

/// The gateway's answer to ApiVersions (18).
struct ApiVersionsAnswer {
    /// The features that depend on an API, with its key. They are offered only together.
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

    /// The body of the answer. A request of a version that the gateway does not know is answered in the form of version
    /// 0, with one row that names the versions to use (KIP-511).
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
