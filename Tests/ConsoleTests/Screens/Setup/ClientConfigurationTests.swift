import ResourceFixtures
import Resources
import Testing

@testable import Console

/// Configurations for stock clients, letter by letter.
struct ClientConfigurationTests {
    private static let signIn = ClientConfiguration.SignIn(
        tokenEndpoint: "http://localhost:9190/x/auth/oauth/token", clientID: "client7", clientSecret: "s3cret",
        scope: "kafka")

    private static func configuration(
        _ client: ClientConfiguration.Client, signIn: ClientConfiguration.SignIn? = Self.signIn
    ) -> ClientConfiguration {
        ClientConfiguration(client, bootstrap: "localhost:19092", signIn: signIn, topic: "hello")
    }

    @Test func `kcat takes librdkafka's names`() {
        #expect(
            Self.configuration(.kcat).text(showsSecret: true) == """
                # reads, as the group hello-readers:
                #   kcat -F kcat.conf -G hello-readers hello
                # sends, from another terminal:
                #   echo hello | kcat -F kcat.conf -P -t hello
                bootstrap.servers=localhost:19092
                security.protocol=SASL_PLAINTEXT
                sasl.mechanisms=OAUTHBEARER
                sasl.oauthbearer.method=oidc
                sasl.oauthbearer.token.endpoint.url=http://localhost:9190/x/auth/oauth/token
                sasl.oauthbearer.client.id=client7
                sasl.oauthbearer.client.secret=s3cret
                sasl.oauthbearer.scope=kafka

                """)
    }

    @Test func `Java has its login module and callback handler`() {
        #expect(
            Self.configuration(.java).text(showsSecret: true) == """
                # first, in each terminal: Kafka 4 fetches tokens from nowhere else:
                #   export KAFKA_OPTS=-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=http://localhost:9190/x/auth/oauth/token
                # reads, as the group hello-readers:
                #   kafka-console-consumer.sh --bootstrap-server localhost:19092 --topic hello --consumer.config client.properties
                # sends, from another terminal:
                #   echo hello | kafka-console-producer.sh --bootstrap-server localhost:19092 --topic hello --producer.config client.properties
                bootstrap.servers=localhost:19092
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=OAUTHBEARER
                sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
                sasl.oauthbearer.token.endpoint.url=http://localhost:9190/x/auth/oauth/token
                sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="client7" clientSecret="s3cret" scope="kafka";
                group.id=hello-readers
                auto.offset.reset=earliest

                """)
    }

    @Test func `a property file's own escapes are escaped`() {
        var signIn = Self.signIn
        signIn.clientSecret = #"a"b\c"#
        let line = Self.configuration(.java, signIn: signIn).text(showsSecret: true).split(separator: "\n").first {
            $0.hasPrefix("sasl.jaas.config=")
        }
        // Read as a property the value is clientSecret="a\"b\\c", and read by JAAS a"b\c.
        #expect(line?.contains(#"clientSecret="a\\"b\\\\c""#) == true)
    }

    @Test func `Python's literals are literals`() {
        var signIn = Self.signIn
        signIn.clientSecret = "a\"b\\c\u{1B}"
        let text = Self.configuration(.python, signIn: signIn).text(showsSecret: true)
        #expect(text.contains(#""sasl.oauthbearer.client.secret": "a\"b\\c\x1b","#))
    }

    @Test(arguments: ClientConfiguration.Client.allCases)
    func `the secret shows only where it is asked for`(client: ClientConfiguration.Client) {
        let configuration = Self.configuration(client)
        #expect(configuration.text(showsSecret: true).contains("s3cret"))
        #expect(!configuration.text(showsSecret: false).contains("s3cret"))
        #expect(configuration.text(showsSecret: false).contains("********"))
        #expect(!configuration.page(showsSecret: false).joined().contains("s3cret"))
        for (command, _) in configuration.commands(file: client.fileName) { #expect(!command.contains("s3cret")) }
    }

    @Test(arguments: ClientConfiguration.Client.allCases)
    func `what is not known is a word in capitals, and told`(client: ClientConfiguration.Client) {
        let unknown = ClientConfiguration(
            client, bootstrap: ClientConfiguration.unknownBootstrap,
            signIn: .init(
                tokenEndpoint: ClientConfiguration.unknownEndpoint, clientID: ClientConfiguration.unknownClient,
                clientSecret: nil, scope: ""), topic: "hello")
        let text = unknown.text(showsSecret: true)
        for word in ["CLIENT_SECRET", "CLIENT_ID", "TOKEN_ENDPOINT", "HOST:PORT"] {
            #expect(text.contains(word))
            #expect(unknown.notes.contains { $0.contains(word) })
        }
        #expect(!text.contains("scope"))
    }

    @Test(arguments: ClientConfiguration.Client.allCases)
    func `without sign-in there is only an address`(client: ClientConfiguration.Client) {
        let text = Self.configuration(client, signIn: nil).text(showsSecret: true)
        #expect(text.contains("localhost:19092"))
        #expect(!text.lowercased().contains("sasl"))
    }

    @Test func `the shell takes any topic as one word`() {
        let configuration = ClientConfiguration(
            .kcat, bootstrap: "localhost:1", signIn: nil, topic: "a b$(reboot)'")
        let command = configuration.commands(file: "my conf").first?.command
        #expect(command == #"kcat -F 'my conf' -G 'a b$(reboot)'\''-readers' 'a b$(reboot)'\'''"#)
    }

    // MARK: From the walkthrough

    private static func outcome(secret: String?, issuer: String? = "http://i/auth/") -> SetupPlan.Outcome {
        SetupPlan.Outcome(
            created: [], issuer: issuer, clientID: issuer == nil ? nil : "client7", clientSecret: secret,
            scope: issuer == nil ? "" : "kafka", gateway: "g", virtualCluster: "v")
    }

    @Test func `the new client, listener and topic are in it`() {
        var answers = SetupAnswers()
        answers[.listenerPorts] = "20001-20004"
        answers[.forwardHost] = "kafka.example"
        answers[.proofTopic] = "orders"
        let configuration = ClientConfiguration(
            .kcat, answers, Self.outcome(secret: "s"), in: ConfigurationTree())
        #expect(configuration.bootstrap == "kafka.example:20001")
        #expect(
            configuration.signIn
                == .init(
                    tokenEndpoint: "http://i/auth/oauth/token", clientID: "client7", clientSecret: "s", scope: "kafka"))
        #expect(configuration.group == "orders-readers")
        answers[.forwardHost] = "2001:db8::7"
        let byAddress = ClientConfiguration(.kcat, answers, Self.outcome(secret: "s"), in: ConfigurationTree())
        #expect(byAddress.bootstrap == "[2001:db8::7]:20001")
    }

    @Test func `localhost is asked by IPv4 where only that is bound`() {
        func text(_ addresses: String, _ host: String = "localhost", _ client: ClientConfiguration.Client = .kcat)
            -> String
        {
            var answers = SetupAnswers()
            answers[.listenerAddresses] = addresses
            answers[.forwardHost] = host
            return ClientConfiguration(client, answers, Self.outcome(secret: "s"), in: ConfigurationTree())
                .text(showsSecret: true)
        }
        #expect(text("127.0.0.1").contains("broker.address.family=v4\n"))
        #expect(text("0.0.0.0", "localhost", .python).contains(#""broker.address.family": "v4","#))
        #expect(!text("127.0.0.1, ::1").contains("family"))
        #expect(!text("localhost").contains("family"))
        #expect(!text("0.0.0.0", "kafka.example").contains("family"))
        #expect(!text("127.0.0.1", "localhost", .java).contains("family"), "Java tries one after the other itself")
    }

    @Test func `another issuer's client is left open, and anonymous clients have no sign-in`() {
        var answers = SetupAnswers()
        answers[.signIn] = "url"
        answers[.clientPrincipal] = "svc-orders"
        let configuration = ClientConfiguration(
            .java, answers, Self.outcome(secret: nil, issuer: nil), in: ConfigurationTree(), typedSecret: "a token")
        #expect(configuration.signIn?.tokenEndpoint == "TOKEN_ENDPOINT")
        #expect(configuration.signIn?.clientID == "CLIENT_ID")
        #expect(configuration.signIn?.clientSecret == nil, "what is pasted for another issuer is a token, no secret")
        answers[.virtualClusterSignIn] = "anonymous"
        let anonymous = ClientConfiguration(
            .java, answers, Self.outcome(secret: nil), in: ConfigurationTree())
        #expect(anonymous.signIn == nil)
    }

    @Test func `a listener that exists has its own host and port`() {
        var answers = SetupAnswers()
        answers[.gateway] = "existing"
        answers[.gatewayExisting] = "event-gateway-quickstart"
        answers[.listener] = "existing"
        answers[.listenerExisting] = "example_listener"
        answers[.forward] = "none"
        let configuration = ClientConfiguration(
            .kcat, answers, Self.outcome(secret: nil), in: TreeFixture.scenario)
        #expect(configuration.bootstrap == "localhost:19092")
    }
}
