package import GatewayModel
internal import HTTPTypes
package import Hummingbird
package import Identity
package import Store

/// The management API: everything that its routes need, and the router that they make.
package struct ControlAPI: Sendable {
    /// How long the live stream waits between two looks at the engine, and between signs of life. A console takes an
    /// engine for frozen when it hears nothing for a few signs of life.
    package struct LiveTiming: Sendable {
        package var poll: Duration
        package var heartbeat: Duration

        package init(poll: Duration = .milliseconds(250), heartbeat: Duration = .seconds(1)) {
            self.poll = poll
            self.heartbeat = heartbeat
        }
    }

    let store: ConfigurationStore
    let adminToken: String
    let engineClient: any EngineClient
    let readiness: @Sendable () async -> Readiness
    let changes: ConfigurationChanges
    let expressions: PolicyExpressionCheck
    let live: LiveTiming
    /// Engine nodes that load each gateway.
    let nodesTotal: Int
    private let managementRoutes: RouteTable
    private let publicRoutes: RouteTable

    /// - Parameters:
    ///   - engine: told of every change, in order.
    ///   - readiness: asked by the readiness probe.
    ///   - expressions: judges the expressions in policies.
    ///   - managementRoutes: more routes behind the admin token: those of the identity server.
    ///   - publicRoutes: more routes without it.
    package init(
        store: ConfigurationStore, adminToken: String, engine: any EngineControl, engineClient: any EngineClient,
        readiness: @escaping @Sendable () async -> Readiness, nodesTotal: Int = 1, live: LiveTiming = LiveTiming(),
        expressions: PolicyExpressionCheck = .policies, managementRoutes: RouteTable = RouteTable(),
        publicRoutes: RouteTable = RouteTable()
    ) {
        self.store = store
        self.adminToken = adminToken
        self.engineClient = engineClient
        self.readiness = readiness
        self.changes = ConfigurationChanges(store: store, engine: engine)
        self.nodesTotal = nodesTotal
        self.expressions = expressions
        self.live = live
        self.managementRoutes = managementRoutes
        self.publicRoutes = publicRoutes
    }

    /// Everything under one router. Errors become problems, unknown paths 404, wrong methods 405.
    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())

        self.healthRoutes.mount(on: router)
        self.publicRoutes.mount(on: router)

        let management = router.group().add(middleware: BearerMiddleware(token: self.adminToken))
        for table in [self.liveRoutes, self.inspectionRoutes, self.metricsRoutes, self.managementRoutes] {
            table.mount(on: management)
        }
        let entities = management.group().add(middleware: EntityTagMiddleware(store: self.store))
        for table in [
            self.gatewayRoutes, self.backendClusterRoutes, self.virtualClusterRoutes, self.listenerRoutes,
            self.listenerPolicyRoutes, self.clusterPolicyRoutes,
        ] {
            table.mount(on: entities)
        }
        return router
    }
}
