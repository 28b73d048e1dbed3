package import Resources

extension SetupAnswers {
    /// All that keeps the answers from being applied, in the order of the steps.
    package func problems(in configuration: ConfigurationTree) -> [SetupProblem] {
        let surroundings = SetupSurroundings(self, configuration)
        var problems: [SetupProblem] = []
        for field in SetupField.allCases where self.isRelevant(field) {
            if field == .aclRules {
                problems += self.ruleProblems()
            } else if let problem = self.problem(with: field, surroundings) {
                problems.append(problem)
            }
        }
        return problems
    }

    private func problem(with field: SetupField, _ around: SetupSurroundings) -> SetupProblem? {
        let text = self.text(field)
        func problem(_ message: String, _ suggestion: String? = nil) -> SetupProblem {
            SetupProblem(
                field.rawValue, message, suggestion: suggestion == text ? nil : suggestion,
                value: text.isEmpty ? nil : text)
        }
        switch field {
        case .signInName: return self.nameProblem(field, taken: around.configuration.identities.map(\.server.name))
        case .gatewayName: return self.nameProblem(field, taken: around.configuration.gateways.map(\.gateway.name))
        case .backendName: return self.nameProblem(field, taken: around.gateway?.backendClusters.map(\.name) ?? [])
        case .virtualClusterName:
            return self.nameProblem(field, taken: around.gateway?.virtualClusters.map(\.virtualCluster.name) ?? [])
        case .listenerName:
            return self.nameProblem(field, taken: around.gateway?.listeners.map(\.listener.name) ?? [])
        case .aclName:
            return self.nameProblem(field, taken: around.virtualCluster?.clusterPolicies.compactMap(\.name) ?? [])
        case .forwardName: return self.nameProblem(field, taken: around.listener?.policies.compactMap(\.name) ?? [])
        case .clientName:
            guard !text.isEmpty else { return problem("is empty", field.defaultText) }
            let hasControls = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard text.unicodeScalars.count <= 255, !hasControls else {
                return problem("must have at most 255 characters, and no control characters", field.defaultText)
            }
            return nil
        case .signInAudience, .proofTopic:
            return text.isEmpty ? problem("is empty", field.defaultText) : nil
        case .claimValue:
            return text.isEmpty ? problem("is empty: what should tokens say, such as orders?") : nil
        case .scopeName:
            guard !text.isEmpty else { return problem("is empty", field.defaultText) }
            // RFC 6749, section 3.3.
            let isToken = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
            return isToken ? nil : problem("must have no spaces, quotes or backslashes", Self.label(from: text))
        case .signInDescription, .scopeDescription:
            return text.unicodeScalars.count > 512 ? problem("must have at most 512 characters") : nil
        case .signInJWKS:
            guard StringRule.httpURL.faults(text).isEmpty else {
                guard !text.isEmpty else { return problem("is empty: the URL where the issuer publishes its keys") }
                let suggestion = "https://" + text
                let isHost = !text.contains(":/") && StringRule.httpURL.faults(suggestion).isEmpty
                return problem("must be an http or https URL", isHost ? suggestion : nil)
            }
            return nil
        case .signInExisting, .clientExisting, .gatewayExisting, .backendExisting, .virtualClusterExisting,
            .listenerExisting:
            return self.existingProblem(field, around)
        case .backend, .virtualCluster, .listener:
            return text == "existing" && self.makesGateway
                ? problem("is 'existing', and gateway.use is 'new': a new gateway has none", "new") : nil
        case .client:
            return text == "existing" && self.makesAuthServer
                ? problem("is 'existing', and sign_in.use is 'new': a new auth server has none", "new") : nil
        case .claimName, .signIn, .signInIssuer, .signInExpectedAudience, .gateway, .backendAnonymous,
            .virtualClusterChecks, .aclMode, .forward, .acl, .aclRules,
            .proofCreate:
            return nil
        case .clientLifetime, .forwardMinimum:
            guard case .integer(let range) = field.shape else { return nil }
            guard let number = Int(text), range.contains(number) else {
                return problem(
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound)", field.defaultText)
            }
            return nil
        case .clientPrincipal:
            return text.isEmpty && self.makesACL && self.text(.aclSubject) == "client"
                ? problem("is empty: the rules apply to this principal") : nil
        case .backendServers: return self.serversProblem()
        case .virtualClusterLabel: return self.labelProblem(around)
        case .virtualClusterSignIn: return self.authenticationProblem(around)
        case .listenerAddresses: return self.addressesProblem()
        case .listenerPorts: return self.portsProblem()
        case .forwardHost: return self.hostProblem()
        case .aclSubject:
            let named = self.makesClient || around.client != nil || self.isRelevant(.clientPrincipal)
            return text == "client" && !named ? problem("is 'client', and no client is chosen") : nil
        case .aclCondition: return text.isEmpty ? problem("is empty") : nil
        }
    }

    // MARK: Kinds of answers

    private func nameProblem(_ field: SetupField, taken: [String]) -> SetupProblem? {
        let text = self.text(field)
        let value = text.isEmpty ? nil : text
        guard StringRule.entityName.faults(text).isEmpty else {
            let message =
                text.isEmpty
                ? "is empty"
                : "needs 2 to 255 letters, digits, spaces or _-.:/+', with a letter or digit at both ends"
            return SetupProblem(field.rawValue, message, suggestion: Self.name(from: text, field), value: value)
        }
        guard taken.contains(text) else { return nil }
        let free = (2...99).lazy.map { "\(text)-\($0)" }.first { !taken.contains($0) }
        return SetupProblem(field.rawValue, "exists already", suggestion: free, value: value)
    }

    /// The nearest good name.
    private static func name(from text: String, _ field: SetupField) -> String {
        var name = String(
            text.map { $0.isLetter || $0.isNumber || " _-.:/+'".contains($0) ? $0 : "-" }.prefix(255))
        while let first = name.first, !first.isLetter, !first.isNumber { name.removeFirst() }
        while let last = name.last, !last.isLetter, !last.isNumber { name.removeLast() }
        return StringRule.entityName.faults(name).isEmpty ? name : field.defaultText
    }

    private func existingProblem(_ field: SetupField, _ around: SetupSurroundings) -> SetupProblem? {
        let text = self.text(field)
        let isThere: Bool =
            switch field {
            case .signInExisting: around.identity != nil
            case .clientExisting: around.client != nil
            case .gatewayExisting: around.gateway != nil
            case .backendExisting: around.backend != nil
            case .virtualClusterExisting: around.virtualCluster != nil
            case .listenerExisting: around.listener != nil
            default: true
            }
        guard !isThere else { return nil }
        let choices = around.choices(for: field)
        return SetupProblem(
            field.rawValue,
            choices.isEmpty
                ? "names nothing that exists; use 'new' instead"
                : "does not exist; there is: \(choices.prefix(5).joined(separator: ", "))",
            suggestion: choices.first, value: text.isEmpty ? nil : text)
    }

    private func serversProblem() -> SetupProblem? {
        let servers = self.list(.backendServers)
        let field = SetupField.backendServers.rawValue
        guard !servers.isEmpty else {
            return SetupProblem(field, "is empty", suggestion: SetupField.backendServers.defaultText)
        }
        guard let wrong = servers.first(where: { HostPort(server: $0) == nil }) else { return nil }
        let fixed = servers.map { $0.contains(":") ? $0 : $0 + ":9092" }
        return SetupProblem(
            field, "must be host:port, with a port from 1 to 65535",
            suggestion: fixed.allSatisfy { HostPort(server: $0) != nil }
                ? fixed.joined(separator: ", ") : nil, value: wrong)
    }

    private func labelProblem(_ around: SetupSurroundings) -> SetupProblem? {
        let text = self.text(.virtualClusterLabel)
        let field = SetupField.virtualClusterLabel.rawValue
        guard StringRule.dnsLabel.faults(text).isEmpty else {
            let message =
                text.isEmpty
                ? "is empty" : "may hold a-z, 0-9 and \"-\" only, up to 63, with a letter or digit at both ends"
            return SetupProblem(field, message, suggestion: Self.label(from: text), value: text.isEmpty ? nil : text)
        }
        let taken = around.gateway?.virtualClusters.map(\.virtualCluster.dnsLabel) ?? []
        guard taken.contains(text) else { return nil }
        let free = (2...99).lazy.map { "\(text)-\($0)" }.first {
            !taken.contains($0) && StringRule.dnsLabel.faults($0).isEmpty
        }
        return SetupProblem(field, "is another cluster's label already", suggestion: free, value: text)
    }

    /// The nearest good DNS label.
    static func label(from text: String) -> String {
        var label = ""
        for character in text.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                label.append(character)
            } else if !label.isEmpty, label.last != "-" {
                label.append("-")
            }
        }
        label = String(label.prefix(63))
        while label.last == "-" { label.removeLast() }
        return label.isEmpty ? SetupField.virtualClusterLabel.defaultText : label
    }

    private func authenticationProblem(_ around: SetupSurroundings) -> SetupProblem? {
        let field = SetupField.virtualClusterSignIn.rawValue
        guard self.allowsAnonymous || self.allowsTokens else {
            return SetupProblem(field, "holds nothing: no client could sign in")
        }
        let backendAllows = around.backend?.insecureAllowAnonymousVirtualClusterAuth ?? self.flag(.backendAnonymous)
        if self.allowsAnonymous, !backendAllows {
            return SetupProblem(
                field, "holds anonymous, and the backend cluster does not allow that: see step 3, Anonymous")
        }
        return nil
    }

    private func addressesProblem() -> SetupProblem? {
        let addresses = self.list(.listenerAddresses)
        let field = SetupField.listenerAddresses.rawValue
        guard !addresses.isEmpty else { return SetupProblem(field, "is empty", suggestion: "127.0.0.1") }
        if let wrong = addresses.first(where: { ListenerAddress(text: $0) == nil }) {
            return SetupProblem(field, "must be IPv4 or IPv6 addresses or host names", value: wrong)
        }
        if Set(addresses).count < addresses.count {
            let unique = addresses.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return SetupProblem(field, "names an address twice", suggestion: unique.joined(separator: ", "))
        }
        if addresses.count > 1,
            let wildcard = addresses.first(where: { ListenerAddress(text: $0)?.isWildcard ?? false })
        {
            return SetupProblem(
                field, "takes every address: no other goes beside it", suggestion: wildcard, value: wildcard)
        }
        return nil
    }

    /// The ports in the order written; nil when one cannot be read.
    package var ports: [PortSpecification]? {
        let texts = self.list(.listenerPorts)
        let ports = texts.compactMap(PortSpecification.init(text:))
        return ports.count == texts.count ? ports : nil
    }

    private func portsProblem() -> SetupProblem? {
        let texts = self.list(.listenerPorts)
        let field = SetupField.listenerPorts.rawValue
        guard !texts.isEmpty else {
            return SetupProblem(field, "is empty", suggestion: SetupField.listenerPorts.defaultText)
        }
        guard let ports = self.ports else {
            let wrong = texts.first { PortSpecification(text: $0) == nil }
            let joined = self.text(.listenerPorts).filter { !$0.isWhitespace }
            return SetupProblem(
                field, "must be ports or ranges from 1 to 65535, such as 19092-19095",
                suggestion: PortSpecification(text: joined) == nil ? nil : joined, value: wrong)
        }
        for (index, port) in ports.enumerated() {
            if let other = ports[..<index].first(where: { $0.range.overlaps(port.range) }) {
                return SetupProblem(field, "overlaps with \(PortSpecification.text(other.range))", value: port.text)
            }
        }
        return nil
    }

    private func hostProblem() -> SetupProblem? {
        let text = self.text(.forwardHost)
        let field = SetupField.forwardHost.rawValue
        guard !text.isEmpty else { return SetupProblem(field, "is empty", suggestion: "localhost") }
        guard StringRule.advertisedHost.faults(text).isEmpty else {
            let fixed = text.lowercased().split(separator: ".").map { Self.label(from: String($0)) }
            return SetupProblem(
                field, "must be a host name in lower case or an IP address", suggestion: fixed.joined(separator: "."),
                value: text)
        }
        return nil
    }

    private func ruleProblems() -> [SetupProblem] {
        let name = SetupField.aclRules.rawValue
        guard !self.rules.isEmpty else { return [SetupProblem(name, "is empty: the policy would hold no rule")] }
        return self.rules.enumerated().flatMap { index, rule -> [SetupProblem] in
            var problems: [SetupProblem] = []
            if rule.operations.isEmpty {
                problems.append(SetupProblem("\(name)[\(index)].operations", "holds nothing"))
            }
            switch rule.names {
            case .all: break
            case .these:
                if rule.globs.isEmpty {
                    problems.append(
                        SetupProblem("\(name)[\(index)].these", "is empty; name topics or patterns: orders.*"))
                } else if rule.globs.count > 50 {
                    problems.append(SetupProblem("\(name)[\(index)].these", "holds more than 50 patterns"))
                }
            case .claim:
                if rule.claim.isEmpty {
                    problems.append(SetupProblem("\(name)[\(index)].claim", "is empty; name a claim of the tokens"))
                }
            }
            return problems
        }
    }
}
