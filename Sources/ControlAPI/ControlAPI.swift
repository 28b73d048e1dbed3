package import EngineInterface
internal import HTTPTypes
package import Hummingbird
package import Identity
package import ManagementHTTP
internal import Resources
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
    let readiness: ReadinessMemory
    let changes: ConfigurationChanges
    let expressions: StoreSurroundings.ExpressionCheck
    let live: LiveTiming
    let liveHub: LiveHub
    let answers: EntityAnswers
    private let identity: IdentityServer?
    private let publicRoutes: RouteTable

    /// - Parameters:
    ///   - engine: told of every change, in order.
    ///   - readiness: asked by the readiness probe.
    ///   - nodesTotal: engine nodes that load each gateway.
    ///   - expressions: judges the expressions in policies.
    ///   - identity: its management routes come behind the admin token too, and its entities into changes.
    ///   - publicRoutes: more routes without the token.
    package init(
        store: ConfigurationStore, adminToken: String, engine: any EngineControl, engineClient: any EngineClient,
        readiness: @escaping @Sendable () async -> Readiness, nodesTotal: Int = 1, live: LiveTiming = LiveTiming(),
        expressions: @escaping StoreSurroundings.ExpressionCheck = ControlAPI.fault(inExpression:for:),
        identity: IdentityServer? = nil,
        publicRoutes: RouteTable = RouteTable()
    ) {
        self.store = store
        self.adminToken = adminToken
        self.engineClient = engineClient
        self.readiness = ReadinessMemory(find: readiness)
        self.changes = ConfigurationChanges(store: store, engine: engine)
        self.answers = EntityAnswers(nodesTotal: nodesTotal)
        self.expressions = expressions
        self.live = live
        self.liveHub = LiveHub(client: engineClient, poll: live.poll)
        self.identity = identity
        self.publicRoutes = publicRoutes
    }

    /// Puts what is stored in force: once at the start, in turn with changes that come meanwhile.
    package func putInForce() async throws {
        try await self.changes.putInForce()
    }

    /// Everything under one router. Errors become problems, unknown paths 404, wrong methods 405.
    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())

        self.healthRoutes.mount(on: router)
        self.publicRoutes.mount(on: router)

        let management = router.group().add(middleware: BearerMiddleware(token: self.adminToken))
        for table in [self.liveRoutes, self.inspectionRoutes, self.metricsRoutes, self.auditRoutes] {
            table.mount(on: management)
        }
        let entities = management.group().add(middleware: EntityTagMiddleware(store: self.store))
        let tables = self.entityRoutes
        for table in tables + [self.configurationRoutes, self.unsupportedRoutes] { table.mount(on: entities) }
        let ofIdentity = self.identity?.addManagementRoutes(to: management, committer: self.changes) ?? []
        self.changesRoutes(tables.flatMap(\.changes) + ofIdentity).mount(on: management)
        return router
    }
}
