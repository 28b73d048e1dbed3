import ArgumentParser
import EngineInterface
import Resources

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain, rule by rule, why a principal may or may not do an operation.",
        discussion: """
            The subject is --principal NAME with the claims to assume, --token, or --anonymous. The question is \
            --operation on one of --topic, --group, --transactional-id and --cluster. Nothing is changed or recorded. The \
            exit status is 3 when the operation is denied.

              sluice explain --principal ali --claim team=a --operation read --topic a-orders
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(help: "Gateway, by name or id; not needed when there is one.") var gateway: String?
    @Option(help: "Virtual cluster, by name or id; not needed when there is one.") var virtualCluster: String?

    @Option(help: "Name of the principal to ask about.") var principal: String?
    @Option(
        name: .customLong("claim"),
        help: "Claim NAME=VALUE to assume in the principal's token. The option can be repeated.")
    var claims: [String] = []
    @Option(help: "Token to ask about instead of a principal; - reads it from standard input.") var token: String?
    @Flag(help: "Ask about a client without authentication.") var anonymous = false

    @Option(
        help:
            "Operation: describe, describe_configs, read, write, create, delete, alter, alter_configs or idempotent_write."
    )
    var operation: String
    @Option(help: "Name of a topic.") var topic: String?
    @Option(help: "Id of a consumer group.") var group: String?
    @Option(help: "Transactional id.") var transactionalID: String?
    @Flag(help: "Ask about the cluster itself.") var cluster = false
    @Flag(help: "Print the explanation as JSON.") var json = false

    func validate() throws {
        guard [self.principal != nil, self.token != nil, self.anonymous].count(where: { $0 }) == 1 else {
            throw ValidationError("Give one of --principal, --token and --anonymous.")
        }
        guard self.claims.isEmpty || self.principal != nil else {
            throw ValidationError("--claim goes with --principal: a token has its own.")
        }
        if let claim = self.claims.first(where: { !$0.contains("=") }) {
            throw ValidationError("--claim is '\(claim)'; it must be NAME=VALUE.")
        }
        guard self.resources.count == 1 else {
            throw ValidationError("Give one of --topic, --group, --transactional-id and --cluster.")
        }
        guard ACLOperation(rawValue: self.operationName) != nil else {
            let known = ACLOperation.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--operation is '\(self.operation)'; it must be one of \(known).")
        }
    }

    func run() async throws {
        let subject = try self.subject()
        let connection = try self.instance.connection()
        let gateway = try await connection.gateway(self.gateway)
        let virtualCluster = try await connection.virtualCluster(self.virtualCluster, gateway: gateway)
        guard let (type, name) = self.resources.first, let operation = ACLOperation(rawValue: self.operationName) else {
            throw ExitCode.validationFailure
        }
        let question = AccessQuestion(
            virtualCluster: virtualCluster.id, subject: subject, resourceType: type, resourceName: name,
            operation: operation)
        let explanation: AccessExplanation
        do {
            explanation = try await HTTPEngineClient(connection: connection).explain(question)
        } catch let error as EngineClientError {
            throw CommandFailure(error.message)
        }
        if self.json { try Output.json(explanation) } else { self.show(explanation, question) }
        if !explanation.allowed { throw ExitCode(ExitStatus.refused) }
    }

    private var operationName: String { self.operation.lowercased().replacing("-", with: "_") }

    private var resources: [(ResourceType, String)] {
        var resources: [(ResourceType, String)] = []
        if let topic { resources.append((.topic, topic)) }
        if let group { resources.append((.group, group)) }
        if let transactionalID { resources.append((.transactionalID, transactionalID)) }
        if self.cluster { resources.append((.cluster, "kafka-cluster")) }
        return resources
    }

    private func subject() throws(CommandFailure) -> AccessSubject {
        if let principal {
            let pairs = self.claims.map { claim in
                let parts = claim.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (parts.first.map(String.init) ?? "", parts.dropFirst().first.map(String.init) ?? "")
            }
            return .assumed(principal: principal, claims: Dictionary(pairs) { _, last in last })
        }
        guard let token else { return .anonymous }
        return .token(try Secret.token(token, of: "--token"))
    }

    private func show(_ explanation: AccessExplanation, _ question: AccessQuestion) {
        let verdict = explanation.allowed ? "ALLOWED" : "DENIED"
        let resource = question.resourceType == .cluster ? "" : " '\(question.resourceName)'"
        Output.line(
            "\(verdict)  \(explanation.principal): \(question.operation.rawValue) "
                + "\(question.resourceType.rawValue)\(resource)")
        Output.line("\(explanation.reason) Decided by \(RuleName.shown(explanation.rule)).")
        for step in explanation.steps {
            let rule = RuleName.name(policy: step.policy, rule: step.rule)
            let action = step.action.map { " \($0.rawValue)" } ?? ""
            Output.line("\(rule)\(action): \(step.matched ? "matches" : "does not match")")
            for detail in step.details { Output.line("    \(detail)") }
        }
    }
}
