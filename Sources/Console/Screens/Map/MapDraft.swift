import Resources

/// An entity that is being written in the editor.
struct MapDraft: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        case add(below: EntityKey?)
        case edit(EntityKey)
    }

    var kind: EntityKind
    var purpose: Purpose
    /// As last written, without remarks.
    var text: String
    /// What was wrong with it, a line each.
    var problems: [String] = []
    /// It is open again after a refusal or a no: its text differs from what is in force even when nothing is typed.
    var isReopened = false
    /// The editor's request, while it is open.
    var requestID: Int?
    var places: LocatedValue?
    /// The versions of what there was when the editor was opened.
    var tags: [String: String] = [:]

    var fileName: String { self.kind.title.replacing(" ", with: "-") + ".yaml" }

    /// With what was wrong on top, as remarks.
    var textForEditor: String {
        let remarks = self.problems.isEmpty ? "" : self.problems.map { "#! \($0)\n" }.joined()
        return remarks + self.text
    }

    static func withoutRemarks(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.first?.hasPrefix("#!") == true { lines.removeFirst() }
        return lines.joined(separator: "\n")
    }

    /// A start for a new entity: what must be there is filled in, what may be there is a remark.
    static func template(_ kind: EntityKind, destination: String?, issuer: String?) -> String {
        switch kind {
        case .gateway:
            """
            # A gateway: a named set of backend clusters, virtual clusters and listeners.
            name: my-gateway
            # labels:
            #   env: dev          # prod makes this console start read-only
            """
        case .backendCluster:
            """
            # The Kafka cluster behind. Its brokers have to be reachable from here.
            name: my-backend
            bootstrap_servers:
              - "localhost:9094"
            authentication:
              type: anonymous
            tls:
              enabled: false
            # Virtual clusters that let anonymous clients in need this to be true:
            insecure_allow_anonymous_virtual_cluster_auth: false
            """
        case .virtualCluster:
            """
            # What clients will see as a Kafka cluster.
            name: my-virtual-cluster
            destination:
              name: \(YAMLWriter.scalar(destination ?? "my-backend"))
            # a-z, 0-9 and "-" only:
            dns_label: my-virtual-cluster
            # enforce_on_gateway: nothing is allowed until an acls policy allows it. passthrough: the backend decides.
            acl_mode: enforce_on_gateway
            authentication:
              - type: oauth_bearer
                mediation: terminate
                jwks:
                  endpoint: \(YAMLWriter.scalar(issuer.map { $0 + "/.well-known/jwks" } ?? "https://auth.example.com/.well-known/jwks"))
            # - type: anonymous
            """
        case .listener:
            """
            # Addresses and ports for clients: one port to start at, and one for each broker.
            name: my-listener
            addresses:
              - "127.0.0.1"
            ports:
              - "19092-19095"
            """
        case .listenerPolicy:
            """
            # Leads the listener's connections to a virtual cluster.
            type: forward_to_virtual_cluster
            name: forward
            config:
              type: port_mapping
              destination:
                name: \(YAMLWriter.scalar(destination ?? "my-virtual-cluster"))
              # The host that clients are told. They have to be able to reach it.
              advertised_host: localhost
              # The lowest node id of the brokers behind:
              min_broker_id: 0
            """
        case .clusterPolicy:
            """
            # Who may do what. A rule that denies wins; what no rule allows is denied.
            type: acls
            name: my-acls
            # For whom; leave out for everybody:
            # condition: context.auth.principal.name == "client-7"
            config:
              rules:
                - resource_type: topic
                  action: allow
                  operations:
                    - name: describe
                    - name: describe_configs
                    - name: read
                    - name: write
                  resource_names:
                    - match: "*"
                # Consumer groups need this one:
                - resource_type: group
                  action: allow
                  operations:
                    - name: describe
                    - name: read
                  resource_names:
                    - match: "*"
            """
        case .authServer:
            """
            # Issues tokens to clients.
            name: my-auth-server
            audience: "http://my-service.example"
            """
        case .scope:
            """
            name: my-scope
            description: ""
            # Granted without being asked for:
            default: false
            """
        case .claim:
            """
            # A fact that goes into tokens.
            name: my-claim
            value: my-value
            include_in_token: true
            include_in_all_scopes: true
            """
        case .client:
            """
            # A machine that gets tokens. Its secret is shown once, after this.
            name: my-client
            grant_types:
              - client_credentials
            response_types:
              - token
            allow_all_scopes: true
            # Seconds that a token lives:
            access_token_duration: 3600
            """
        }
    }
}
