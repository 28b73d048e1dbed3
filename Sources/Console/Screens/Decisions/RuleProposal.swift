import Foundation
import GatewayModel

/// The rules that would have allowed a denial: the least one, and what the client's job takes.
struct RuleProposal: Equatable, Sendable {
    /// One policy that could be put in force.
    struct Choice: Equatable, Sendable {
        enum Purpose: Equatable, Sendable {
            /// This operation, on this name, for this principal.
            case least
            case job(ClientJob)
        }

        var purpose: Purpose
        var policy: ProposedPolicy
        /// What is not known of the client, a sentence each.
        var unknown: [String] = []
        /// The engine's verdict on the denied operation with the policy added.
        var explanation: AccessExplanation?
        /// What the principal may do with it.
        var after: AccessMatrix?
        /// The requests whose answers fill it in.
        var explanationRequest = 0
        var afterRequest = 0

        var title: String {
            switch purpose {
            case .least: "least"
            case .job(let job): job.title
            }
        }

        var sentence: String {
            switch self.purpose {
            case .least: "The least that would allow it: this operation, this name, this principal."
            case .job(.produce):
                "What a producer needs, so that the next request is not denied: its topics, and what it asked for beside them."
            case .job(.consume):
                "What a consumer needs, so that the next request is not denied: its topics and its group."
            case .job(.administer): "What an administrator of what it asked about needs."
            }
        }
    }

    var record: DecisionRecord
    /// The least first, then the client's likely job, then the other jobs that are possible.
    private(set) var choices: [Choice]
    private(set) var selected = 0
    /// What the principal may do now.
    var before: AccessMatrix?
    var beforeRequest = 0
    /// Why the engine could not tell.
    var problem: String?
    /// It is being put in force.
    var isApplied = false
    var top = 0

    var choice: Choice {
        get { self.choices[self.selected] }
        set { self.choices[self.selected] = newValue }
    }

    init(_ record: DecisionRecord, log: DecisionLog, taken: Set<String>, now: Date) {
        self.record = record
        let needs = ClientNeeds(record, in: log)
        let own = ClientJob(api: record.api, operation: record.operation)
        var jobs = [own].compactMap { $0 } + needs.jobs
        // A request of every kind of client: nothing says which it is.
        if jobs.isEmpty { jobs = [.produce, .consume] }
        func policy(_ name: String, _ rules: [ACLRule], _ purpose: String) -> ProposedPolicy {
            ProposedPolicy(
                name: "allow-" + ProposedPolicy.slug(record.principal) + "-" + name, taken: taken,
                description: "Proposed from a denial of \(record.api) at \(Timestamp.text(record.time))",
                condition: Self.condition(record.principal), rules: rules, virtualCluster: record.virtualCluster,
                purpose: "\(record.principal) \(purpose) on virtual cluster \(record.virtualCluster)", now: now)
        }
        let resource = record.resourceType == .cluster ? "cluster" : record.resourceName
        let least = ACLRule(
            resourceType: record.resourceType, action: .allow, operations: [record.operation],
            resourceNames: .globs([ProposedPolicy.exact(record.resourceName)]))
        self.choices = [
            Choice(
                purpose: .least,
                policy: policy(
                    ProposedPolicy.slug(record.operation.rawValue) + "-" + ProposedPolicy.slug(resource), [least],
                    record.operation.rawValue))
        ]
        for job in jobs
        where !self.choices.contains(where: { $0.purpose == .job(job) }) {
            let (rules, unknown) = needs.rules(for: job)
            guard !rules.isEmpty, rules != [least] else { continue }
            self.choices.append(
                Choice(
                    purpose: .job(job), policy: policy("to-\(job.title)", rules, "to \(job.title)"), unknown: unknown))
        }
    }

    /// Whoever has this name, however it signed in; the principal of clients without authentication is their kind.
    static func condition(_ principal: String) -> String {
        principal == "anonymous"
            ? "context.auth.type == 'anonymous'"
            : "context.auth.principal.name == " + ProposedPolicy.quoted(principal)
    }

    /// What the rules name, each once, whether it exists or not: `group:billing`, and `group:*` for any.
    var resources: [AccessMatrixQuestion.Resource] {
        var resources: [AccessMatrixQuestion.Resource] = []
        for rule in self.choices.flatMap(\.policy.policy.config.rules) {
            guard case .globs(let globs) = rule.resourceNames else { continue }
            for glob in globs {
                let name = ProposedPolicy.name(exactly: glob)
                let resource = AccessMatrixQuestion.Resource(type: rule.resourceType, name: name)
                if !resources.contains(resource) { resources.append(resource) }
            }
        }
        return resources
    }

    mutating func turn(_ step: Int) {
        self.selected = (self.selected + step + self.choices.count) % self.choices.count
        self.top = 0
    }

    /// Takes a change of one of the choices.
    mutating func change(where isIt: (Choice) -> Bool, _ body: (inout Choice) -> Void) {
        guard let index = self.choices.firstIndex(where: isIt) else { return }
        body(&self.choices[index])
    }

    mutating func changeEach(_ body: (inout Choice) -> Void) {
        for index in self.choices.indices { body(&self.choices[index]) }
    }

    var commandLine: String {
        "sluice explain --virtual-cluster \(ShellText.quoted(self.record.virtualCluster)) --principal "
            + "\(ShellText.quoted(self.record.principal)) --operation \(self.record.operation.rawValue) "
            + "--resource \(ShellText.quoted(ResourceText.short(self.record.resourceType, self.record.resourceName)))"
    }

    /// What would change for the principal; nil while that is not known.
    func effects(of choice: Choice) -> [AccessChanges.Change]? {
        guard let before = self.before, let after = choice.after else { return nil }
        return AccessChanges.between(before, after)
    }
}
