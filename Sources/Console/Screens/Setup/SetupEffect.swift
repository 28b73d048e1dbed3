import EngineInterface
import Foundation
import Resources

/// What the rules would mean, told by the engine's own authorizer before anything is applied.
struct SetupEffect: Equatable, Sendable {
    /// What can be asked for; another question makes the answer to the one before old.
    enum Subject: Hashable, Sendable {
        case client, anonymous
        /// The topics that the backend holds now.
        case topics
        /// Which of them a rule is about.
        case matches(rule: Int)
        /// What someone connected may do, without the rules and with them.
        case now(String), then(String)
    }

    private struct Inquiry: Equatable, Sendable {
        var question: Question
        var request: Int
        var result: Result<AnswerValue, EngineClientError>?
    }

    private var inquiries: [Subject: Inquiry] = [:]
    /// Connections to the virtual cluster, by principal.
    var connections: [String: Int] = [:]

    // MARK: Asking

    /// Whether this question is still to be asked.
    func isNew(_ subject: Subject, _ question: Question) -> Bool { self.inquiries[subject]?.question != question }

    mutating func asked(_ subject: Subject, _ question: Question, request: Int) {
        self.inquiries[subject] = Inquiry(question: question, request: request)
    }

    mutating func keep(_ subjects: Set<Subject>) {
        self.inquiries = self.inquiries.filter { subjects.contains($0.key) }
    }

    /// - Returns: what was asked for; nil for an answer that nobody waits for any more.
    mutating func received(_ answer: Answer) -> Subject? {
        guard let subject = self.inquiries.first(where: { $0.value.request == answer.id })?.key else { return nil }
        self.inquiries[subject]?.result = answer.result
        return subject
    }

    // MARK: Answers

    func isAsked(_ subject: Subject) -> Bool { self.inquiries[subject] != nil }

    func matrix(_ subject: Subject) -> AccessMatrix? {
        if case .success(.accessMatrix(let matrix))? = self.inquiries[subject]?.result { matrix } else { nil }
    }

    func failure(_ subjects: Subject...) -> String? {
        for subject in subjects {
            switch self.inquiries[subject]?.result {
            case .failure(let error)?: return error.message
            case .success(.accessMatrix)?, .success(.topics)?, nil: continue
            case .success?: return EngineClientError.unexpected.message
            }
        }
        return nil
    }

    /// The names of the topics on the backend; those that are Kafka's own left out.
    var topics: [String]? {
        guard case .success(.topics(let topics))? = self.inquiries[.topics]?.result else { return nil }
        return topics.filter { !$0.isInternal }.map(\.name)
    }

    /// The topics that a rule is about.
    func matches(rule: Int) -> [String]? {
        self.matrix(.matches(rule: rule))?.rows.filter { $0.cells.contains(where: \.allowed) }.map(\.resource.name)
    }

    /// How many operations on how many things someone gains and loses; nil while that is not known.
    func change(of principal: String) -> (gained: Int, lost: Int)? {
        guard let now = self.matrix(.now(principal)), let then = self.matrix(.then(principal)) else { return nil }
        var before: [AccessMatrixQuestion.Resource: [ACLOperation: Bool]] = [:]
        for row in now.rows {
            before[row.resource] = Dictionary(row.cells.map { ($0.operation, $0.allowed) }, uniquingKeysWith: { $1 })
        }
        var change = (gained: 0, lost: 0)
        for row in then.rows {
            for cell in row.cells {
                guard let was = before[row.resource]?[cell.operation], was != cell.allowed else { continue }
                if cell.allowed { change.gained += 1 } else { change.lost += 1 }
            }
        }
        return change
    }
}

extension SetupScreen {
    /// More topics than this are not asked about one by one.
    static let maximumTopics = 500
    /// Of principals with the most connections.
    private static let maximumPrincipals = 8

    /// Asks for the effect of the rules, in the steps that show it.
    static func askEffect(_ state: inout ConsoleState) {
        guard self.showsEffect(state) else { return }
        state.setup.effect.connections = self.liveConnections(state)
        let wanted = self.effectQuestions(state)
        state.setup.effect.keep(Set(wanted.map(\.subject)))
        for (subject, question) in wanted where state.setup.effect.isNew(subject, question) {
            let request = state.ask(question, for: .setup)
            state.setup.effect.asked(subject, question, request: request)
        }
    }

    /// Clients came or went while the effect is looked at.
    static func refreshEffect(_ state: inout ConsoleState) {
        guard self.showsEffect(state), state.setup.effect.connections != self.liveConnections(state) else { return }
        self.askEffect(&state)
    }

    static func showsEffect(_ state: ConsoleState) -> Bool {
        state.setup.phase == .drafting && (state.setup.step == .acl || state.setup.step == .review)
            && state.setup.answers.makesACL
    }

    private static func effectQuestions(
        _ state: ConsoleState
    ) -> [(subject: SetupEffect.Subject, question: Question)] {
        var questions: [(subject: SetupEffect.Subject, question: Question)] = []
        if let cluster = self.topicSource(state) { questions.append((.topics, .topics(virtualCluster: cluster))) }
        guard !self.problems(state).contains(where: { $0.step == .acl }) else { return questions }
        let answers = state.setup.answers
        let plan = self.preview(state)
        let claim = answers.text(.claimName)
        let client = AccessSubject.assumed(
            principal: plan.principal,
            claims: answers.makesClient && !claim.isEmpty ? [claim: answers.text(.claimValue)] : [:])
        func policy(_ rules: [ACLRule], condition: String?) -> ClusterPolicy {
            ClusterPolicy(
                id: "00000000-0000-0000-0000-000000000000", name: answers.text(.aclName),
                condition: condition, config: .acls(ACLConfiguration(rules: rules)), createdAt: .distantPast,
                updatedAt: .distantPast)
        }
        let added = policy(answers.rules.map(\.rule), condition: plan.condition)
        let isNew = answers.makesVirtualCluster
        let cluster = isNew ? "" : plan.id(of: .virtualCluster)
        let topics = (state.setup.effect.topics ?? []).prefix(self.maximumTopics).map {
            AccessMatrixQuestion.Resource(type: .topic, name: $0)
        }
        func matrix(
            _ subject: AccessSubject, _ rules: AccessRules, _ resources: [AccessMatrixQuestion.Resource]
        ) -> Question {
            .accessMatrix(
                AccessMatrixQuestion(virtualCluster: cluster, subject: subject, rules: rules, resources: resources))
        }
        let samples = self.sampleResources(answers)
        let rules = isNew ? AccessRules.only([added]) : .inForceAnd([added])
        questions.append((.client, matrix(client, rules, samples)))
        questions.append((.anonymous, matrix(.anonymous, rules, samples)))
        if !topics.isEmpty {
            for (index, rule) in answers.rules.enumerated() where rule.resourceType == .topic {
                // A deny is about the names that it would be about as an allow.
                var alone = rule
                alone.action = .allow
                let rules = AccessRules.only([policy([alone.rule], condition: nil)])
                questions.append((.matches(rule: index), matrix(client, rules, topics)))
            }
        }
        // Topics that are there stand for themselves.
        let things = topics + samples.filter { topics.isEmpty || $0.type != .topic }
        for (principal, _) in self.ranked(state.setup.effect.connections) {
            let subject = ClientPrincipal(principal, authentication: nil).subject
            questions.append((.now(principal), matrix(subject, .inForce, things)))
            questions.append((.then(principal), matrix(subject, rules, things)))
        }
        return questions
    }

    /// A virtual cluster that shows the topics of the backend: the one that the rules are for, or another before the
    /// same brokers.
    private static func topicSource(_ state: ConsoleState) -> String? {
        let answers = state.setup.answers
        let around = SetupSurroundings(answers, self.surroundings(state))
        guard answers.makesVirtualCluster else { return around.virtualCluster?.virtualCluster.id }
        let servers = Set(around.backend?.bootstrapServers ?? answers.list(.backendServers))
        for gateway in around.configuration.gateways {
            let backends = gateway.backendClusters.filter { !servers.isDisjoint(with: $0.bootstrapServers) }.map(\.id)
            let found = gateway.virtualClusters.first { backends.contains($0.virtualCluster.destination.id) }
            if let found { return found.virtualCluster.id }
        }
        return nil
    }

    /// Who is connected to the virtual cluster that the rules are for, with how many connections.
    private static func liveConnections(_ state: ConsoleState) -> [String: Int] {
        let answers = state.setup.answers
        guard !answers.makesVirtualCluster else { return [:] }
        let around = SetupSurroundings(answers, self.surroundings(state))
        guard let cluster = around.virtualCluster?.virtualCluster.name else { return [:] }
        var connections: [String: Int] = [:]
        for connection in state.data.snapshot?.connections ?? [] where connection.virtualCluster == cluster {
            if let principal = connection.principal { connections[principal, default: 0] += 1 }
        }
        return connections
    }

    static func ranked(_ connections: [String: Int]) -> [(principal: String, count: Int)] {
        connections.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(self.maximumPrincipals)
            .map { ($0.key, $0.value) }
    }

    /// The proof's topic, an example for each pattern, another topic, and one of each other type.
    private static func sampleResources(_ answers: SetupAnswers) -> [AccessMatrixQuestion.Resource] {
        var topics = [answers.text(.proofTopic)]
        for rule in answers.rules where rule.resourceType == .topic {
            switch rule.names {
            case .all: break
            case .these: topics += rule.globs.prefix(2).map { $0.replacing("*", with: "x").replacing("?", with: "x") }
            case .claim where rule.claim == answers.text(.claimName):
                topics.append(answers.text(.claimValue) + rule.suffix.replacing("*", with: "x"))
            case .claim: break
            }
        }
        topics.append("any-other")
        var resources: [AccessMatrixQuestion.Resource] = []
        for name in topics.prefix(6) where !name.isEmpty {
            let resource = AccessMatrixQuestion.Resource(type: .topic, name: name)
            if !resources.contains(resource) { resources.append(resource) }
        }
        return resources + [
            .init(type: .group, name: "any-group"), .init(type: .cluster, name: "kafka-cluster"),
            .init(type: .transactionalID, name: "any-transaction"),
        ]
    }

    static func receiveEffect(_ answer: Answer, _ state: inout ConsoleState) -> Bool {
        guard let subject = state.setup.effect.received(answer) else { return false }
        // What there is decides what is asked about.
        if subject == .topics { self.askEffect(&state) }
        self.rebuild(&state)
        return true
    }
}
