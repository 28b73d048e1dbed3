package import Foundation
package import Resources

/// The outcome of one operation on one distinct resource in one request.
package enum Verdict: String, Codable, CaseIterable, Hashable, Sendable {
    case allowed
    case denied
    /// Left out of a list-all answer. A broker does not log this as a denial either.
    case filtered
}

/// A decision as the live views show it.
package struct DecisionRecord: Codable, Equatable, Sendable {
    /// Rises with time over all event loops, with gaps.
    package var sequence: UInt64
    /// The event loop that counts ``ordinal``.
    package var eventLoop: Int
    /// Counts the decisions of one event loop from 1, without gaps: a missing ordinal is a decision that was not shown.
    package var ordinal: UInt64
    package var time: Date
    package var gateway: String
    package var virtualCluster: String
    package var principal: String
    /// `context.auth.type` of the session, as in ``ConnectionView/authentication``; nil from an engine that does not say it.
    package var authentication: String?
    package var sessionID: UInt64
    /// The client's end of the connection, as in ``ConnectionView/remoteAddress``; nil from an engine that does not say it.
    package var remoteAddress: String?
    package var clientID: String?
    /// Kafka's name: `Produce`.
    package var api: String
    package var resourceType: ResourceType
    package var resourceName: String
    package var operation: ACLOperation
    package var verdict: Verdict
    /// The rule that decided, see ``RuleName``.
    package var rule: String
    /// A sentence that says why.
    package var reason: String

    package init(
        sequence: UInt64, eventLoop: Int, ordinal: UInt64, time: Date, gateway: String, virtualCluster: String,
        principal: String, authentication: String? = nil, sessionID: UInt64, remoteAddress: String? = nil,
        clientID: String?, api: String, resourceType: ResourceType, resourceName: String, operation: ACLOperation,
        verdict: Verdict, rule: String, reason: String
    ) {
        self.sequence = sequence
        self.eventLoop = eventLoop
        self.ordinal = ordinal
        self.time = time
        self.gateway = gateway
        self.virtualCluster = virtualCluster
        self.principal = principal
        self.authentication = authentication
        self.sessionID = sessionID
        self.remoteAddress = remoteAddress
        self.clientID = clientID
        self.api = api
        self.resourceType = resourceType
        self.resourceName = resourceName
        self.operation = operation
        self.verdict = verdict
        self.rule = rule
        self.reason = reason
    }

    package enum CodingKeys: String, CodingKey {
        case sequence, ordinal, time, gateway, principal, authentication, api, operation, verdict, rule, reason
        case eventLoop = "event_loop"
        case virtualCluster = "virtual_cluster"
        case sessionID = "session_id"
        case remoteAddress = "remote_address"
        case clientID = "client_id"
        case resourceType = "resource_type"
        case resourceName = "resource_name"
    }
}
