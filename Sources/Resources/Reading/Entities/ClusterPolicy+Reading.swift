import JSON

/// Judges the expressions of a policy. The language itself lives elsewhere.
package struct PolicyExpressionCheck: Sendable {
    /// Answers what is wrong with a condition, with its column; nil when it is good.
    package var condition: @Sendable (String) -> String?
    /// The same for an expression that gives resource names.
    package var resourceNames: @Sendable (String) -> String?

    package init(
        condition: @escaping @Sendable (String) -> String?, resourceNames: @escaping @Sendable (String) -> String?
    ) {
        self.condition = condition
        self.resourceNames = resourceNames
    }
}

extension Policy where Configuration == ACLConfiguration {
    /// Reads the body of a create or replace call.
    ///
    /// - Parameter gateway: its `min_runtime_version` says which features may be used.
    package init?(
        reading reader: BodyReader, stamp: EntityStamp, gateway: Gateway, expressions: PolicyExpressionCheck
    ) {
        let type = reader["type"].choice(among: ["acls"])
        let fields = PolicyFields(reading: reader, condition: expressions.condition)
        let config = reader["config"].object {
            ACLConfiguration(reading: $0, gateway: gateway, expressions: expressions)
        }
        guard let type, let config else { return nil }
        self.init(type: type, fields: fields, config: config, stamp: stamp)
    }

    /// Reads a patch: what is absent stays.
    package func changed(reading reader: BodyReader, gateway: Gateway, expressions: PolicyExpressionCheck) -> Self {
        var policy = self
        policy.fields.change(reading: reader, condition: expressions.condition)
        if let field = reader["config"].ifPresent {
            policy.config =
                field.object { ACLConfiguration(reading: $0, gateway: gateway, expressions: expressions) }
                ?? policy.config
        }
        return policy
    }
}

extension ACLConfiguration {
    fileprivate init?(reading reader: BodyReader, gateway: Gateway, expressions: PolicyExpressionCheck) {
        let rules = reader["rules"].array(1...) { field in
            field.object { ACLRule(reading: $0, gateway: gateway, expressions: expressions) }
        }
        guard let rules else { return nil }
        self.init(rules: rules)
    }
}

extension ACLRule {
    fileprivate init?(reading reader: BodyReader, gateway: Gateway, expressions: PolicyExpressionCheck) {
        let resourceType = reader["resource_type"].choice(of: ResourceType.self)
        let action = reader["action"].choice(of: Action.self)
        let operations = reader["operations"].array(1...) { field in
            field.object { $0["name"].choice(of: ACLOperation.self) }
        }
        let names = reader["resource_names"].resourceNames(gateway: gateway, expressions: expressions)
        guard let resourceType, let action, let operations, let names else { return nil }
        self.init(resourceType: resourceType, action: action, operations: operations, resourceNames: names)
    }
}

extension FieldReader {
    /// An array of at most 50 globs, or an expression.
    fileprivate func resourceNames(gateway: Gateway, expressions: PolicyExpressionCheck) -> ResourceNames? {
        switch self.value {
        case .string(let text):
            guard gateway.supports("1.1") else {
                self.report(
                    .invalid,
                    "an expression needs min_runtime_version 1.1, the gateway has \(gateway.minRuntimeVersion)")
                return nil
            }
            if let fault = expressions.resourceNames(text) {
                self.report(.invalid, fault)
                return nil
            }
            return .expression(text)
        case nil, .array:
            let globs = self.array(0..., atMost: 50) { field in
                field.object { $0["match"].string(.minimumLength(1)) }
            }
            return globs.map(ResourceNames.globs)
        case .null, .bool, .integer, .number, .object:
            self.report(.isArray, "must be an array of {\"match\": glob}, or a string that is an expression")
            return nil
        }
    }
}
