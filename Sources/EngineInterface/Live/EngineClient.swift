package import Foundation

/// What a console or command asks of an engine. One implementation lives in the process, one speaks HTTP.
///
/// Errors are ``EngineClientError``: sentences for people.
package protocol EngineClient: Sendable {
    /// When the engine was last heard of; nil when it is in this process, and so never out of reach.
    var freshness: Date? { get }

    /// The state of the engine now. It is cheap enough to poll several times a second: of the decisions it has only the newest
    /// ``LiveSnapshot/maximumDecisions``.
    /// - Parameters:
    ///   - gateway: a gateway's id, or nil for all.
    ///   - decisions: how many of the newest at most; an engine in another process may give more.
    func liveSnapshot(gateway: String?, decisions: Int) async throws -> LiveSnapshot

    /// Decisions with a sequence above `sequence`, oldest first, as far as the bounded ring still holds them.
    /// - Parameter limit: how many; an engine in another process has a pace of its own instead.
    func decisions(after sequence: UInt64, gateway: String?, limit: DecisionLimit) async throws -> [DecisionRecord]

    /// All decisions that the engine still holds, oldest first: asked from the engine itself, also where a tail is followed.
    /// - Parameter gateway: a gateway's id, or nil for all.
    func keptDecisions(gateway: String?) async throws -> [DecisionRecord]

    /// Log lines with a sequence above `sequence`, oldest first, as far as the bounded ring still holds them.
    func logs(after sequence: UInt64) async throws -> [LogLine]

    /// Judges a token as the virtual cluster's listener would, check by check.
    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport

    /// What a subject may do, resource by resource, decided by the engine's own authorizer. Changes nothing.
    func accessMatrix(_ question: AccessMatrixQuestion) async throws -> AccessMatrix

    /// Why a subject may or may not do one operation on one resource. Changes nothing.
    func explain(_ question: AccessQuestion) async throws -> AccessExplanation

    /// Opens a real connection through a listener of the virtual cluster, as a client would, and reads.
    func probe(_ question: ProbeQuestion) async throws -> ProbeReport

    /// Topics of a virtual cluster, their names on the backend beside, and who may read them. Never contents.
    func topics(virtualCluster: String) async throws -> [TopicView]

    /// Groups of a virtual cluster with their lag.
    func groups(virtualCluster: String) async throws -> [GroupView]

    /// Asks whether something that is not configured yet could be reached.
    func check(_ target: ReachabilityTarget) async throws -> ReachabilityReport

    /// Creates a topic on the backend of a virtual cluster, without applying its policies, to try things out.
    func createTopic(_ name: String, partitions: Int32, virtualCluster: String) async throws

    /// Closes one client connection.
    /// - Returns: false when it was gone already.
    func closeConnection(sessionID: UInt64) async throws -> Bool
}

extension EngineClient {
    /// The engine now, with the newest decisions.
    package func liveSnapshot(gateway: String?) async throws -> LiveSnapshot {
        try await self.liveSnapshot(gateway: gateway, decisions: LiveSnapshot.maximumDecisions)
    }

    package var freshness: Date? { nil }
}

/// Why an engine could not answer: a sentence with the thing and the way out.
package struct EngineClientError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// What was asked about does not exist.
        case notFound
        /// The question cannot be answered as it is: a token that is refused, a policy that does not compile.
        case invalid
        /// Something that was needed does not answer: the backend cluster, or the engine itself.
        case unavailable
    }

    package var message: String
    package var kind: Kind

    package init(_ message: String, kind: Kind = .unavailable) {
        self.message = message
        self.kind = kind
    }

    package var description: String { self.message }
}

extension EngineClient {
    /// All decisions with a sequence above `sequence`, oldest first, as far as the bounded ring still holds them.
    package func decisions(after sequence: UInt64, gateway: String?) async throws -> [DecisionRecord] {
        try await self.decisions(after: sequence, gateway: gateway, limit: .none)
    }

    package func keptDecisions(gateway: String?) async throws -> [DecisionRecord] {
        try await self.decisions(after: 0, gateway: gateway)
    }
}
