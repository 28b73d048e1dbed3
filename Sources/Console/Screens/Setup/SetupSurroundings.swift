package import Resources

/// What is configured already, as far as the answers name it.
package struct SetupSurroundings: Equatable, Sendable {
    package var configuration: ConfigurationTree
    var identity: ConfigurationTree.Identity?
    var client: AuthClient?
    var gateway: GatewayConfiguration?
    var backend: BackendCluster?
    var virtualCluster: VirtualClusterConfiguration?
    var listener: ListenerConfiguration?

    package init(_ answers: SetupAnswers, _ configuration: ConfigurationTree) {
        func isMeant(_ field: SetupField, _ id: String, _ name: String) -> Bool {
            let text = answers.text(field)
            return text == name || text == id
        }
        self.configuration = configuration
        if answers.text(.signIn) == "existing" {
            self.identity = configuration.identities.first { isMeant(.signInExisting, $0.server.id, $0.server.name) }
        }
        if answers.isRelevant(.clientExisting) {
            self.client = self.identity?.clients.first { isMeant(.clientExisting, $0.id, $0.name) }
        }
        guard !answers.makesGateway else { return }
        self.gateway = configuration.gateways.first { isMeant(.gatewayExisting, $0.gateway.id, $0.gateway.name) }
        if answers.isRelevant(.backendExisting) {
            self.backend = self.gateway?.backendClusters.first { isMeant(.backendExisting, $0.id, $0.name) }
        }
        if answers.isRelevant(.virtualClusterExisting) {
            self.virtualCluster = self.gateway?.virtualClusters.first {
                isMeant(.virtualClusterExisting, $0.virtualCluster.id, $0.virtualCluster.name)
            }
        }
        if answers.isRelevant(.listenerExisting) {
            self.listener = self.gateway?.listeners.first {
                isMeant(.listenerExisting, $0.listener.id, $0.listener.name)
            }
        }
    }

    /// The scope of that name, if the existing auth server has it: it is used then, not made.
    func scope(named name: String) -> AuthScope? { self.identity?.scopes.first { $0.name == name } }
    func claim(named name: String) -> AuthClaim? { self.identity?.claims.first { $0.name == name } }

    /// What an `existing` field can be answered with.
    func choices(for field: SetupField) -> [String] {
        switch field {
        case .signInExisting: self.configuration.identities.map(\.server.name)
        case .clientExisting: self.identity?.clients.map(\.name) ?? []
        case .gatewayExisting: self.configuration.gateways.map(\.gateway.name)
        case .backendExisting: self.gateway?.backendClusters.map(\.name) ?? []
        case .virtualClusterExisting: self.gateway?.virtualClusters.map(\.virtualCluster.name) ?? []
        case .listenerExisting: self.gateway?.listeners.map(\.listener.name) ?? []
        default: []
        }
    }

    /// The choices that lead somewhere: what does not exist cannot be chosen, unless it is.
    func possible(_ choices: [String], of field: SetupField, chosen: String) -> [String] {
        choices.filter { choice in
            guard choice == "existing", let existing = Self.existing(of: field) else { return true }
            return chosen == choice || !self.choices(for: existing).isEmpty
        }
    }

    /// The field that names the existing thing behind a `use` field.
    static func existing(of field: SetupField) -> SetupField? {
        switch field {
        case .signIn: .signInExisting
        case .client: .clientExisting
        case .gateway: .gatewayExisting
        case .backend: .backendExisting
        case .virtualCluster: .virtualClusterExisting
        case .listener: .listenerExisting
        default: nil
        }
    }
}

extension SetupAnswers {
    /// Takes an answer as the form and the questions do.
    ///
    /// - Parameter followsName: the label is made from the virtual cluster's name, as long as nobody gave one.
    mutating func take(_ value: String, for field: SetupField, followsName: Bool) {
        self[field] = value
        if field == .virtualClusterName, followsName {
            self[.virtualClusterLabel] =
                value == field.defaultText
                ? SetupField.virtualClusterLabel.defaultText : SetupAnswers.label(from: value)
        }
    }

    /// Makes answers fit what is there: an existing thing is named, or is not chosen.
    mutating func settle(in configuration: ConfigurationTree) {
        for field in SetupField.allCases {
            guard let existing = SetupSurroundings.existing(of: field), self.text(field) == "existing" else { continue }
            let choices = SetupSurroundings(self, configuration).choices(for: existing)
            if choices.isEmpty {
                self[field] = "new"
            } else if !choices.contains(self.text(existing)), let first = choices.first {
                self[existing] = first
            }
        }
    }
}
