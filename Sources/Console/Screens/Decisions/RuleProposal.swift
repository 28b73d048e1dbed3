import EngineInterface
import Foundation
import JSON
import Resources

/// The rules that would have allowed a denial: the least one, and those that the client's job needs.
struct RuleProposal: PolicyOffer, Equatable, Sendable {
    /// One proposed policy.
    struct Choice: Equatable, Sendable {
        enum Purpose: Equatable, Sendable {
            /// This operation, on this name, for this principal.
            case least
            case job(ClientJob)
        }

        var purpose: Purpose
        var policy: ProposedPolicy
        /// A sentence for each unknown about the client.
        var unknown: [String] = []
        /// The engine's verdict on the denied operation with the policy added.
        var explanation: AccessExplanation?
        /// The principal's rights with the policy.
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
    var cluster: ClusterPlace
    /// The least first, then the client's likely job, then the other jobs that are possible.
    private(set) var choices: [Choice]
    private(set) var selected = 0
    /// The principal's rights now.
    var before: AccessMatrix?
    var beforeRequest = 0
    /// The reason why the engine did not answer.
    var problem: String?
    /// Whether it is being put in force.
    var isApplied = false
    var top = 0
    /// The number of kept denials that each choice would have prevented.
    private var prevented: [Int] = []
    private var countedAt = Date.distantPast
    private var countedEnd = -1

    var offeredPolicy: ProposedPolicy { self.choice.policy }

    var choice: Choice {
        get { self.choices[self.selected] }
        set { self.choices[self.selected] = newValue }
    }

    /// - Parameter cluster: where the record was decided.
    init(_ record: DecisionRecord, cluster: ClusterPlace, log: DecisionLog, taken: Set<String>, now: Date) {
        self.record = record
        self.cluster = cluster
        let principal = ClientPrincipal(record)
        let needs = ClientNeeds(record, in: log)
        let own = ClientJob(api: record.api, operation: record.operation)
        var jobs = [own].compactMap { $0 } + needs.jobs
        // Clients of every kind send this request, so the job is unknown.
        if jobs.isEmpty { jobs = [.produce, .consume] }
        func policy(_ name: String, _ rules: [ACLRule], _ purpose: String) -> ProposedPolicy {
            ProposedPolicy(
                name: "allow-" + ProposedPolicy.slug(record.principal, or: "principal") + "-" + name, taken: taken,
                description: "Proposed from a denial of \(record.api) at \(Timestamp.text(record.time))",
                condition: principal.condition, rules: rules, cluster: cluster,
                purpose: "\(principal.words): \(purpose) on virtual cluster \(cluster.name)", now: now)
        }
        let resource = record.resourceType == .cluster ? "cluster" : record.resourceName
        let type = ProposedPolicy.slug(record.resourceType.rawValue, or: "name")
        let least = ACLRule(
            resourceType: record.resourceType, action: .allow, operations: [record.operation],
            resourceNames: .globs([ProposedPolicy.exact(record.resourceName)]))
        self.choices = [
            Choice(
                purpose: .least,
                policy: policy(
                    ProposedPolicy.slug(record.operation.rawValue, or: "operation") + "-"
                        + ProposedPolicy.slug(resource, or: type),
                    [least], record.operation.rawValue))
        ]
        for job in jobs
        where !self.choices.contains(where: { $0.purpose == .job(job) }) {
            let (rules, unknown) = needs.rules(for: job)
            // A rule that does not change the denial is no answer.
            guard rules != [least], NamesInRules(rules).contain(record) else { continue }
            self.choices.append(
                Choice(
                    purpose: .job(job), policy: policy("to-\(job.title)", rules, job.title), unknown: unknown))
        }
    }

    var principal: ClientPrincipal { ClientPrincipal(self.record) }

    /// Whether the rules in force allow by now what was denied then; nil while that is not known.
    var isAllowedNow: Bool? {
        let denied = AccessMatrixQuestion.Resource(type: self.record.resourceType, name: self.record.resourceName)
        return self.before?.rows.first { $0.resource == denied }?.cells
            .first { $0.operation == self.record.operation }?.allowed
    }

    /// The number of kept denials that the rule would have prevented, at the last count.
    var preventedDenials: Int { self.prevented.indices.contains(self.selected) ? self.prevented[self.selected] : 0 }

    /// Counts again if the decisions changed, at most once a second, because many thousand denials may be kept.
    mutating func countPrevented(in log: DecisionLog, now: Date) {
        guard log.end != self.countedEnd, now.timeIntervalSince(self.countedAt) >= 1 else { return }
        (self.countedAt, self.countedEnd) = (now, log.end)
        let principal = self.principal
        let names = self.choices.map { NamesInRules($0.policy.policy.rules) }
        var prevented = self.choices.map { _ in 0 }
        let wanted = self.record
        log.forEachDenialBackwards { entry in
            let record = entry.record
            guard record.virtualCluster.hasSameBytes(as: wanted.virtualCluster),
                record.gateway.hasSameBytes(as: wanted.gateway), ClientPrincipal(record).isSame(as: principal)
            else { return true }
            for index in names.indices where names[index].contain(record) { prevented[index] += 1 }
            return true
        }
        self.prevented = prevented
    }

    /// The names in the rules, each once, whether they exist or not: `group:billing`, and `group:*` for any.
    var resources: [AccessMatrixQuestion.Resource] {
        var resources: [AccessMatrixQuestion.Resource] = []
        for rule in self.choices.flatMap(\.policy.policy.rules) {
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

    /// Changes one of the choices.
    mutating func change(where isIt: (Choice) -> Bool, _ body: (inout Choice) -> Void) {
        guard let index = self.choices.firstIndex(where: isIt) else { return }
        body(&self.choices[index])
    }

    mutating func changeEach(_ body: (inout Choice) -> Void) {
        for index in self.choices.indices { body(&self.choices[index]) }
    }

    var commandLine: String {
        let principal = ClientPrincipal(self.record)
        let who = principal.isUnauthenticated ? "--anonymous" : ShellText.option("principal", principal.name)
        let name = self.record.resourceName
        let what =
            switch self.record.resourceType {
            case .topic: ShellText.option("topic", name)
            case .group: ShellText.option("group", name)
            case .transactionalID: ShellText.option("transactional-id", name)
            case .cluster: "--cluster"
            }
        return [
            "sluice explain", ShellText.option("gateway", self.cluster.gateway),
            ShellText.option("virtual-cluster", self.cluster.name), who, "--operation", self.record.operation.rawValue,
            what,
        ].joined(separator: " ")
    }

    /// The effect on the principal; nil while it is not known.
    func effects(of choice: Choice) -> [AccessChanges.Change]? {
        guard let before = self.before, let after = choice.after else { return nil }
        return AccessChanges.between(before, after)
    }
}

/// The names that rules hold as they are, to find decisions among them without reading patterns again.
private struct NamesInRules {
    private struct Key: Hashable {
        var type: ResourceType
        var operation: ACLOperation
    }

    private var names: [Key: Set<WireName>] = [:]
    private var any: Set<Key> = []

    init(_ rules: [ACLRule]) {
        for rule in rules {
            guard case .globs(let globs) = rule.resourceNames else { continue }
            for operation in rule.operations {
                let key = Key(type: rule.resourceType, operation: operation.name)
                if globs.contains("*") { self.any.insert(key) }
                self.names[key, default: []].formUnion(globs.map { WireName(ProposedPolicy.name(exactly: $0)) })
            }
        }
    }

    func contain(_ record: DecisionRecord) -> Bool {
        let key = Key(type: record.resourceType, operation: record.operation)
        return self.any.contains(key) || self.names[key]?.contains(WireName(record.resourceName)) ?? false
    }
}
