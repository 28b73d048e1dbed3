import JSON
package import Resources

/// What the answers create, as the changes of one request of the management API: all of it is made, or nothing.
///
///     var plan = try SetupPlan(answers, configuration: tree)
///     if case .call(let call) = plan.begin() { outcome = plan.received(try await client.call(call)) }
///
/// Later changes name what earlier ones make. ``undoCalls`` deletes what was made, newest first. The client's secret is
/// kept here and nowhere else.
package struct SetupPlan: Equatable, Sendable {
    /// What a call creates.
    package enum Object: String, CaseIterable, Hashable, Sendable {
        case authServer = "auth server"
        case scope, claim, client, gateway
        case backendCluster = "backend cluster"
        case virtualCluster = "virtual cluster"
        case listener
        case forwardPolicy = "forward policy"
        case aclPolicy = "ACL policy"

        /// What stands for its id until that is known.
        var placeholder: String {
            switch self {
            case .authServer: "AUTH"
            case .scope: "SCOPE"
            case .claim: "CLAIM"
            case .client: "CLIENT_ID"
            case .gateway: "GW"
            case .backendCluster: "BC"
            case .virtualCluster: "VC"
            case .listener: "LISTENER"
            case .forwardPolicy: "FORWARD"
            case .aclPolicy: "ACL"
            }
        }

        package var step: SetupStep {
            switch self {
            case .authServer: .signIn
            case .scope, .claim, .client: .client
            case .gateway, .backendCluster: .backend
            case .virtualCluster: .virtualCluster
            case .listener: .listener
            case .forwardPolicy: .forward
            case .aclPolicy: .acl
            }
        }
    }

    package struct Step: Equatable, Sendable {
        package var object: Object
        package var name: String
    }

    package struct Created: Equatable, Sendable {
        package var object: Object
        package var name: String
        package var id: String
        /// Where DELETE removes it.
        package var path: String
    }

    package enum Action: Equatable, Sendable {
        /// Make this call, then ``SetupPlan/received(_:)`` or ``SetupPlan/unanswered(_:)``.
        case call(ManagementCall)
        case done(Outcome)
        case failed(Failure)
    }

    /// What there is afterwards.
    package struct Outcome: Equatable, Sendable {
        package var created: [Created]
        /// The issuer of the auth server; nil with another issuer.
        package var issuer: String?
        package var clientID: String?
        /// Of a client that was made: shown once, never stored.
        package var clientSecret: String?
        /// What to ask a token for.
        package var scope: String
        package var gateway: String
        package var virtualCluster: String
    }

    package struct Failure: Error, Equatable, Sendable {
        package var object: Object
        package var name: String
        /// The answer concerned, by its name in an answers file.
        package var field: String
        /// The API's reason.
        package var reason: String
        /// No answer came that says so: everything may be there, or nothing.
        package var isLost = false

        /// `The listener 'example_listener' was not created: …`
        package var sentence: String {
            self.isLost
                ? "It is not known whether the objects were created: \(self.reason)"
                : "The \(self.object.rawValue) '\(self.name)' was not created: \(self.reason)"
        }
    }

    package let answers: SetupAnswers
    package private(set) var steps: [Step] = []
    package private(set) var created: [Created] = []
    /// Ids by object: of what exists, and of what was made so far.
    private(set) var ids: [Object: String] = [:]
    private(set) var issuer: String?
    /// What tokens of the auth server carry as `aud`; nil with another issuer.
    private(set) var audience: String?
    private var jwksURL: String?
    package private(set) var clientSecret: String?
    /// The step whose call is next or under way.
    package private(set) var position = 0

    /// - Throws: what is wrong with the answers, given what is configured.
    package init(_ answers: SetupAnswers, configuration: ConfigurationTree) throws(SetupProblems) {
        let problems = answers.problems(in: configuration)
        guard problems.isEmpty else { throw SetupProblems(problems) }
        self.init(checked: answers, SetupSurroundings(answers, configuration))
    }

    /// A plan to look at, made of answers that may still be wrong.
    static func preview(_ answers: SetupAnswers, _ configuration: ConfigurationTree) -> SetupPlan {
        SetupPlan(checked: answers, SetupSurroundings(answers, configuration))
    }

    private init(checked answers: SetupAnswers, _ around: SetupSurroundings) {
        self.answers = answers
        func add(_ object: Object, _ name: SetupField) {
            self.steps.append(Step(object: object, name: answers.text(name)))
        }
        if answers.usesURL {
            self.jwksURL = answers.text(.signInJWKS)
        } else if let identity = around.identity {
            self.ids[.authServer] = identity.server.id
            self.issuer = identity.server.issuer
            self.audience = identity.server.audience
        } else {
            self.audience = answers.text(.signInAudience)
            add(.authServer, .signInName)
        }
        if answers.makesClient {
            self.ids[.scope] = around.scope(named: answers.text(.scopeName))?.id
            if self.ids[.scope] == nil { add(.scope, .scopeName) }
            let claim = answers.text(.claimName)
            if !claim.isEmpty, around.claim(named: claim) == nil { add(.claim, .claimName) }
            add(.client, .clientName)
        } else {
            self.ids[.client] = around.client?.id
        }
        self.ids[.gateway] = around.gateway?.gateway.id
        if answers.makesGateway { add(.gateway, .gatewayName) }
        self.ids[.backendCluster] = around.backend?.id
        if answers.makesBackend { add(.backendCluster, .backendName) }
        self.ids[.virtualCluster] = around.virtualCluster?.virtualCluster.id
        if answers.makesVirtualCluster { add(.virtualCluster, .virtualClusterName) }
        self.ids[.listener] = around.listener?.listener.id
        if answers.makesListener { add(.listener, .listenerName) }
        if answers.makesForward { add(.forwardPolicy, .forwardName) }
        if answers.makesACL { add(.aclPolicy, .aclName) }
    }

    // MARK: Walking

    package mutating func begin() -> Action { self.next() }

    private func next() -> Action {
        guard self.steps.indices.contains(self.position) else { return .done(self.outcome) }
        return .call(self.request(isRehearsal: false))
    }

    /// The plan with names for what it makes, as `POST /v1/changes` takes them.
    func namingWhatIsNew(_ name: (Object) -> String) -> SetupPlan {
        var plan = self
        for step in self.steps[self.position...] {
            plan.ids[step.object] = "{\(name(step.object))}"
            if step.object == .authServer { plan.issuer = "{\(name(step.object)).issuer}" }
        }
        return plan
    }

    /// The answer to the call under way.
    package mutating func received(_ answer: ManagementAnswer) -> Action {
        guard self.steps.indices.contains(self.position) else { return .done(self.outcome) }
        guard answer.isSuccess else { return .failed(self.refusal(answer)) }
        var answers: [JSONValue] = []
        if case .object(let body)? = answer.body, case .array(let changes)? = body["changes"] { answers = changes }
        for (step, change) in zip(self.steps[self.position...], answers) {
            guard case .object(let members) = change, case .object(let body)? = members["body"],
                case .string(let id)? = body["id"], Self.isPlain(id)
            else { return self.unanswered("the answer \(answer.status) holds no id") }
            self.ids[step.object] = id
            if step.object == .authServer, case .string(let issuer)? = body["issuer"] { self.issuer = issuer }
            if step.object == .client, case .string(let secret)? = body["client_secret"] { self.clientSecret = secret }
            self.created.append(
                Created(object: step.object, name: step.name, id: id, path: self.path(of: step.object) + "/" + id))
            self.position += 1
        }
        guard self.position == self.steps.count else {
            return self.unanswered("the answer \(answer.status) does not tell of all changes")
        }
        return self.next()
    }

    /// The answer to a rehearsal; nil: all of it would be made.
    package func judged(_ answer: ManagementAnswer) -> Failure? {
        answer.isSuccess ? nil : self.refusal(answer)
    }

    /// The first change that was refused.
    private func refusal(_ answer: ManagementAnswer) -> Failure {
        var (index, problem) = (self.position, answer)
        if case .object(let body)? = answer.body, case .array(let changes)? = body["changes"],
            case .object(let change)? = changes.first, case .integer(let number)? = change["index"],
            let inner = change["problem"], self.steps.indices.contains(self.position + Int(clamping: number))
        {
            index += Int(clamping: number)
            problem = ManagementAnswer(status: answer.status, body: inner)
            if case .object(let object) = inner, case .integer(let status)? = object["status"] {
                problem.status = Int(clamping: status)
            }
        }
        return Failure(self.steps[index], problem)
    }

    /// The call under way has no answer, and why.
    package mutating func unanswered(_ reason: String) -> Action {
        guard self.steps.indices.contains(self.position) else { return .done(self.outcome) }
        let step = self.steps[self.position]
        return .failed(
            Failure(
                object: step.object, name: step.name, field: step.object.nameField.rawValue,
                reason: reason, isLost: true))
    }

    /// An id goes into paths: nothing else may.
    private static func isPlain(_ id: String) -> Bool {
        (1...100).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    package var outcome: Outcome {
        Outcome(
            created: self.created, issuer: self.issuer, clientID: self.ids[.client], clientSecret: self.clientSecret,
            scope: self.answers.makesClient ? self.answers.text(.scopeName) : "",
            gateway: self.ids[.gateway] ?? "", virtualCluster: self.ids[.virtualCluster] ?? "")
    }

    /// The secret is not needed any more.
    package mutating func forgetSecret() { self.clientSecret = nil }

    /// The answer to ``undoRequest``: what was deleted, and what somebody else deleted before, is no longer ours.
    ///
    /// - Returns: the reason when something keeps all of it; nil when it is done, or when what is left can be asked for.
    package mutating func undone(_ answer: ManagementAnswer) -> String? {
        var gone = Set(self.created.map(\.path))
        if !answer.isSuccess {
            gone = []
            var problems: [JSONValue] = []
            if case .object(let body)? = answer.body, case .array(let changes)? = body["changes"] { problems = changes }
            let paths = self.undoCalls.map(\.path)
            for case .object(let change) in problems {
                guard case .integer(let index)? = change["index"], paths.indices.contains(Int(clamping: index)),
                    case .object(let problem)? = change["problem"]
                else { continue }
                guard problem["status"] == .integer(404) else {
                    return ProblemText(ManagementAnswer(status: answer.status, body: .object(problem))).reason
                }
                gone.insert(paths[Int(clamping: index)])
            }
            if gone.isEmpty { return ProblemText(answer).reason }
        }
        for made in self.created where gone.contains(made.path) {
            self.ids[made.object] = nil
            if made.object == .authServer { self.issuer = nil }
            if made.object == .client { self.clientSecret = nil }
        }
        self.created.removeAll { gone.contains($0.path) }
        self.position = self.created.count
        return nil
    }

    // MARK: Looking

    /// All calls in order, with what is not known yet as `AUTH`, `GW` and so on.
    package var calls: [ManagementCall] { self.steps.indices.map(self.call(at:)) }

    /// Deletes what was made, newest first.
    package var undoCalls: [ManagementCall] { self.created.reversed().map { ManagementCall(.delete, $0.path) } }

    /// The same as one request: all of it goes, or nothing.
    package var undoRequest: ManagementCall {
        let changes = self.undoCalls.map { call -> JSONValue in
            .object(["method": .string(call.method.rawValue), "path": .string(call.path)])
        }
        return ManagementCall(.post, "/v1/changes", body: .object(["changes": .array(changes)]))
    }

    func id(of object: Object) -> String { self.ids[object] ?? object.placeholder }

    var keySet: String { self.jwksURL ?? (self.issuer ?? "ISSUER") + "/.well-known/jwks" }

    /// This plan after a change of answers, going on behind what was made already; nil when a change concerns that, so
    /// that it has to be undone first.
    package func continued(with plan: SetupPlan) -> SetupPlan? {
        var plan = plan
        for (index, made) in self.created.enumerated() {
            guard plan.steps.indices.contains(index), plan.steps[index].object == made.object,
                self.call(at: index) == plan.call(at: index)
            else { return nil }
            plan.ids[made.object] = made.id
            if made.object == .authServer { plan.issuer = self.issuer }
            plan.created.append(made)
            plan.position = index + 1
        }
        plan.clientSecret = self.clientSecret
        return plan
    }
}
