package import EngineInterface
internal import HTTPTypes
internal import Hummingbird
internal import ManagementHTTP
internal import Resources

/// Whether the instance serves, and what of it does not.
package struct Readiness: Equatable, Sendable {
    package enum Status: String, CaseIterable, Codable, Sendable {
        /// The engine and the API do not serve yet, or no more.
        case notReady = "not_ready"
        /// They serve, and something that they need does not.
        case degraded
        case ready
    }

    /// Why it is not `ready`.
    package struct Reason: Equatable, Sendable {
        /// A sentence for strangers: it names nothing.
        package var summary: String
        /// A sentence for those who have the admin token.
        package var detail: String

        package init(summary: String, detail: String) {
            self.summary = summary
            self.detail = detail
        }
    }

    package var status: Status
    package var reasons: [Reason]

    package init(status: Status, reasons: [Reason] = []) {
        self.status = status
        self.reasons = reasons
    }
}

extension Readiness {
    /// What the engine's components say.
    package init(_ components: [ComponentStatus]) {
        let reasons = components.filter { $0.state != .up }.map { component in
            let kind = component.kind == "listener" ? "listener" : "backend cluster"
            return Reason(
                summary: "A \(kind) is \(component.state.rawValue).",
                detail: "\(component.kind) '\(component.name)' of gateway '\(component.gateway)' is "
                    + "\(component.state.rawValue): \(component.reason ?? "no reason is known")")
        }
        self.init(status: reasons.isEmpty ? .ready : .degraded, reasons: reasons)
    }
}

/// The body of the readiness probe's answer.
private struct ReadinessAnswer: Encodable, Sendable {
    var status: Readiness.Status
    var reasons: [String]

    init(_ readiness: Readiness, isDetailed: Bool) {
        self.status = readiness.status
        let reasons = readiness.reasons
        // A stranger learns which kinds of components are not up, not how many.
        self.reasons = isDetailed ? reasons.map(\.detail) : Set(reasons.map(\.summary)).sorted()
    }
}

/// Asks the components at most once a second, however many probes come.
actor ReadinessMemory {
    private static let life = Duration.seconds(1)

    private let find: @Sendable () async -> Readiness
    private let now: @Sendable () -> ContinuousClock.Instant
    private var kept: (readiness: Readiness, until: ContinuousClock.Instant)?
    private var finding: Task<Readiness, Never>?

    init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        find: @escaping @Sendable () async -> Readiness
    ) {
        self.now = now
        self.find = find
    }

    var readiness: Readiness {
        get async {
            if let kept, self.now() < kept.until { return kept.readiness }
            if let finding { return await finding.value }
            let find = self.find
            let finding = Task { await find() }
            self.finding = finding
            let readiness = await finding.value
            self.finding = nil
            // Clients wait for the start, and asking costs nothing before it.
            self.kept = readiness.status == .notReady ? nil : (readiness, self.now() + Self.life)
            return readiness
        }
    }
}

extension ControlAPI {
    /// The public probes: 200 as soon as the instance serves, also when it is degraded.
    var healthRoutes: RouteTable {
        var routes = RouteTable()
        let token = AdminToken(self.adminToken)
        let liveness = APIOperation(
            "getLiveness", "Whether the process answers.", tag: "Health", security: .none,
            .ok(.object(["status": .const("alive")])))
        let answer = Schema.object(["status": .choice(of: Readiness.Status.self), "reasons": .array(.string)])
        let readiness = APIOperation(
            "getReadiness", "Whether the instance serves, and what of it does not.", tag: "Health", security: .none,
            .ok(answer), APIOperation.Answer(503, "It does not serve yet, or no more.", .json(answer)))
        routes.get("/health/probes/liveness", liveness) { _, _ in
            try .json(["status": "alive"])
        }
        routes.get("/health/probes/readiness", readiness) { request, _ in
            let readiness = await self.readiness.readiness
            let isDetailed = token.isCarried(by: request.headers[.authorization])
            return try .json(
                ReadinessAnswer(readiness, isDetailed: isDetailed),
                status: readiness.status == .notReady ? .serviceUnavailable : .ok)
        }
        return routes
    }
}
