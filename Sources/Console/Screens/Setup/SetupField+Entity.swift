import JSON
import Resources

/// Where the answers go: the one mapping between the walkthrough's questions and the fields of the resource model. Bodies
/// are written with it, refusals find the question behind a field with it, and bounds and choices come from the field.
extension SetupField {
    /// The object that the answer describes, and the field, as a path; nil for answers that choose what is made.
    var entityField: (object: SetupPlan.Object, path: [String])? {
        switch self {
        case .signInName: (.authServer, ["name"])
        case .signInAudience: (.authServer, ["audience"])
        case .signInDescription: (.authServer, ["description"])
        case .scopeName: (.scope, ["name"])
        case .scopeDescription: (.scope, ["description"])
        case .claimName: (.claim, ["name"])
        case .claimValue: (.claim, ["value"])
        case .clientName: (.client, ["name"])
        case .clientLifetime: (.client, ["access_token_duration"])
        case .gatewayName: (.gateway, ["name"])
        case .backendName: (.backendCluster, ["name"])
        case .backendServers: (.backendCluster, ["bootstrap_servers"])
        case .backendAnonymous: (.backendCluster, [BackendCluster.anonymousFlag])
        case .virtualClusterName: (.virtualCluster, ["name"])
        case .virtualClusterLabel: (.virtualCluster, ["dns_label"])
        case .virtualClusterSignIn: (.virtualCluster, ["authentication"])
        case .aclMode: (.virtualCluster, ["acl_mode"])
        case .listenerName: (.listener, ["name"])
        case .listenerAddresses: (.listener, ["addresses"])
        case .listenerPorts: (.listener, ["ports"])
        case .forwardName: (.forwardPolicy, ["name"])
        case .forwardHost: (.forwardPolicy, ["config", "advertised_host"])
        case .forwardMinimum: (.forwardPolicy, ["config", "min_broker_id"])
        case .aclName: (.aclPolicy, ["name"])
        case .aclSubject: (.aclPolicy, ["condition"])
        case .aclRules: (.aclPolicy, ["config", "rules"])
        case .signIn, .signInExisting, .signInJWKS, .signInIssuer, .signInExpectedAudience, .client, .clientExisting,
            .clientPrincipal, .gateway, .gatewayExisting, .backend, .backendExisting, .virtualCluster,
            .virtualClusterExisting, .virtualClusterChecks, .listener, .listenerExisting, .forward, .acl,
            .aclCondition, .proofTopic, .proofCreate:
            nil
        }
    }

    /// The description of the field that the answer goes to.
    var field: Field? { self.entityField.flatMap { $0.object.kind.field(at: $0.path) } }

    /// The whole numbers that the field takes.
    var range: ClosedRange<Int>? {
        if case .integer(let range)? = self.field?.type { return range }
        return nil
    }

    /// The words that the field takes.
    var choices: [String]? {
        if case .choice(let choices)? = self.field?.type { return choices }
        return nil
    }
}

extension SetupPlan.Object {
    var kind: EntityKind {
        switch self {
        case .authServer: .authServer
        case .scope: .scope
        case .claim: .claim
        case .client: .client
        case .gateway: .gateway
        case .backendCluster: .backendCluster
        case .virtualCluster: .virtualCluster
        case .listener: .listener
        case .forwardPolicy: .listenerPolicy
        case .aclPolicy: .clusterPolicy
        }
    }

    /// What an object of this kind lies below, the root first.
    var parents: [SetupPlan.Object] {
        self.kind.line.dropLast().compactMap { kind in Self.allCases.first { $0.kind == kind } }
    }

    /// The questions whose answers describe it.
    var fields: [SetupField] { SetupField.allCases.filter { $0.entityField?.object == self } }
}

extension SetupAnswers {
    /// The answer as the field of the resource model takes it.
    func value(_ field: SetupField) -> JSONValue {
        switch field.shape {
        case .list, .choices: .array(self.list(field).map(JSONValue.string))
        case .integer: .integer(Int64(self.integer(field) ?? 0))
        case .flag: .bool(self.flag(field))
        case .text, .choice, .rules: .string(self.text(field))
        }
    }
}
