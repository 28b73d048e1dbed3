extension SetupField {
    /// In front of the field.
    var label: String {
        switch self {
        case .signIn: "Tokens from"
        case .signInExisting, .signInName: "Name"
        case .signInAudience, .signInExpectedAudience: "Audience"
        case .signInIssuer: "Issuer"
        case .signInDescription, .scopeDescription: "Description"
        case .signInJWKS: "JWKS URL"
        case .client: "Client"
        case .clientExisting: "Which client"
        case .scopeName: "Scope"
        case .claimName: "Claim"
        case .claimValue: "Claim value"
        case .clientName: "Client name"
        case .clientLifetime: "Token lasts (s)"
        case .clientPrincipal: "Principal"
        case .gateway: "Gateway"
        case .gatewayExisting: "Which gateway"
        case .gatewayName: "Gateway name"
        case .backend: "Backend"
        case .backendExisting: "Which backend"
        case .backendName: "Name"
        case .backendServers: "Bootstrap"
        case .backendAnonymous: "Anonymous"
        case .virtualCluster: "Cluster"
        case .virtualClusterExisting: "Which cluster"
        case .virtualClusterName: "Name"
        case .virtualClusterLabel: "DNS label"
        case .virtualClusterSignIn: "Sign-in"
        case .virtualClusterChecks: "Tokens"
        case .aclMode: "ACL mode"
        case .listener: "Listener"
        case .listenerExisting: "Which listener"
        case .listenerName: "Name"
        case .listenerAddresses: "Addresses"
        case .listenerPorts: "Ports"
        case .forward: "Forward"
        case .forwardName, .aclName: "Name"
        case .forwardHost: "Advertise"
        case .forwardMinimum: "Lowest broker"
        case .acl: "Policy"
        case .aclSubject: "Applies to"
        case .aclCondition: "Condition"
        case .aclRules: "Rules"
        case .proofTopic: "Topic"
        case .proofCreate: "Backend"
        }
    }

    /// What an option is called on the screen.
    func title(of option: String) -> String {
        switch (self, option) {
        case (.signIn, "new"): "a new auth server"
        case (.signIn, "existing"): "one that exists"
        case (.signIn, "url"): "another issuer"
        case (.client, "new"), (.gateway, "new"), (.backend, "new"), (.virtualCluster, "new"), (.listener, "new"):
            "new"
        case (.client, "none"): "none"
        case (.forward, "new"): "map ports"
        case (.forward, "none"), (.acl, "none"): "leave out"
        case (.acl, "new"): "add rules"
        case (_, "existing"): "existing"
        case (.aclMode, "enforce_on_gateway"): "enforce on gateway"
        case (.aclMode, "passthrough"): "off"
        case (.aclSubject, "client"): "this client"
        case (.aclSubject, "condition"): "a condition"
        case (.virtualClusterSignIn, "oauth_bearer"): "OAuth bearer"
        case (.backendAnonymous, _): "let clients in without sign-in"
        case (.virtualClusterChecks, _): "check issuer and audience"
        case (.proofCreate, _): "create the topic there first"
        default: option
        }
    }

    /// In an empty field.
    var placeholder: String {
        switch self {
        case .signInJWKS: "e.g. https://auth.example/.well-known/jwks"
        case .signInIssuer: "e.g. https://auth.example"
        case .signInExpectedAudience: "the aud of its tokens for Kafka"
        case .signInDescription, .scopeDescription: "what it is for"
        case .claimName: "none"
        case .claimValue: "e.g. orders"
        case .clientPrincipal: "the sub of the client's tokens"
        case .backendServers: "host:port, host:port"
        case .listenerAddresses: "e.g. 127.0.0.1"
        case .listenerPorts: "e.g. 19092-19095"
        case .aclCondition: "e.g. context.auth.principal.name == \"...\""
        default: ""
        }
    }

    /// What F1 says.
    var explanation: String {
        switch self {
        case .signIn:
            "Where clients get their tokens: an auth server that Sluice runs, or any issuer that publishes its keys (a JWKS URL). The gateway only checks signatures; it never sees a client's secret."
        case .signInExisting: "An auth server of this configuration. The scope, claim and client are added to it."
        case .signInName: "What people call the auth server. 2 to 255 characters, letter or digit at both ends."
        case .signInAudience:
            "Becomes `aud` in every token: whom the tokens are meant for. Usually a URL; it is not opened."
        case .signInDescription, .scopeDescription: "For people. Up to 512 characters."
        case .signInJWKS:
            "The URL of the issuer's key set (RFC 7517). It is fetched now, to see that it works, and again by the gateway when it needs a key. Issuers list it in their /.well-known/openid-configuration as jwks_uri."
        case .signInIssuer:
            "The claim `iss` that tokens must carry, letter by letter as the issuer writes it. Empty: every token that the key set verifies is accepted, whoever it names as its issuer."
        case .signInExpectedAudience:
            "One of the claim `aud` that tokens must carry: whom they were issued for. Empty: tokens that the same issuer made for other services open Kafka too."
        case .client:
            "The program that will connect. A new one gets an id and a secret; the secret is shown once. With another issuer the client is made there, and only its principal is named here."
        case .clientExisting:
            "A client of the auth server. Its secret was shown when it was made; the proof asks for it."
        case .scopeName: "What a token is good for. The client asks for it, and the token carries it as `scope`."
        case .claimName:
            "A fact that tokens with this scope carry, such as topic_prefix or department. Rules can use it. Empty: no claim."
        case .claimValue: "The claim's value. Text; valid JSON becomes that JSON value in the token."
        case .clientName: "What people call the client. Its id, which is its principal, is made for it."
        case .clientLifetime: "Seconds until a token expires. Then the client fetches a new one and signs in again."
        case .clientPrincipal:
            "The name the gateway knows the client by: the claim `sub` of its tokens. The rules apply to it."
        case .gateway: "The set of clusters and listeners that belong together. Most installations have one."
        case .gatewayExisting: "The gateway that the objects are added to."
        case .gatewayName, .backendName, .virtualClusterName, .listenerName:
            "2 to 255 characters: letters, digits, spaces and _ - . : / + ', a letter or digit at both ends. It can be changed later."
        case .backend: "The Kafka cluster behind the gateway."
        case .backendExisting: "A backend cluster that is configured already."
        case .backendServers:
            "host:port of one or more brokers, with commas between. The gateway learns the others from them. [ Use the sandbox ] starts a Kafka of three brokers inside this process, to try things with."
        case .backendAnonymous:
            "Whether virtual clusters on this backend may let clients in without authentication. Only then can the next step offer it. Rules still decide what such clients may do."
        case .virtualCluster: "What clients take for a Kafka cluster."
        case .virtualClusterExisting:
            "A virtual cluster that is configured already. Its own sign-in methods stay; the rules are added to it."
        case .virtualClusterLabel:
            "The cluster's name in host names: a-z, 0-9 and \"-\", up to 63 characters. It matters once listeners tell clusters apart by name."
        case .virtualClusterSignIn:
            "How clients may sign in, tried in order. Anonymous clients are called `anonymous`; the rules say what they may do. OAuth bearer is SASL/OAUTHBEARER with a token of the sign-in server."
        case .virtualClusterChecks:
            "Whether a token must name the sign-in server as its issuer (`iss`) and carry that server's audience (`aud`). Without it every token that the server's keys verify is accepted, also one that was meant for another service."
        case .aclMode:
            "enforce on gateway: the ACL policies decide, and what no rule allows is refused. off: everything goes through to the backend, which decides by its own rules."
        case .listener: "Addresses and ports where clients connect."
        case .listenerExisting: "A listener that is configured already. The forward policy is added to it."
        case .listenerAddresses:
            "Addresses of this machine, with commas between. 127.0.0.1 is reached from this machine only; 0.0.0.0 is every address, reached from everywhere."
        case .listenerPorts:
            "Ports or ranges, with commas between: 19092-19095. Port mapping needs one for bootstrap and one for each broker. Each is tried now, to see whether it is free."
        case .forward: "Without a forward policy the listener closes every connection."
        case .forwardName: "What people call the policy."
        case .forwardHost:
            "The host that clients are told for every broker. They must be able to resolve and reach it: localhost works on this machine only."
        case .forwardMinimum:
            "The smallest node id of the backend's brokers. Broker with that id gets the second port, the next id the third, and so on."
        case .acl: "The rules. Leave them out only if the backend decides, or rules are added later."
        case .aclName: "What people call the policy. It appears in every decision, with the number of the rule."
        case .aclSubject:
            "Whom the rules apply to. `this client`: a condition on the principal's name. Everyone includes anonymous clients."
        case .aclCondition:
            "An expression that is true for the clients meant, such as context.auth.principal.name == \"a\" or context.auth.token.claims.department == \"sales\"."
        case .aclRules: "What is allowed or denied."
        case .proofTopic: "The topic that the proof looks for. The client configurations of the last page use it too."
        case .proofCreate: "Creates the topic on the backend, past all rules, with one partition."
        }
    }
}
