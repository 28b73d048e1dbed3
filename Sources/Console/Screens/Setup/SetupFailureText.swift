import GatewayModel

/// Reads the API's refusal: why, and which answer it is about.
enum SetupFailureText {
    static func failure(of step: SetupPlan.Step, _ answer: ManagementAnswer) -> SetupPlan.Failure {
        guard case .object(let body)? = answer.body else {
            return self.make(step, self.nameField(of: step.object).rawValue, "the answer was \(answer.status)")
        }
        var detail = "the answer was \(answer.status)"
        if case .string(let text)? = body["detail"], !text.isEmpty {
            detail = text
        } else if case .string(let text)? = body["title"], !text.isEmpty {
            detail = "\(text) (\(answer.status))"
        }
        // The first parameter that is one of our questions decides where the cursor goes.
        var reasons: [String] = []
        var field: String?
        if case .array(let parameters)? = body["invalid_parameters"] {
            for case .object(let parameter) in parameters.prefix(20) {
                guard case .string(let name)? = parameter["field"], case .string(let reason)? = parameter["reason"]
                else { continue }
                reasons.append("\(name) \(reason)")
                field = field ?? self.field(of: step.object, name)
            }
        }
        if answer.status == 409, field == nil {
            field =
                (detail.contains("dns_label") && step.object == .virtualCluster
                ? SetupField.virtualClusterLabel : self.nameField(of: step.object)).rawValue
        }
        return self.make(
            step, field ?? self.nameField(of: step.object).rawValue,
            reasons.isEmpty ? detail : reasons.joined(separator: "; "))
    }

    /// Why a call was refused, in the API's words.
    static func reason(_ answer: ManagementAnswer) -> String {
        guard case .object(let body)? = answer.body, case .string(let text)? = body["detail"] else {
            return "the answer was \(answer.status)"
        }
        return CellText.sanitised(String(text.prefix(300)))
    }

    private static func make(_ step: SetupPlan.Step, _ field: String, _ reason: String) -> SetupPlan.Failure {
        SetupPlan.Failure(
            object: step.object, name: step.name, field: field, reason: CellText.sanitised(String(reason.prefix(600))))
    }

    static func nameField(of object: SetupPlan.Object) -> SetupField {
        switch object {
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
    private static func field(of object: SetupPlan.Object, _ path: String) -> String? {
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
        if path == "name" { return self.nameField(of: object).rawValue }
        if object == .aclPolicy, path.hasPrefix("config.rules") {
            // config.rules[1].operations[0].name -> acl.rules[1].operations
            let rest = path.dropFirst("config.rules".count)
            guard let end = rest.firstIndex(of: "]") else { return SetupField.aclRules.rawValue }
            let member = rest[rest.index(after: end)...].dropFirst().prefix { $0.isLetter || $0 == "_" }
            let name = member == "resource_names" ? "names" : String(member)
            return SetupField.aclRules.rawValue + rest[...end] + (name.isEmpty ? "" : "." + name)
        }
        return known.first { $0.0 == object && path.hasPrefix($0.1) }?.2.rawValue
    }
}
