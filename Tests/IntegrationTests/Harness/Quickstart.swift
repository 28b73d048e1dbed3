/// The tutorial: an auth server, a client, a gateway whose one virtual cluster takes anonymous clients and tokens,
/// and an ACL for the client. Each step's status is checked; the resources are kept as they were answered.
struct Quickstart: Sendable {
    let api: ManagementClient
    let authServer: JSON
    let scope: JSON
    let client: JSON
    let gateway: JSON
    let backendCluster: JSON
    let virtualCluster: JSON
    let listener: JSON
    let forwardPolicy: JSON
    let aclPolicy: JSON
    /// The listener's first port, where clients bootstrap.
    let port: Int

    var issuer: String { self.authServer["issuer"].string ?? "" }
    var clientID: String { self.client["id"].string ?? "" }
    var clientSecret: String { self.client["client_secret"].string ?? "" }
    var gatewayPath: String { "/v1/event-gateways/\(self.gateway.id)" }
    var virtualClusterPath: String { "\(self.gatewayPath)/virtual-clusters/\(self.virtualCluster.id)" }
    var bootstrap: String { "localhost:\(self.port)" }

    /// Takes the ten steps.
    ///
    /// - Parameters:
    ///   - bootstrapServers: of the backend.
    ///   - brokers: how many brokers the backend has.
    ///   - minimumBrokerID: the lowest node id, when it is not 0.
    ///   - address: that the listener binds; `advertisedHost` is what clients are told.
    ///   - moreAuthentication: further rules, after the two of the tutorial.
    init(
        _ api: ManagementClient, bootstrapServers: [String], brokers: Int, minimumBrokerID: Int? = nil,
        address: String = "0.0.0.0", advertisedHost: String = "localhost", moreAuthentication: [JSON] = []
    ) async throws {
        self.api = api
        self.authServer = try await api.create(
            "/v1/auth-servers",
            [
                "name": "Appointments Dev", "audience": "http://myhttpbin.dev",
                "description": "Auth server for the Appointment dev environment",
            ])
        let authServerPath = "/v1/auth-servers/\(self.authServer.id)"
        self.scope = try await api.create(
            "\(authServerPath)/scopes",
            [
                "name": "my-scope", "description": "Scope to test", "default": false, "include_in_metadata": false,
                "enabled": true,
            ])
        _ = try await api.create(
            "\(authServerPath)/claims",
            [
                "name": "test-claim", "value": "test", "include_in_token": true, "include_in_all_scopes": false,
                "include_in_scopes": [self.scope["id"]], "enabled": true,
            ])
        self.client = try await api.create(
            "\(authServerPath)/clients",
            [
                "name": "Client", "grant_types": ["client_credentials"], "allow_all_scopes": false,
                "allow_scopes": [self.scope["id"]], "access_token_duration": 3600, "id_token_duration": 3600,
                "response_types": ["id_token", "token"],
            ])
        self.gateway = try await api.create("/v1/event-gateways", ["name": "event-gateway-quickstart"])
        let gatewayPath = "/v1/event-gateways/\(self.gateway.id)"
        self.backendCluster = try await api.create(
            "\(gatewayPath)/backend-clusters",
            [
                "name": "default_backend_cluster", "bootstrap_servers": .array(bootstrapServers.map(JSON.string)),
                "insecure_allow_anonymous_virtual_cluster_auth": true, "authentication": ["type": "anonymous"],
                "tls": ["enabled": false],
            ])
        let authentication: [JSON] = [
            ["type": "anonymous"],
            [
                "type": "oauth_bearer", "mediation": "terminate",
                "jwks": ["endpoint": "\(self.authServer["issuer"].string ?? "")/.well-known/jwks"],
            ],
        ]
        self.virtualCluster = try await api.create(
            "\(gatewayPath)/virtual-clusters",
            [
                "name": "example_virtual_cluster", "destination": ["id": self.backendCluster["id"]],
                "dns_label": "vcluster-1", "acl_mode": "enforce_on_gateway",
                "authentication": .array(authentication + moreAuthentication),
            ])
        self.port = try FreePorts.first(of: brokers + 1)
        self.listener = try await api.create(
            "\(gatewayPath)/listeners",
            [
                "name": "example_listener", "addresses": [.string(address)],
                "ports": ["\(self.port)-\(self.port + brokers)"],
            ])
        var forward: JSON = [
            "type": "port_mapping", "advertised_host": .string(advertisedHost),
            "destination": ["id": self.virtualCluster["id"]],
        ]
        if let minimumBrokerID { forward = forward.adding(["min_broker_id": .integer(minimumBrokerID)]) }
        self.forwardPolicy = try await api.create(
            "\(gatewayPath)/listeners/\(self.listener.id)/policies",
            ["type": "forward_to_virtual_cluster", "name": "forward", "config": forward])
        self.aclPolicy = try await api.create(
            "\(gatewayPath)/virtual-clusters/\(self.virtualCluster.id)/cluster-policies",
            [
                "type": "acls", "name": "acl_policy",
                "condition": "context.auth.principal.name == \"\(self.client.id)\"",
                "config": [
                    "rules": [
                        [
                            "resource_type": "topic", "action": "allow",
                            "operations": [
                                ["name": "describe"], ["name": "describe_configs"], ["name": "read"], ["name": "write"],
                            ],
                            "resource_names": [["match": "*"]],
                        ]
                    ]
                ],
            ])
    }

    /// Gets a token with the client's credentials.
    func tokenAnswer(scope: String? = "my-scope", secret: String? = nil) async throws -> ManagementClient.Answer {
        var form = [
            "grant_type": "client_credentials", "client_id": self.clientID,
            "client_secret": secret ?? self.clientSecret,
        ]
        form["scope"] = scope
        // The token endpoint is public: it gets no admin token.
        return try await ManagementClient(base: self.api.base).send("POST", "\(self.issuer)/oauth/token", form: form)
    }

    func token() async throws -> String {
        let answer = try await self.tokenAnswer()
        guard answer.status == 200, let token = answer.json["access_token"].string else {
            throw ManagementClient.Unexpected(request: "POST oauth/token", answer: answer)
        }
        return token
    }

    /// Lets the client use every consumer group, by a second policy.
    func allowGroups() async throws {
        _ = try await self.api.create(
            "\(self.virtualClusterPath)/cluster-policies",
            [
                "type": "acls", "name": "group_policy",
                "condition": "context.auth.principal.name == \"\(self.clientID)\"",
                "config": [
                    "rules": [
                        [
                            "resource_type": "group", "action": "allow",
                            "operations": [["name": "read"], ["name": "describe"]],
                            "resource_names": [["match": "*"]],
                        ]
                    ]
                ],
            ])
    }

    func liveView() async throws -> LiveView {
        try await self.api.liveView(gateway: self.gateway.id)
    }
}

extension JSON {
    /// The `id` of a resource; empty when there is none.
    var id: String { self["id"].string ?? "" }
}
