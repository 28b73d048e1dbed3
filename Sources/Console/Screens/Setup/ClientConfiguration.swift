package import Resources

/// What a stock Kafka client needs to go through the gateway, in the client's own notation.
///
/// Pure text: the console shows it with the secret hidden, and copies or writes it with the secret.
package struct ClientConfiguration: Equatable, Sendable {
    package enum Client: String, CaseIterable, Sendable {
        case python, kcat, java, librdkafka

        package var title: String {
            switch self {
            case .python: "Python"
            case .kcat: "kcat"
            case .java: "Java"
            case .librdkafka: "librdkafka"
            }
        }

        /// The letter that chooses it.
        var key: Character { Character(self.title.prefix(1).lowercased()) }

        /// Where it is written unless another path is given.
        package var fileName: String {
            switch self {
            case .python: "client.py"
            case .kcat: "kcat.conf"
            case .java: "client.properties"
            case .librdkafka: "librdkafka.conf"
            }
        }
    }

    /// How the client gets its tokens; what is not known here is a word in capitals.
    package struct SignIn: Equatable, Sendable {
        package var tokenEndpoint: String
        package var clientID: String
        /// Nil: not known here, or not any more.
        package var clientSecret: String?
        /// Empty: none is asked for.
        package var scope: String

        package init(tokenEndpoint: String, clientID: String, clientSecret: String?, scope: String) {
            self.tokenEndpoint = tokenEndpoint
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.scope = scope
        }
    }

    package static let unknownEndpoint = "TOKEN_ENDPOINT"
    package static let unknownClient = "CLIENT_ID"
    package static let unknownSecret = "CLIENT_SECRET"
    package static let unknownBootstrap = "HOST:PORT"
    /// What stands for the secret where others may look.
    static let hidden = "********"

    package var client: Client
    /// `host:port` of the listener.
    package var bootstrap: String
    /// Nil: the virtual cluster takes no tokens, and clients connect without sign-in.
    package var signIn: SignIn?
    package var topic: String
    /// The host has an IPv6 address too, and nothing listens there: librdkafka would try it, and complain.
    package var isIPv4Only = false

    package init(_ client: Client, bootstrap: String, signIn: SignIn?, topic: String) {
        self.client = client
        self.bootstrap = bootstrap
        self.signIn = signIn
        self.topic = topic
    }

    /// The consumer group of the examples.
    package var group: String { self.topic + "-readers" }

    package var holdsSecret: Bool { self.signIn?.clientSecret != nil }

    /// A word stands in its place.
    var lacksSecret: Bool { self.signIn != nil && !self.holdsSecret }

    // MARK: Text

    /// The file's content: how it is used, in comments, and then what the client reads.
    ///
    /// - Parameter file: where it will be, when not at the usual name.
    package func text(showsSecret: Bool, file: String? = nil) -> String {
        let lines =
            switch self.client {
            case .python: self.python(showsSecret)
            case .kcat: self.librdkafka(showsSecret)
            case .java: self.java(showsSecret)
            case .librdkafka:
                self.librdkafka(showsSecret) + ["group.id=\(self.group)", "auto.offset.reset=earliest"]
            }
        let usage = self.commands(file: file ?? self.client.fileName).flatMap {
            ["# \($0.effect):", "#   \($0.command)"]
        }
        return (usage + lines).map { $0 + "\n" }.joined()
    }

    private func secret(_ showsSecret: Bool) -> String {
        guard let secret = self.signIn?.clientSecret else { return Self.unknownSecret }
        return showsSecret ? secret : Self.hidden
    }

    /// Names and values as librdkafka and all that is made with it takes them.
    private func settings(_ showsSecret: Bool) -> [(name: String, value: String)] {
        var settings = [("bootstrap.servers", self.bootstrap)]
        if self.isIPv4Only { settings.append(("broker.address.family", "v4")) }
        guard let signIn = self.signIn else { return settings }
        settings += [
            ("security.protocol", "SASL_PLAINTEXT"), ("sasl.mechanisms", "OAUTHBEARER"),
            ("sasl.oauthbearer.method", "oidc"),
            ("sasl.oauthbearer.token.endpoint.url", signIn.tokenEndpoint),
            ("sasl.oauthbearer.client.id", signIn.clientID),
            ("sasl.oauthbearer.client.secret", self.secret(showsSecret)),
        ]
        if !signIn.scope.isEmpty { settings.append(("sasl.oauthbearer.scope", signIn.scope)) }
        return settings
    }

    private func librdkafka(_ showsSecret: Bool) -> [String] {
        self.settings(showsSecret).map { "\($0.name)=\($0.value)" }
    }

    private func python(_ showsSecret: Bool) -> [String] {
        let topic = Self.pythonLiteral(self.topic)
        return [
            "# needs: pip install confluent-kafka", "import sys", "", "from confluent_kafka import Consumer, Producer",
            "",
            "settings = {",
        ]
            + self.settings(showsSecret).map { "    \(Self.pythonLiteral($0.name)): \(Self.pythonLiteral($0.value))," }
            + [
                "}", "",
                "if len(sys.argv) > 1:",
                "    problems = [\"no broker took it within 30 seconds\"]",
                "    producer = Producer(dict(settings, **{\"message.timeout.ms\": 30000}))",
                "    producer.produce(\(topic), \" \".join(sys.argv[1:]).encode(),",
                "                     callback=lambda error, message: problems.__setitem__(0, error))",
                "    producer.flush(35)",
                "    if problems[0]:",
                "        sys.exit(f\"not sent: {problems[0]}\")",
                "    print(\"sent\")",
                "else:",
                "    consumer = Consumer(dict(settings, **{\"group.id\": \(Self.pythonLiteral(self.group)),",
                "                                          \"auto.offset.reset\": \"earliest\"}))",
                "    consumer.subscribe([\(topic)])",
                "    while True:",
                "        message = consumer.poll(1)",
                "        if message is not None:",
                "            print(message.error() or message.value().decode(errors=\"replace\"), flush=True)",
            ]
    }

    private func java(_ showsSecret: Bool) -> [String] {
        var lines = ["bootstrap.servers=\(Self.propertyValue(self.bootstrap))"]
        if let signIn = self.signIn {
            func option(_ text: String) -> String {
                "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
            }
            var login = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
            login += " clientId=\(option(signIn.clientID)) clientSecret=\(option(self.secret(showsSecret)))"
            if !signIn.scope.isEmpty { login += " scope=\(option(signIn.scope))" }
            lines += [
                "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=OAUTHBEARER",
                // Here since Kafka 3.4; 3.1 to 3.3 have it in the package `secured` below this one.
                "sasl.login.callback.handler.class="
                    + "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.token.endpoint.url=\(Self.propertyValue(signIn.tokenEndpoint))",
                "sasl.jaas.config=\(Self.propertyValue(login + ";"))",
            ]
        }
        return lines + ["group.id=\(Self.propertyValue(self.group))", "auto.offset.reset=earliest"]
    }

    /// A value of a Java properties file, which knows escapes.
    private static func propertyValue(_ text: String) -> String { text.replacing("\\", with: "\\\\") }

    private static func pythonLiteral(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": literal += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                literal += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    // MARK: Running it

    /// Command lines for another terminal: first what the shell needs to know, then reading, then writing.
    ///
    /// - Parameter file: where the configuration was written.
    package func commands(file: String) -> [(command: String, effect: String)] {
        let (file, topic) = (ShellText.quoted(file), ShellText.quoted(self.topic))
        let group = ShellText.quoted(self.group)
        switch self.client {
        case .python:
            return [
                ("python3 \(file)", "reads, as the group \(self.group)"),
                ("python3 \(file) hello", "sends, from another terminal"),
            ]
        case .kcat:
            return [
                ("kcat -F \(file) -G \(group) \(topic)", "reads, as the group \(self.group)"),
                ("echo hello | kcat -F \(file) -P -t \(topic)", "sends, from another terminal"),
            ]
        case .java:
            let server = "--bootstrap-server \(ShellText.quoted(self.bootstrap)) --topic \(topic)"
            var commands: [(command: String, effect: String)] = []
            if let endpoint = self.signIn?.tokenEndpoint {
                let property = "org.apache.kafka.sasl.oauthbearer.allowed.urls"
                commands.append(
                    (
                        "export KAFKA_OPTS=-D\(property)=\(ShellText.quoted(endpoint))",
                        "first, in each terminal: Kafka 4 fetches tokens from nowhere else"
                    ))
            }
            return commands + [
                (
                    "kafka-console-consumer.sh \(server) --consumer.config \(file)",
                    "reads, as the group \(self.group)"
                ),
                (
                    "echo hello | kafka-console-producer.sh \(server) --producer.config \(file)",
                    "sends, from another terminal"
                ),
            ]
        case .librdkafka: return []
        }
    }

    /// What has to be true for it to work.
    package var notes: [String] {
        var notes: [String] = []
        switch (self.client, self.signIn) {
        case (.kcat, .some):
            notes.append(
                "Needs a kcat with OIDC: `kcat -V` lists it. Debian 12's has none: use Python there.")
        case (.java, .some): notes.append("Kafka clients from 3.4 on.")
        case (.librdkafka, .some):
            notes.append(
                "For programs in C, C++, Go, Rust, .NET, Node: hand every line to the configuration. librdkafka 2.0 or later, built with curl, as its packages for those languages are."
            )
        case (.librdkafka, nil):
            notes.append("For programs in C, C++, Go, Rust, .NET, Node: hand every line to the configuration.")
        case (.python, .some): notes.append("The package confluent-kafka 2.0 or later, from PyPI.")
        case (.python, nil), (.kcat, nil), (.java, nil): break
        }
        guard let signIn = self.signIn else { return notes }
        if signIn.clientSecret == nil {
            notes.append("Put the client's secret in place of \(Self.unknownSecret): it is not known here.")
        }
        if signIn.clientID == Self.unknownClient {
            notes.append("Put the client's id at its issuer in place of \(Self.unknownClient).")
        }
        if signIn.tokenEndpoint == Self.unknownEndpoint {
            notes.append("Put the issuer's token endpoint in place of \(Self.unknownEndpoint).")
        }
        if self.bootstrap == Self.unknownBootstrap {
            notes.append("Put the listener's address in place of \(Self.unknownBootstrap).")
        }
        return notes
    }
}

extension ClientConfiguration {
    /// The closing page without a screen: what to write where, and what to run then.
    package func page(showsSecret: Bool) -> [String] {
        var lines = ["\(self.client.title): \(self.client.fileName)"]
        lines += self.notes.flatMap { CellText.wrapped($0, columns: 76) }.map { "  \($0)" }
        lines +=
            [""]
            + self.text(showsSecret: showsSecret).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map { $0.isEmpty ? "" : "    \($0)" }
        return lines
    }
}

extension ClientConfiguration {
    /// The configuration of the client that the walkthrough set up.
    package init(
        _ client: Client, _ answers: SetupAnswers, _ outcome: SetupPlan.Outcome, in configuration: ConfigurationTree,
        typedSecret: String? = nil
    ) {
        let around = SetupSurroundings(answers, configuration)
        self.init(
            client, bootstrap: Self.bootstrap(answers, around),
            signIn: Self.takesTokens(answers, around)
                ? Self.signIn(answers, outcome, around, typedSecret: typedSecret) : nil,
            topic: answers.text(.proofTopic))
        let addresses =
            answers.makesListener ? answers.list(.listenerAddresses) : around.listener?.listener.addresses ?? []
        self.isIPv4Only =
            self.bootstrap.hasPrefix("localhost:") && !addresses.isEmpty
            && addresses.allSatisfy { $0.allSatisfy { $0.isNumber || $0 == "." } }
    }

    private static func bootstrap(_ answers: SetupAnswers, _ around: SetupSurroundings) -> String {
        let forward = around.listener?.policies.first?.portMapping?.advertisedHost
        let host = answers.makesForward ? answers.text(.forwardHost) : forward
        let port =
            answers.makesListener ? answers.ports?.first?.range.lowerBound : around.listener?.listener.allPorts.first
        guard let host, let port else { return self.unknownBootstrap }
        return HostPort(host: host, port: port).description
    }

    private static func takesTokens(_ answers: SetupAnswers, _ around: SetupSurroundings) -> Bool {
        if answers.makesVirtualCluster { return answers.allowsTokens }
        return around.virtualCluster.map { entry in
            entry.virtualCluster.authentication.contains {
                if case .oauthBearer = $0 { true } else { false }
            }
        } ?? true
    }

    private static func signIn(
        _ answers: SetupAnswers, _ outcome: SetupPlan.Outcome, _ around: SetupSurroundings, typedSecret: String?
    ) -> SignIn {
        let principal = answers.isRelevant(.clientPrincipal) ? answers.text(.clientPrincipal) : ""
        // A client of an auth server of this instance has its id as principal; at another issuer the two may differ.
        let known = outcome.clientID ?? (answers.usesURL || principal.isEmpty ? nil : principal)
        return SignIn(
            tokenEndpoint: outcome.issuer.map(Self.tokenEndpoint) ?? self.unknownEndpoint,
            clientID: known ?? self.unknownClient,
            clientSecret: outcome.clientSecret ?? (answers.usesURL ? nil : typedSecret), scope: outcome.scope)
    }

    private static func tokenEndpoint(_ issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/oauth/token"
    }
}
