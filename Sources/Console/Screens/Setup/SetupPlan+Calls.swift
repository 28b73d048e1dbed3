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
        object.kind.collectionPath(of: object.parents.map(self.id(of:)))
    }

    func body(of object: Object) -> JSONObject {
        var body = self.fixedParts(of: object)
        for field in object.fields {
            guard let path = field.entityField?.path else { continue }
            switch field {
            case .virtualClusterSignIn: body[path: path] = .array(self.authentication)
            case .aclSubject: body[path: path] = self.condition.map(JSONValue.string)
            case .aclRules: body[path: path] = .array(self.answers.rules.map(Self.rule))
            default:
                let value = self.answers.value(field)
                // What the field is by default anyway need not be said, but by people: descriptions are.
                if case .integer = field.shape, value == field.field?.defaultValue { continue }
                body[path: path] = value
            }
        }
        return object.kind.ordered(body)
    }

    /// What the walkthrough does not ask.
    private func fixedParts(of object: Object) -> JSONObject {
        func reference(_ object: Object) -> JSONValue { .object(["id": .string(self.id(of: object))]) }
        switch object {
        case .authServer, .gateway, .listener: return [:]
        case .scope:
            return ["default": .bool(false), "include_in_metadata": .bool(false), "enabled": .bool(true)]
        case .claim:
            return [
                "include_in_token": .bool(true), "include_in_all_scopes": .bool(false),
                "include_in_scopes": .array([.string(self.id(of: .scope))]), "enabled": .bool(true),
            ]
        case .client:
            return [
                "grant_types": .array([.string("client_credentials")]), "allow_all_scopes": .bool(false),
                "allow_scopes": .array([.string(self.id(of: .scope))]),
                "id_token_duration": self.answers.value(.clientLifetime),
                "response_types": .array([.string("id_token"), .string("token")]),
            ]
        case .backendCluster:
            return [
                "authentication": .object(["type": .string("anonymous")]), "tls": .object(["enabled": .bool(false)]),
            ]
        case .virtualCluster: return ["destination": reference(.backendCluster)]
        case .forwardPolicy:
            return [
                "type": .string(ForwardConfiguration.policyType.name),
                "config": .object([
                    "type": .string(PortMappingConfiguration.typeName), "destination": reference(.virtualCluster),
                ]),
            ]
        case .aclPolicy:
            return ["type": .string(ACLConfiguration.policyType.name), "config": .object([:])]
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
