/// Everything the walkthrough asks, answered. A new value answers it all: the walkthrough of a first gateway.
///
/// The same answers are typed into the form, kept as the draft, and read from `sluice setup --answers FILE`. Nothing in
/// them is secret.
package struct SetupAnswers: Equatable, Sendable {
    private var texts: [SetupField: String]
    package var rules: [SetupRule]

    /// More rules than this are no walkthrough.
    package static let maximumRules = 20

    package init() {
        self.texts = [:]
        self.rules = SetupRule.Recipe.standard.rules
    }

    /// The answer as one line of text: lists with commas between, `true` or `false`, the name of a choice.
    package subscript(field: SetupField) -> String {
        get { self.texts[field] ?? field.defaultText }
        set { self.texts[field] = newValue == field.defaultText ? nil : newValue }
    }

    /// Without spaces around it.
    package func text(_ field: SetupField) -> String { self[field].trimmingSpaces }
    package func list(_ field: SetupField) -> [String] { Self.list(self[field]) }
    package func flag(_ field: SetupField) -> Bool { self.text(field) == "true" }
    package func integer(_ field: SetupField) -> Int? { Int(self.text(field)) }

    static func list(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    // MARK: What the answers make of each other

    package var usesURL: Bool { self.text(.signIn) == "url" }
    package var makesAuthServer: Bool { self.text(.signIn) == "new" }
    package var makesClient: Bool { !self.usesURL && self.text(.client) == "new" }
    package var makesGateway: Bool { self.text(.gateway) != "existing" }
    package var makesVirtualCluster: Bool { self.text(.virtualCluster) != "existing" }
    /// An existing virtual cluster has its backend.
    package var makesBackend: Bool { self.makesVirtualCluster && self.text(.backend) != "existing" }
    package var makesListener: Bool { self.text(.listener) != "existing" }
    package var makesForward: Bool { self.text(.forward) != "none" }
    package var makesACL: Bool { self.text(.acl) != "none" }
    package var allowsAnonymous: Bool { self.list(.virtualClusterSignIn).contains("anonymous") }
    package var allowsTokens: Bool { self.list(.virtualClusterSignIn).contains("oauth_bearer") }
    package var enforcesACLs: Bool { self.text(.aclMode) == "enforce_on_gateway" }

    /// Whether the question arises at all, after the other answers.
    package func isRelevant(_ field: SetupField) -> Bool {
        switch field {
        case .signIn, .gateway, .forward, .acl, .proofTopic, .proofCreate, .listener, .virtualCluster: true
        case .signInName, .signInAudience, .signInDescription: self.makesAuthServer
        case .signInExisting: self.text(.signIn) == "existing"
        case .signInJWKS, .signInIssuer, .signInExpectedAudience: self.usesURL
        case .client: !self.usesURL
        case .clientExisting: !self.usesURL && self.text(.client) == "existing"
        case .scopeName, .scopeDescription, .claimName, .clientName, .clientLifetime: self.makesClient
        case .claimValue: self.makesClient && !self.text(.claimName).isEmpty
        case .clientPrincipal: self.usesURL || self.text(.client) == "none"
        case .gatewayExisting: !self.makesGateway
        case .gatewayName: self.makesGateway
        case .backend: self.makesVirtualCluster
        case .backendExisting: self.makesVirtualCluster && !self.makesBackend
        case .backendName, .backendServers, .backendAnonymous: self.makesBackend
        case .virtualClusterExisting: !self.makesVirtualCluster
        case .virtualClusterChecks: self.makesVirtualCluster && self.allowsTokens && !self.usesURL
        case .virtualClusterName, .virtualClusterLabel, .virtualClusterSignIn, .aclMode: self.makesVirtualCluster
        case .listenerExisting: !self.makesListener
        case .listenerName, .listenerAddresses, .listenerPorts: self.makesListener
        case .forwardName, .forwardHost, .forwardMinimum: self.makesForward
        case .aclName, .aclSubject, .aclRules: self.makesACL
        case .aclCondition: self.makesACL && self.text(.aclSubject) == "condition"
        }
    }
}
