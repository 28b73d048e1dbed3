package import EngineInterface
import JSON
import NIOPosix
import Policies
import Resources

/// Dry runs and explanations.
extension GatewayEngine {
    package func checkToken(_ token: String, virtualCluster name: String) async throws -> TokenCheckReport {
        let virtualCluster = try self.virtualCluster(name)
        var (report, accepted) = await virtualCluster.authenticator.examine(BearerToken(token))
        if let accepted {
            let context = accepted.principal.authenticationContext
            report.checks.append(
                TokenRisk.check(
                    context, rules: virtualCluster.acl?.ruleSet(for: context),
                    policies: virtualCluster.configuration.clusterPolicies))
        } else {
            report.checks.append(TokenRisk.notMade)
        }
        return report
    }

    package func explain(_ question: AccessQuestion) async throws -> AccessExplanation {
        let supported = question.resourceType.supportedOperations + [.all]
        guard supported.contains(question.operation) else {
            let names = question.resourceType.operationsInOrder.map(\.rawValue).joined(separator: ", ")
            throw EngineClientError(
                "Kafka has no operation \(question.operation.rawValue) on resource type "
                    + "\(question.resourceType.rawValue), only \(names).", kind: .invalid)
        }
        let judge = try await self.judge(
            question.subject, rules: question.rules,
            in: try self.virtualCluster(of: question.rules, question.virtualCluster))
        let name = question.resourceType == .cluster ? ACLRuleSet.clusterName : question.resourceName
        return judge.explain(question.operation, on: question.resourceType, named: name)
    }

    package func accessMatrix(_ question: AccessMatrixQuestion) async throws -> AccessMatrix {
        let virtualCluster = try self.virtualCluster(of: question.rules, question.virtualCluster)
        let judge = try await self.judge(question.subject, rules: question.rules, in: virtualCluster)
        var rows: [AccessMatrix.Row]
        var warnings: [String] = []
        if let resources = question.resources {
            rows = resources.map { judge.row($0, exists: true) }
        } else {
            rows = []
            do {
                if let virtualCluster { rows = try await Self.existing(on: virtualCluster, judge) }
            } catch {
                warnings.append("Topics and groups that exist are not shown. \(error)")
            }
            rows += Self.standIns(judge)
        }
        let isReachable =
            virtualCluster.map { found in
                self.runtime.routes.values.contains { $0.forward?.virtualCluster === found }
            } ?? true
        warnings +=
            AccessWarnings(
                judge: judge, rows: rows, subject: question.subject, virtualCluster: virtualCluster?.virtualCluster,
                isReachable: isReachable
            ).all
        return AccessMatrix(principal: judge.principal, rows: rows, warnings: warnings)
    }

    /// Topics and groups, sorted; the backend's own topics left out.
    private static func existing(
        on virtualCluster: VirtualClusterRuntime, _ judge: AccessJudge
    ) async throws -> [AccessMatrix.Row] {
        let backend = BackendInspector(monitor: virtualCluster.monitor)
        async let topics = backend.topics().filter { !$0.isInternal }.map(\.name)
        async let groups = GroupInspector(backend: backend).groupIDs()
        // If the groups cannot be listed, the topics are still shown.
        let rows = try await topics.map { judge.row(.init(type: .topic, name: $0), exists: true) }
        return rows + ((try? await groups) ?? []).map { judge.row(.init(type: .group, name: $0), exists: true) }
    }

    /// Rows that stand for names that do not exist yet: no topic can be called `*`, so that only rules about any topic
    /// match it, and a name that ends with `*` is matched like new names of that prefix.
    private static func standIns(_ judge: AccessJudge) -> [AccessMatrix.Row] {
        let patterns = judge.topicPrefixPatterns.prefix(10)
        return (patterns + ["*"]).map { judge.row(.init(type: .topic, name: $0), exists: false) } + [
            judge.row(.init(type: .group, name: "*"), exists: false),
            judge.row(.init(type: .cluster, name: ACLRuleSet.clusterName), exists: true),
            judge.row(.init(type: .transactionalID, name: "*"), exists: false),
        ]
    }

    // MARK: Judging

    /// The virtual cluster that the rules belong to; nil when it does not exist yet.
    private func virtualCluster(of rules: AccessRules, _ name: String) throws -> VirtualClusterRuntime? {
        if case .only = rules, name.isEmpty { return nil }
        return try self.virtualCluster(name)
    }

    /// - Throws: `EngineClientError`: the token is refused, or the rules do not compile.
    func judge(
        _ subject: AccessSubject, rules: AccessRules, in virtualCluster: VirtualClusterRuntime?
    ) async throws -> AccessJudge {
        let context = try await self.context(of: subject, in: virtualCluster)
        let inForce = virtualCluster?.configuration.clusterPolicies ?? []
        let isPassthrough = virtualCluster?.virtualCluster.aclMode == .passthrough
        let policies: [ClusterPolicy]
        let acl: CompiledACL?
        switch rules {
        case .inForce:
            policies = inForce
            acl = virtualCluster?.acl
        case .inForceAnd(let more):
            let replaced = inForce.map { policy in more.first { $0.id == policy.id } ?? policy }
            policies = replaced + more.filter { policy in !inForce.contains { $0.id == policy.id } }
            acl = isPassthrough ? nil : try Self.compile(policies)
        case .only(let alone):
            policies = alone
            acl = try Self.compile(alone)
        }
        return AccessJudge(context: context, rules: acl?.ruleSet(for: context), policies: policies)
    }

    private static func compile(_ policies: [ClusterPolicy]) throws -> CompiledACL {
        do {
            return try CompiledACL(policies: policies)
        } catch {
            throw EngineClientError("\(error)", kind: .invalid)
        }
    }

    private func context(
        of subject: AccessSubject, in virtualCluster: VirtualClusterRuntime?
    ) async throws -> AuthenticationContext {
        switch subject {
        case .anonymous:
            return .anonymous
        case .assumed(let principal, let claims):
            let values = JSONObject(uniqueMembers: claims.mapValues(JSONValue.string))
            return SessionPrincipal(type: .saslOAuthBearer, name: principal, claims: .object(values))
                .authenticationContext
        case .token(let token):
            guard let virtualCluster else {
                throw EngineClientError("A token is judged by a virtual cluster, and none is named.", kind: .invalid)
            }
            let (report, accepted) = await virtualCluster.authenticator.examine(BearerToken(token))
            guard let accepted else {
                let reason = report.checks.first { $0.outcome == .failed }?.detail ?? ""
                throw EngineClientError(
                    "Virtual cluster '\(virtualCluster.virtualCluster.name)' refuses the token. \(reason)",
                    kind: .invalid)
            }
            return accepted.principal.authenticationContext
        }
    }

    // MARK: Trying

    package func probe(_ question: ProbeQuestion) async throws -> ProbeReport {
        let virtualCluster = try self.virtualCluster(question.virtualCluster)
        let name = virtualCluster.virtualCluster.name
        let routes = self.runtime.routes.filter { $0.value.forward?.virtualCluster === virtualCluster }
        let first = routes.min { ($0.value.listener.name, $0.key.port) < ($1.value.listener.name, $1.key.port) }
        guard let forward = first?.value.forward else {
            throw EngineClientError(
                "No listener forwards to virtual cluster '\(name)': there is no address to try.", kind: .invalid)
        }
        let address = BrokerAddress(
            host: forward.endpoints.advertisedHost, port: forward.endpoints.mapping.firstPort)
        async let prediction = self.predictedTopics(of: question, virtualCluster)
        let clock = ContinuousClock()
        let start = clock.now
        var report = ProbeReport(
            address: "\(address)", succeeded: false, topics: [], predictedTopics: nil, detail: "", milliseconds: 0)
        do {
            report.topics = try await ListenerProbe(
                address: address, token: question.token.map { BearerToken($0) }, loop: self.group.next()
            ).topics()
            report.succeeded = true
        } catch {
            report.detail = "\(error)"
            // The listener gives clients no reason, but the operator's question gets one.
            if case .refused = error, let token = question.token,
                let reason = await virtualCluster.authenticator.report(BearerToken(token)).checks
                    .first(where: { $0.outcome == .failed })?.detail
            {
                report.detail = "The gateway refused the token: \(reason)"
            }
        }
        report.milliseconds = (clock.now - start).milliseconds
        report.predictedTopics = await prediction
        if report.succeeded {
            let count = report.topics.count == 1 ? "1 topic" : "\(report.topics.count) topics"
            let comparison =
                report.predictedTopics.map { $0 == report.topics ? ", as predicted" : ", not as predicted" } ?? ""
            report.detail = "\(count) seen in \(report.milliseconds.inWords)\(comparison)."
        }
        return report
    }

    /// The topics that the subject should see; nil when it is not admitted or the backend does not answer.
    private func predictedTopics(of question: ProbeQuestion, _ virtualCluster: VirtualClusterRuntime) async -> [String]?
    {
        if question.token == nil, !virtualCluster.virtualCluster.authentication.contains(.anonymous) { return nil }
        let subject = question.token.map(AccessSubject.token) ?? .anonymous
        guard let judge = try? await self.judge(subject, rules: .inForce, in: virtualCluster),
            let topics = try? await BackendInspector(monitor: virtualCluster.monitor).topics()
        else { return nil }
        return topics.map(\.name).filter { judge.allows(.describe, on: .topic, named: $0) }
    }

    package func check(_ target: ReachabilityTarget) async throws -> ReachabilityReport {
        let check = ReachabilityCheck(group: self.group)
        switch target {
        case .backend(let servers):
            return await check.backend(servers)
        case .jwks(let url):
            return await check.jwks(url)
        case .port(let address, let port):
            let asked = ListenerAddress(text: address)
            let owner = self.runtime.routes.first { key, _ in
                key.port == port && asked.map { ListenerAddress(text: key.address)?.overlaps($0) ?? true } ?? false
            }
            return await check.port(address, port, owner: owner?.value.listener.name)
        }
    }
}
