import EngineInterface
import JSON
import ResourceFixtures
import Resources

@testable import Console

/// A console at the walkthrough, and a management API with a script.
struct SetupFixture {
    var console: TestConsole
    /// All calls so far, in order.
    private(set) var calls: [ManagementCall] = []
    /// What a POST answers, by the end of its path; else 201 with the id below.
    var refusals: [String: ManagementAnswer] = [:]
    var drafts: [String?] = []
    var files: [String: String] = [:]
    var probes: [ProbeReport] = []
    /// Ports that something listens on.
    var taken: [ClosedRange<Int>] = []
    /// Not an address of this machine.
    var refusedAddress: String?
    /// What the backend holds; nil: that cannot be asked.
    var topics: [String]?
    /// Tells what rules mean.
    var judge: @Sendable (AccessMatrixQuestion) -> AccessMatrix = Self.matrix
    private(set) var asked: [Question] = []

    static let secret = "s3cret-for-tests-only"
    static let issuer = "http://localhost:9191/auth/a-1"

    /// Which id each kind of object gets.
    static let ids: [(path: String, id: String)] = [
        ("/v1/auth-servers", "a-1"), ("/scopes", "s-1"), ("/claims", "cl-1"), ("/clients", "client7"),
        ("/v1/event-gateways", "g-1"), ("/backend-clusters", "b-1"), ("/virtual-clusters", "v-1"),
        ("/listeners", "l-1"), ("/policies", "p-1"), ("/cluster-policies", "cp-1"),
    ]

    init(
        _ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii, options: ConsoleOptions = ConsoleOptions(),
        draft: String? = nil, tree: ConfigurationTree = ConfigurationTree(), topics: [String]? = nil
    ) {
        self.console = TestConsole(columns, rows, glyphs: glyphs, options: options)
        self.drafts = [draft]
        self.topics = topics
        self.console.send(.configuration(tree))
        self.press("9")
    }

    /// Presses keys, and answers whatever is asked meanwhile.
    mutating func press(_ names: String...) {
        for name in names {
            self.console.press(name)
            self.answerAll()
        }
    }

    /// As `press`, and leaves questions unanswered.
    mutating func pressOnly(_ names: String...) -> [Request] {
        for name in names { self.console.press(name) }
        return self.takeRequests()
    }

    mutating func type(_ text: String) { self.press(text) }

    /// Empties the field under the cursor and types.
    mutating func fill(_ text: String) {
        self.press("Ctrl-U", "Ctrl-K")
        self.press(text)
    }

    private mutating func takeRequests() -> [Request] {
        self.console.takeEffects().compactMap {
            if case .ask(let request) = $0 { request } else { nil }
        }
    }

    mutating func answerAll() {
        var requests = self.takeRequests()
        while !requests.isEmpty {
            for request in requests { self.answer(request) }
            requests = self.takeRequests()
        }
    }

    mutating func answer(_ request: Request) {
        self.asked.append(request.question)
        let result = self.result(of: request.question)
        self.console.send(.answer(Answer(id: request.id, owner: request.owner, result: result)))
    }

    mutating func answer(_ request: Request, _ result: Result<AnswerValue, EngineClientError>) {
        self.console.send(.answer(Answer(id: request.id, owner: request.owner, result: result)))
    }

    private mutating func result(of question: Question) -> Result<AnswerValue, EngineClientError> {
        switch question {
        case .loadDraft: return .success(.draft(self.drafts.last ?? nil))
        case .saveDraft(let text):
            self.drafts.append(text)
            return .success(.done)
        case .writeFile(let path, let text):
            self.files[path] = text
            return .success(.done)
        case .writePrivateFile(let path, let text, let replacing):
            if let current = self.files[path], replacing != .anything,
                replacing != .unchanged(TextFingerprint(current))
            {
                return .success(.exists)
            }
            self.files[path] = text
            return .success(.done)
        case .readFile(let path):
            guard let text = self.files[path] else {
                return .failure(EngineClientError("The file '\(path)' cannot be read."))
            }
            return .success(.text(text))
        case .topics:
            guard let topics = self.topics else { return .failure(EngineClientError("no broker answers")) }
            return .success(.topics(topics.map { TopicFixture.topic($0) }))
        case .check(.backend):
            return .success(
                .reachability(
                    ReachabilityReport(
                        reachable: true, detail: "3 brokers in 41 ms", milliseconds: 41, nodeIDs: [0, 1, 2])))
        case .check(.port(let address, let port)):
            let reason: String? =
                address == self.refusedAddress
                ? "cannot assign requested address"
                : self.taken.contains { $0.contains(port) } ? "address already in use" : nil
            return .success(
                .reachability(
                    ReachabilityReport(
                        reachable: reason == nil,
                        detail: "\(address):\(port)" + (reason.map { ": \($0)" } ?? " is free"),
                        milliseconds: 1)))
        case .check:
            return .success(
                .reachability(ReachabilityReport(reachable: true, detail: "2 keys in 81 ms", milliseconds: 81)))
        case .startSandbox: return .success(.sandbox(["localhost:29092", "localhost:29093", "localhost:29094"]))
        case .manage(let calls):
            var answers: [ManagementAnswer] = []
            for call in calls {
                if call.path == "/v1/changes?dry_run=true" {
                    let before = self.calls
                    answers.append(self.changed(call))
                    self.calls = before
                } else {
                    answers.append(call.path == "/v1/changes" ? self.changed(call) : self.recorded(call))
                }
                if answers.last?.isSuccess != true { break }
            }
            return .success(.managed(answers))
        case .accessMatrix(let question): return .success(.accessMatrix(self.judge(question)))
        case .fetchToken: return .success(.token("header.payload.signature"))
        case .probe(let question):
            let topics = question.token == nil ? [] : ["hello"]
            return .success(
                .probe(
                    ProbeReport(
                        address: "localhost:19092", succeeded: true, topics: topics, predictedTopics: topics,
                        detail: "", milliseconds: question.token == nil ? 22 : 61)))
        case .createTopic, .refreshConfiguration: return .success(.done)
        default: return .failure(EngineClientError("not part of this script"))
        }
    }

    private mutating func recorded(_ call: ManagementCall) -> ManagementAnswer {
        self.calls.append(call)
        return self.managed(call)
    }

    /// All changes of a request or none, with ids for their names.
    private mutating func changed(_ request: ManagementCall) -> ManagementAnswer {
        var answers: [ManagementAnswer] = []
        var known: [(name: String, value: String)] = []
        for (change, name) in zip(request.changes, request.names) {
            func resolved(_ text: String) -> String {
                known.reduce(text) { $0.replacing("{\($1.name)}", with: $1.value) }
            }
            var call = change
            call.path = resolved(call.path)
            call.body = call.body?.mappingStrings(resolved)
            answers.append(self.recorded(call))
            guard answers.last?.isSuccess == true else { break }
            guard let name, case .object(let body)? = answers.last?.body else { continue }
            for key in body.keys {
                if let value = body.string(key) { known.append((key == "id" ? name : "\(name).\(key)", value)) }
            }
        }
        return .changes(answers)
    }

    private func managed(_ call: ManagementCall) -> ManagementAnswer {
        if call.method == .delete { return ManagementAnswer(status: 204) }
        if let refusal = self.refusals.first(where: { call.path.hasSuffix($0.key) }) { return refusal.value }
        let id = Self.ids.last { call.path.hasSuffix($0.path) }?.id ?? "x"
        var body: JSONObject = ["id": .string(id)]
        if call.path == "/v1/auth-servers" { _ = body.insert(.string(Self.issuer), forKey: "issuer") }
        if call.path.hasSuffix("/clients") { _ = body.insert(.string(Self.secret), forKey: "client_secret") }
        return ManagementAnswer(status: 201, body: .object(body))
    }

    /// The tutorial's rules, told as an engine would.
    static func matrix(_ question: AccessMatrixQuestion) -> AccessMatrix {
        let isClient = question.subject != .anonymous
        let rows = (question.resources ?? []).map { resource in
            AccessMatrix.Row(
                resource: resource, exists: false,
                cells: [ACLOperation.describe, .describeConfigs, .read, .write, .delete].map {
                    AccessMatrix.Cell(
                        operation: $0, allowed: isClient && resource.type == .topic && $0 != .delete,
                        rule: "acl_policy[0]")
                })
        }
        return AccessMatrix(principal: isClient ? "CLIENT_ID" : "anonymous", rows: rows, warnings: [])
    }

    /// Types an answer into its field, wherever that is.
    mutating func answer(_ field: SetupField, _ text: String) {
        self.open(field.step)
        self.console.state.setup.form.focus(field.rawValue)
        self.fill(text)
    }

    /// Goes to a step by command, and into its form.
    mutating func open(_ step: SetupStep) {
        if self.console.state.setup.isEditing { self.press("Esc") }
        self.press(":setup go \(step.rawValue)", "Enter", "Enter")
    }

    /// The names of the tutorial, and no more than it has.
    mutating func answerAsTheTutorial() {
        let answers: [(SetupField, String)] = [
            (.signInName, "Appointments Dev"), (.signInAudience, "http://myhttpbin.dev"),
            (.signInDescription, "Auth server for the Appointment dev environment"), (.scopeName, "my-scope"),
            (.scopeDescription, "Scope to test"), (.claimName, "test-claim"), (.claimValue, "test"),
            (.clientName, "Client"), (.gatewayName, "event-gateway-quickstart"),
            (.backendName, "default_backend_cluster"), (.virtualClusterName, "example_virtual_cluster"),
            (.virtualClusterLabel, "vcluster-1"), (.listenerName, "example_listener"),
            (.listenerAddresses, "0.0.0.0"), (.aclName, "acl_policy"), (.proofTopic, "my-test-topic"),
        ]
        for (field, text) in answers { self.answer(field, text) }
        self.open(.virtualCluster)
        self.console.state.setup.form.focus(SetupField.virtualClusterChecks.rawValue)
        self.press("Space")
        self.open(.acl)
        self.console.state.setup.form.focus("recipe")
        for _ in 0..<4 where self.console.state.setup.form["recipe"]?.value != "topics" { self.press("Right") }
    }

    /// Through all steps with Enter alone, into the review.
    mutating func enterToReview() {
        self.enter(to: .review)
    }

    mutating func enter(to step: SetupStep) {
        for _ in 0..<30 where self.console.state.setup.step != step { self.press("Enter") }
    }

    /// From the review: apply, and say yes when the question comes.
    mutating func apply() {
        self.press("Enter")
        if !self.console.state.overlays.isEmpty { self.press("y") }
    }
}
