/// One answer of the walkthrough. Raw values are the names in an answers file: the section, a dot, the member.
package enum SetupField: String, CaseIterable, Hashable, Sendable {
    case signIn = "sign_in.use"
    case signInExisting = "sign_in.existing"
    case signInName = "sign_in.name"
    case signInAudience = "sign_in.audience"
    case signInDescription = "sign_in.description"
    case signInJWKS = "sign_in.jwks_url"
    /// `iss` and `aud` of another issuer's tokens; those of an auth server of this instance are known.
    case signInIssuer = "sign_in.issuer"
    case signInExpectedAudience = "sign_in.expected_audience"

    case client = "client.use"
    case clientExisting = "client.existing"
    case scopeName = "scope.name"
    case scopeDescription = "scope.description"
    case claimName = "claim.name"
    case claimValue = "claim.value"
    case clientName = "client.name"
    case clientLifetime = "client.access_token_seconds"
    case clientPrincipal = "client.principal"

    case gateway = "gateway.use"
    case gatewayExisting = "gateway.existing"
    case gatewayName = "gateway.name"
    case backend = "backend.use"
    case backendExisting = "backend.existing"
    case backendName = "backend.name"
    case backendServers = "backend.bootstrap_servers"
    case backendAnonymous = "backend.allow_anonymous"

    case virtualCluster = "virtual_cluster.use"
    case virtualClusterExisting = "virtual_cluster.existing"
    case virtualClusterName = "virtual_cluster.name"
    case virtualClusterLabel = "virtual_cluster.dns_label"
    case virtualClusterSignIn = "virtual_cluster.authentication"
    case virtualClusterChecks = "virtual_cluster.check_issuer_and_audience"
    case aclMode = "virtual_cluster.acl_mode"

    case listener = "listener.use"
    case listenerExisting = "listener.existing"
    case listenerName = "listener.name"
    case listenerAddresses = "listener.addresses"
    case listenerPorts = "listener.ports"

    case forward = "forward.use"
    case forwardName = "forward.name"
    case forwardHost = "forward.advertised_host"
    case forwardMinimum = "forward.min_broker_id"

    case acl = "acl.use"
    case aclName = "acl.name"
    case aclSubject = "acl.applies_to"
    case aclCondition = "acl.condition"
    /// A list of objects; see ``SetupRule``. Its text here is always empty.
    case aclRules = "acl.rules"

    case proofTopic = "proof.topic"
    case proofCreate = "proof.create_topic"

    /// How the answer is written.
    package enum Shape: Equatable, Sendable {
        case text
        /// Texts or numbers, with commas between on one line.
        case list
        case integer(ClosedRange<Int>)
        case flag
        case choice([String])
        /// Any of these.
        case choices([String])
        case rules
    }

    package var shape: Shape {
        switch self {
        case .signIn: .choice(["new", "existing", "url"])
        case .client: .choice(["new", "existing", "none"])
        case .gateway, .backend, .virtualCluster, .listener: .choice(["new", "existing"])
        case .forward, .acl: .choice(["new", "none"])
        case .aclMode: .choice(self.choices ?? [])
        case .aclSubject: .choice(["client", "everyone", "condition"])
        case .virtualClusterSignIn: .choices(["anonymous", "oauth_bearer"])
        case .clientLifetime, .forwardMinimum: .integer(self.range ?? 0...Int.max)
        case .backendServers, .listenerAddresses, .listenerPorts: .list
        case .backendAnonymous, .virtualClusterChecks, .proofCreate: .flag
        case .aclRules: .rules
        case .signInExisting, .signInName, .signInAudience, .signInDescription, .signInJWKS, .signInIssuer,
            .signInExpectedAudience, .clientExisting, .scopeName, .scopeDescription, .claimName, .claimValue,
            .clientName, .clientPrincipal, .gatewayExisting, .gatewayName,
            .backendExisting, .backendName, .virtualClusterExisting, .virtualClusterName,
            .virtualClusterLabel, .listenerExisting, .listenerName, .forwardName, .forwardHost, .aclName,
            .aclCondition, .proofTopic:
            .text
        }
    }

    package var step: SetupStep {
        switch self {
        case .signIn, .signInExisting, .signInName, .signInAudience, .signInDescription, .signInJWKS, .signInIssuer,
            .signInExpectedAudience:
            .signIn
        case .client, .clientExisting, .scopeName, .scopeDescription, .claimName, .claimValue, .clientName,
            .clientLifetime, .clientPrincipal:
            .client
        case .gateway, .gatewayExisting, .gatewayName, .backend, .backendExisting, .backendName, .backendServers,
            .backendAnonymous:
            .backend
        case .virtualCluster, .virtualClusterExisting, .virtualClusterName, .virtualClusterLabel,
            .virtualClusterSignIn, .virtualClusterChecks, .aclMode:
            .virtualCluster
        case .listener, .listenerExisting, .listenerName, .listenerAddresses, .listenerPorts: .listener
        case .forward, .forwardName, .forwardHost, .forwardMinimum: .forward
        case .acl, .aclName, .aclSubject, .aclCondition, .aclRules: .acl
        case .proofTopic, .proofCreate: .proof
        }
    }

    /// What is there before anybody answers: Enter alone gives a working gateway.
    package var defaultText: String {
        switch self {
        case .signIn, .client, .gateway, .backend, .virtualCluster, .listener, .forward, .acl: "new"
        case .signInName: "kafka-sign-in"
        case .signInAudience: "kafka"
        case .signInDescription: "Issues tokens to Kafka clients"
        case .scopeName: "kafka"
        case .scopeDescription: "Use of Kafka through the gateway"
        case .clientName: "first-client"
        case .clientLifetime: "3600"
        case .gatewayName: "main"
        case .backendName: "kafka"
        case .backendServers: "localhost:9094, localhost:9095, localhost:9096"
        case .backendAnonymous, .virtualClusterChecks, .proofCreate: "true"
        case .virtualClusterName: "apps"
        case .virtualClusterLabel: "apps"
        case .virtualClusterSignIn: "anonymous, oauth_bearer"
        case .aclMode: "enforce_on_gateway"
        case .listenerName: "apps"
        case .listenerAddresses: "127.0.0.1"
        case .listenerPorts: "19092-19095"
        case .forwardName: "forward"
        case .forwardHost: "localhost"
        case .forwardMinimum: "0"
        case .aclName: "first-client-access"
        case .aclSubject: "client"
        case .proofTopic: "hello"
        case .signInExisting, .signInJWKS, .signInIssuer, .signInExpectedAudience, .claimName, .claimValue,
            .clientExisting, .clientPrincipal, .gatewayExisting, .backendExisting, .virtualClusterExisting,
            .listenerExisting, .aclCondition, .aclRules:
            ""
        }
    }

    /// The section and the member of an answers file.
    var path: (section: String, member: String) {
        let parts = self.rawValue.split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first ?? self.rawValue, parts.count > 1 ? parts[1] : "")
    }
}
