import JSON
package import Resources

extension SetupPlan {
    /// The one request that makes what is left to make, or finds out whether it can be made.
    package func request(isRehearsal: Bool) -> ManagementCall {
        // No text of the answers holds the names.
        let texts = self.calls.compactMap(\.body).map(SetupJSON.text).joined()
        var prefix = "new"
        while texts.contains("{" + prefix) { prefix += "_" }
        func name(_ object: Object) -> String { "\(prefix)_\(object.placeholder)" }
        let plan = self.namingWhatIsNew(name)
        let changes = plan.steps.indices.dropFirst(plan.position).map { index -> JSONValue in
            let call = plan.call(at: index)
            var change: JSONObject = [
                "method": .string(call.method.rawValue), "path": .string(call.path),
                "as": .string(name(plan.steps[index].object)),
            ]
            if let body = call.body { _ = change.insert(body, forKey: "body") }
            return .object(change)
        }
        return ManagementCall(
            .post, isRehearsal ? "/v1/changes?dry_run=true" : "/v1/changes", body: .object(["changes": .array(changes)])
        )
    }

    /// The call of one step, with the ids known so far.
    package func call(at index: Int) -> ManagementCall {
        let object = self.steps[index].object
        return ManagementCall(.post, self.path(of: object), body: .object(self.body(of: object)))
    }

    /// Where objects of this kind are made.
    func path(of object: Object) -> String {
        let server = "/v1/auth-servers/\(self.id(of: .authServer))"
        let gateway = "/v1/event-gateways/\(self.id(of: .gateway))"
        return switch object {
        case .authServer: "/v1/auth-servers"
        case .scope: server + "/scopes"
        case .claim: server + "/claims"
        case .client: server + "/clients"
        case .gateway: "/v1/event-gateways"
        case .backendCluster: gateway + "/backend-clusters"
        case .virtualCluster: gateway + "/virtual-clusters"
        case .listener: gateway + "/listeners"
        case .forwardPolicy: gateway + "/listeners/\(self.id(of: .listener))/policies"
        case .aclPolicy: gateway + "/virtual-clusters/\(self.id(of: .virtualCluster))/cluster-policies"
        }
    }

    func body(of object: Object) -> JSONObject {
        func text(_ field: SetupField) -> JSONValue { .string(self.answers.text(field)) }
        func texts(_ field: SetupField) -> JSONValue { .array(self.answers.list(field).map(JSONValue.string)) }
        switch object {
        case .authServer:
            return [
                "name": text(.signInName), "audience": text(.signInAudience), "description": text(.signInDescription),
            ]
        case .scope:
            return [
                "name": text(.scopeName), "description": text(.scopeDescription), "default": .bool(false),
                "include_in_metadata": .bool(false), "enabled": .bool(true),
            ]
        case .claim:
            return [
                "name": text(.claimName), "value": text(.claimValue), "include_in_token": .bool(true),
                "include_in_all_scopes": .bool(false),
                "include_in_scopes": .array([.string(self.id(of: .scope))]), "enabled": .bool(true),
            ]
        case .client:
            let lifetime = JSONValue.integer(Int64(self.answers.integer(.clientLifetime) ?? 3600))
            return [
                "name": text(.clientName), "grant_types": .array([.string("client_credentials")]),
                "allow_all_scopes": .bool(false), "allow_scopes": .array([.string(self.id(of: .scope))]),
                "access_token_duration": lifetime, "id_token_duration": lifetime,
                "response_types": .array([.string("id_token"), .string("token")]),
            ]
        case .gateway: return ["name": text(.gatewayName)]
        case .backendCluster:
            return [
                "name": text(.backendName), "bootstrap_servers": texts(.backendServers),
                "insecure_allow_anonymous_virtual_cluster_auth": .bool(self.answers.flag(.backendAnonymous)),
                "authentication": .object(["type": .string("anonymous")]),
                "tls": .object(["enabled": .bool(false)]),
            ]
        case .virtualCluster:
            return [
                "name": text(.virtualClusterName),
                "destination": .object(["id": .string(self.id(of: .backendCluster))]),
                "dns_label": text(.virtualClusterLabel), "acl_mode": text(.aclMode),
                "authentication": .array(self.authentication),
            ]
        case .listener:
            return [
                "name": text(.listenerName), "addresses": texts(.listenerAddresses), "ports": texts(.listenerPorts),
            ]
        case .forwardPolicy:
            var config: JSONObject = [
                "type": .string("port_mapping"), "advertised_host": text(.forwardHost),
                "destination": .object(["id": .string(self.id(of: .virtualCluster))]),
            ]
            // 0 is the API's own default.
            if let lowest = self.answers.integer(.forwardMinimum), lowest != 0 {
                _ = config.insert(.integer(Int64(lowest)), forKey: "min_broker_id")
            }
            return [
                "type": .string("forward_to_virtual_cluster"), "name": text(.forwardName), "config": .object(config),
            ]
        case .aclPolicy:
            var body: JSONObject = ["type": .string("acls"), "name": text(.aclName)]
            if let condition = self.condition { _ = body.insert(.string(condition), forKey: "condition") }
            _ = body.insert(
                .object(["rules": .array(self.answers.rules.map(Self.rule))]), forKey: "config")
            return body
        }
    }

    private var authentication: [JSONValue] {
        self.answers.list(.virtualClusterSignIn).map { method in
            guard method == "oauth_bearer" else { return .object(["type": .string(method)]) }
            var rule: JSONObject = [
                "type": .string(method), "mediation": .string("terminate"),
                "jwks": .object(["endpoint": .string(self.keySet)]),
            ]
            let validation = self.validation
            if !validation.keys.isEmpty { _ = rule.insert(.object(validation), forKey: "validate") }
            return .object(rule)
        }
    }

    /// What a token must say, beside being signed by the issuer's keys.
    private var validation: JSONObject {
        let usesURL = self.answers.usesURL
        guard usesURL || self.answers.flag(.virtualClusterChecks) else { return [:] }
        let issuer = usesURL ? self.answers.text(.signInIssuer) : self.issuer ?? "ISSUER"
        let audience = usesURL ? self.answers.text(.signInExpectedAudience) : self.audience ?? ""
        var validation: JSONObject = [:]
        if !issuer.isEmpty { _ = validation.insert(.string(issuer), forKey: "issuer") }
        if !audience.isEmpty {
            _ = validation.insert(.array([.object(["name": .string(audience)])]), forKey: "audiences")
        }
        return validation
    }

    /// The principal that the rules are for.
    var principal: String {
        self.answers.isRelevant(.clientPrincipal) ? self.answers.text(.clientPrincipal) : self.id(of: .client)
    }

    /// Of the ACL policy; nil applies to everyone.
    var condition: String? {
        switch self.answers.text(.aclSubject) {
        case "everyone": nil
        case "condition": self.answers.text(.aclCondition)
        default:
            // The client that is set up signs in with a token.
            ClientPrincipal(self.principal, authentication: "sasl_oauth_bearer").condition(quotedBy: "\"")
        }
    }

    private static func rule(_ rule: SetupRule) -> JSONValue {
        let names: JSONValue =
            switch rule.resourceNames {
            case .globs(let globs): .array(globs.map { .object(["match": .string($0)]) })
            case .expression(let text): .string(text)
            }
        return .object([
            "resource_type": .string(rule.resourceType.rawValue), "action": .string(rule.action.rawValue),
            "operations": .array(rule.operations.map { .object(["name": .string($0.rawValue)]) }),
            "resource_names": names,
        ])
    }
}
