import KafkaProtocol
import NIOCore
import Resources

/// The versions that one broker offers and the answers to clients that follow from them: computed once, shared by all
/// sessions of the broker.
final class BrokerVersions: Sendable {
    /// The broker's own answer.
    let response: ApiVersionsResponse
    private let enforcing: Prepared
    private let passedThrough: Prepared

    private struct Prepared {
        var offered: OfferedVersions
        /// Whole frames by the version of the request, for correlation id 0.
        var frames: [ByteBuffer]

        init(_ response: ApiVersionsResponse, mode: ACLMode) {
            let answer = ApiVersionsAnswer(backend: response, mode: mode)
            self.offered = answer.offered
            self.frames = ApiVersionsAnswer.versions.map { version in
                ResponseFrame.make(
                    body: answer.body(requestVersion: version), api: .apiVersions, version: version, correlationID: 0)
            }
        }
    }

    /// In the form of version 0, which every client reads.
    private static let unsupportedVersion = ResponseFrame.make(
        body: ApiVersionsAnswer.unsupportedVersion(), api: .apiVersions, version: 0, correlationID: 0)

    init(_ response: ApiVersionsResponse) {
        self.response = response
        self.enforcing = Prepared(response, mode: .enforceOnGateway)
        self.passedThrough = Prepared(response, mode: .passthrough)
    }

    /// Version ranges by API key, as a client may use them.
    func offered(enforcesACLs: Bool) -> OfferedVersions {
        enforcesACLs ? self.enforcing.offered : self.passedThrough.offered
    }

    /// The frame that answers a client's ApiVersions.
    func answer(requestVersion: Int16, enforcesACLs: Bool, correlationID: Int32) -> ByteBuffer {
        let frames = enforcesACLs ? self.enforcing.frames : self.passedThrough.frames
        let index = Int(requestVersion) - Int(ApiVersionsAnswer.versions.lowerBound)
        var frame = frames.indices.contains(index) ? frames[index] : Self.unsupportedVersion
        frame.setInteger(correlationID, at: frame.readerIndex + MemoryLayout<Int32>.size)
        return frame
    }
}
