package import EngineInterface
internal import HTTPTypes
package import Hummingbird
package import ManagementHTTP
package import Resources
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

    /// Adds management routes of another module to a group that is behind the admin token.
    ///
    /// Its changes go through the committer, so that they are in one order with all others. The routes are returned, so that
    /// `POST /v1/changes` takes the changes too, and the API's description has them.
    package typealias OtherManagementRoutes =
        @Sendable (RouterGroup<APIContext>, any ChangeCommitter) -> RouteTable

    let store: ConfigurationStore
    let adminToken: String
    let engineClient: any EngineClient
    let readiness: ReadinessMemory
    let changes: ConfigurationChanges
    let expressions: StoreSurroundings.ExpressionCheck
    let live: LiveTiming
    let liveHub: LiveHub
    let answers: EntityAnswers
    private let otherRoutes: OtherManagementRoutes
    private let publicRoutes: RouteTable
    let version: String
    let publicURL: @Sendable () -> String
    /// Schemas that operations of other modules name.
    let otherSchemas: [(name: String, schema: Schema)]

    /// - Parameters:
    ///   - engine: told of every change, in order.
    ///   - readiness: asked by the readiness probe.
    ///   - nodesTotal: engine nodes that load each gateway.
    ///   - expressions: judges the expressions in policies.
    ///   - otherRoutes: such as the identity server's.
    ///   - publicRoutes: more routes without the token.
    ///   - version: the program's, for the API's description.
    ///   - publicURL: where clients reach the API, for its description.
    ///   - otherSchemas: those that operations of other modules name.
    package init(
        store: ConfigurationStore, adminToken: String, engine: any EngineControl, engineClient: any EngineClient,
        readiness: @escaping @Sendable () async -> Readiness, nodesTotal: Int = 1, live: LiveTiming = LiveTiming(),
        expressions: @escaping StoreSurroundings.ExpressionCheck = ControlAPI.fault(inExpression:for:),
        publicRoutes: RouteTable = RouteTable(), version: String = "0",
        publicURL: @escaping @Sendable () -> String = { "/" },
        otherSchemas: [(name: String, schema: Schema)] = [],
        otherRoutes: @escaping OtherManagementRoutes = { _, _ in RouteTable() }
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
        self.otherRoutes = otherRoutes
        self.publicRoutes = publicRoutes
        self.version = version
        self.publicURL = publicURL
        self.otherSchemas = otherSchemas
    }

    /// Puts what is stored in force: once at the start, in turn with changes that come meanwhile.
    package func putInForce() async throws {
        try await self.changes.putInForce()
    }

    /// Everything under one router. Errors become problems, unknown paths 404, wrong methods 405.
    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())

        let open = [self.healthRoutes, self.publicRoutes]
        for table in open { table.mount(on: router) }

        let management = router.group().add(middleware: BearerMiddleware(token: self.adminToken))
        let views = [self.liveRoutes, self.inspectionRoutes, self.metricsRoutes, self.auditRoutes]
        for table in views { table.mount(on: management) }
        let entities = management.group().add(middleware: EntityTagMiddleware(store: self.store))
        let tagged = self.entityRoutes + [self.configurationRoutes, self.unsupportedRoutes]
        for table in tagged { table.mount(on: entities) }
        let others = self.otherRoutes(management, self.changes)
        let changes = self.changesRoutes(tagged.flatMap(\.changes) + others.changes)
        changes.mount(on: management)
        self.openAPIRoutes(open + views + tagged.map(\.conditional) + [others, changes]).mount(on: router)
        return router
    }
}
