import Resources

/// The API's refusal: why, and which answer it is about.
extension SetupPlan.Failure {
    init(_ step: SetupPlan.Step, _ answer: ManagementAnswer) {
        let problem = ProblemText(answer)
        let isLabel = answer.status == 409 && problem.reason.contains("dns_label") && step.object == .virtualCluster
        // The first field that is one of our questions decides where the cursor goes.
        let field = problem.fields.lazy.compactMap { step.object.field(behind: $0.field) }.first
        self.init(
            object: step.object, name: step.name,
            field: field ?? (isLabel ? SetupField.virtualClusterLabel : step.object.nameField).rawValue,
            reason: problem.reason)
    }
}

extension SetupPlan.Object {
    var nameField: SetupField {
        switch self {
        case .authServer: .signInName
        case .scope: .scopeName
        case .claim: .claimName
        case .client: .clientName
        case .gateway: .gatewayName
        case .backendCluster: .backendName
        case .virtualCluster: .virtualClusterName
        case .listener: .listenerName
        case .forwardPolicy: .forwardName
        case .aclPolicy: .aclName
        }
    }

    /// The answer behind a field of the API's body; nil when none was asked for.
    fileprivate func field(behind path: String) -> String? {
        let known: [(SetupPlan.Object, String, SetupField)] = [
            (.authServer, "audience", .signInAudience), (.authServer, "description", .signInDescription),
            (.scope, "description", .scopeDescription), (.claim, "value", .claimValue),
            (.client, "access_token_duration", .clientLifetime), (.client, "id_token_duration", .clientLifetime),
            (.backendCluster, "bootstrap_servers", .backendServers),
            (.backendCluster, "insecure_allow_anonymous_virtual_cluster_auth", .backendAnonymous),
            (.virtualCluster, "dns_label", .virtualClusterLabel), (.virtualCluster, "acl_mode", .aclMode),
            (.virtualCluster, "authentication", .virtualClusterSignIn), (.listener, "addresses", .listenerAddresses),
            (.listener, "ports", .listenerPorts), (.forwardPolicy, "config.advertised_host", .forwardHost),
            (.forwardPolicy, "config.min_broker_id", .forwardMinimum), (.aclPolicy, "condition", .aclSubject),
        ]
        if path == "name" { return self.nameField.rawValue }
        if self == .aclPolicy, path.hasPrefix("config.rules") {
            // config.rules[1].operations[0].name -> acl.rules[1].operations
            let rest = path.dropFirst("config.rules".count)
            guard let end = rest.firstIndex(of: "]") else { return SetupField.aclRules.rawValue }
            let member = rest[rest.index(after: end)...].dropFirst().prefix { $0.isLetter || $0 == "_" }
            let name = member == "resource_names" ? "names" : String(member)
            return SetupField.aclRules.rawValue + rest[...end] + (name.isEmpty ? "" : "." + name)
        }
        return known.first { $0.0 == self && path.hasPrefix($0.1) }?.2.rawValue
    }
}
