internal import GatewayModel
internal import Hummingbird
internal import Identity

/// What the readiness probe answers.
package struct Readiness: Codable, Equatable, Sendable {
    package enum Status: String, Codable, Sendable {
        /// The engine and the API do not serve yet, or no more.
        case notReady = "not_ready"
        /// They serve, and something that they need does not.
        case degraded
        case ready
    }

    package var status: Status
    /// Sentences that say why it is not `ready`.
    package var reasons: [String]

    package init(status: Status, reasons: [String] = []) {
        self.status = status
        self.reasons = reasons
    }
}

extension ControlAPI {
    /// The public probes: 200 as soon as the instance serves, also when it is degraded.
    var healthRoutes: RouteTable {
        var routes = RouteTable()
        routes.get("/health/probes/liveness") { _, _ in
            try .json(["status": "alive"])
        }
        routes.get("/health/probes/readiness") { _, _ in
            let readiness = await self.readiness()
            return try .json(readiness, status: readiness.status == .notReady ? .serviceUnavailable : .ok)
        }
        return routes
    }
}
