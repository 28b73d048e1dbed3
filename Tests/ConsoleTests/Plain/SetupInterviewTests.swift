import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct SetupInterviewTests {
    /// Hands lines in until they are used up.
    private func carryOn(_ interview: inout SetupInterview, _ lines: String...) -> [String] {
        lines.flatMap { interview.answer($0) }
    }

    /// Enter, until a question starts like this.
    private func enter(to label: String, _ interview: inout SetupInterview) {
        for _ in 0..<60 {
            guard let prompt = interview.prompt, prompt.split(separator: "\n").last?.hasPrefix(label) != true else {
                return
            }
            _ = interview.answer("")
        }
    }

    @Test func `Enter alone gives what Enter alone gives in the form`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        var prompts: [String] = []
        while let prompt = interview.prompt, prompts.count < 100 {
            prompts.append(prompt)
            #expect(interview.answer("") == [])
        }
        #expect(interview.answers == SetupAnswers())
        #expect(
            prompts.first?.split(separator: "\n").first == "Step 1 of 8, Sign-in server: who vouches for clients")
        #expect(prompts.first?.contains("Clients prove who they are with a token.") == true, "what the step is for")
        #expect(
            prompts.first?.hasSuffix(
                "\nTokens from (1 a new auth server, 2 another issuer) [a new auth server]: ") == true)
        #expect(prompts.count { $0.hasPrefix("\nStep ") } == 8)
        #expect(
            prompts.contains(
                "Rules that allow (1 produce and consume, 2 consume, 3 produce, 4 topics without groups, 5 everything) "
                    + "[produce and consume]: "))
        #expect(prompts.contains("Anonymous, let clients in without sign-in (yes, no) [yes]: "))
        // What people read, not what an answers file is written in.
        for field in SetupField.allCases {
            #expect(!prompts.contains { $0.contains(field.rawValue) }, "\(field.rawValue)")
        }
        #expect(prompts.allSatisfy { $0.hasSuffix(": ") })
    }

    @Test func `back asks the question before again, with its answer`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        #expect(interview.answer("<") == ["This is the first question."])
        _ = self.carryOn(&interview, "", "My server", "<")
        #expect(interview.prompt == "Name [My server]: ")
        _ = self.carryOn(&interview, "<", "url")
        #expect(interview.prompt == "JWKS URL: ")
    }

    @Test func `a wrong answer is asked for again with what would do`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        self.enter(to: "DNS label", &interview)
        let told = interview.answer("vcluster 1")
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("! DNS label ") == true)
        #expect(told.first?.hasSuffix("vcluster-1 would do") == true)
        #expect(interview.prompt == "DNS label [apps]: ")
        #expect(interview.answers == SetupAnswers())
        self.enter(to: "ACL mode", &interview)
        #expect(interview.answer("maybe") == ["! ACL mode 'maybe' is none of: 1 enforce on gateway, 2 off"])
        #expect(interview.answer("pass") == [])
        #expect(interview.answers.text(.aclMode) == "passthrough")
    }

    @Test(arguments: ["2", "off", "OFF", "of", "passthrough", "p"])
    func `a choice is given by its number or a beginning of its name`(line: String) {
        var interview = SetupInterview(configuration: ConfigurationTree())
        self.enter(to: "ACL mode", &interview)
        #expect(interview.answer(line) == [])
        #expect(interview.answers.text(.aclMode) == "passthrough")
    }

    @Test func `several choices go by numbers or names`() {
        for line in ["1, 2", "1 2", "anonymous, OAuth bearer", "anon oauth_bearer"] {
            var interview = SetupInterview(configuration: ConfigurationTree())
            self.enter(to: "Sign-in", &interview)
            #expect(interview.answer(line) == [], "\(line)")
            #expect(interview.answers.list(.virtualClusterSignIn) == ["anonymous", "oauth_bearer"], "\(line)")
        }
        var interview = SetupInterview(configuration: ConfigurationTree())
        self.enter(to: "Sign-in", &interview)
        #expect(interview.answer("3").first?.contains("'3' is none of: 1 anonymous, 2 OAuth bearer") == true)
    }

    @Test func `a question that comes again does not introduce its step again`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        #expect(interview.prompt?.contains("Step 1 of 8") == true)
        _ = interview.answer("?")
        #expect(interview.prompt?.hasPrefix("Tokens from (") == true)
        _ = interview.answer("7")
        #expect(interview.prompt?.hasPrefix("Tokens from (") == true)
        _ = self.carryOn(&interview, "", "<")
        #expect(interview.prompt?.contains("Step 1 of 8") == true, "who goes back is told where that is")
    }

    @Test func `what the form checks is checked here, and other ports are at hand`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        var checked: [[ReachabilityTarget]] = []
        var others: [String] = []
        while interview.prompt != nil {
            _ = interview.answer("")
            if let check = interview.check {
                checked.append(check.targets)
                others += check.others.map(\.text)
            }
        }
        #expect(
            checked == [
                [.backend(bootstrapServers: ["localhost:9094", "localhost:9095", "localhost:9096"])],
                (19_092...19_095).map { .port(address: "127.0.0.1", port: $0) },
            ])
        #expect(others.prefix(2) == ["19192-19195", "19292-19295"])
    }

    @Test func `brokers that start at another id move the first port`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        interview.found(brokers: [113, 111, 112])
        self.enter(to: "Lowest broker", &interview)
        #expect(interview.prompt == "Lowest broker [111]: ")
        interview.found(brokers: [5])
        #expect(interview.answers.text(.forwardMinimum) == "111", "an answer that is there stays")
    }

    @Test func `a question mark explains, a dash empties, the label follows the name`() {
        var interview = SetupInterview(configuration: ConfigurationTree())
        #expect(interview.answer("?").joined(separator: " ").contains("Where clients get their tokens"))
        self.enter(to: "Claim", &interview)
        _ = self.carryOn(&interview, "department", "sales", "<", "<", "-")
        #expect(interview.answers.text(.claimName).isEmpty)
        #expect(interview.prompt?.hasPrefix("Client name") == true)
        self.enter(to: "Name [apps]", &interview)
        _ = interview.answer("Team A")
        #expect(interview.answers.text(.virtualClusterLabel) == "team-a")
    }

    @Test func `what exists can be chosen by its name`() {
        var interview = SetupInterview(configuration: TreeFixture.scenario)
        _ = interview.answer("existing")
        #expect(interview.prompt == "Name (Appointments Dev) [Appointments Dev]: ")
        #expect(interview.answer("Nobody").first?.hasPrefix("! Name ") == true)
        #expect(interview.answer("") == [])
        #expect(interview.prompt?.contains("Client (1 new, 2 existing, 3 none) [new]: ") == true)
    }

    @Test(arguments: ["\u{1B}[2J", "\0", String(repeating: "x", count: 5000), "<<", ",", " , "])
    func `hostile lines change nothing for the worse`(line: String) {
        var interview = SetupInterview(configuration: TreeFixture.scenario)
        for _ in 0..<100 where interview.prompt != nil {
            for told in interview.answer(line) { #expect(!told.unicodeScalars.contains { $0.value < 0x20 }) }
            if interview.prompt?.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) == true {
                Issue.record("a control character is shown")
            }
            _ = interview.answer("")
        }
    }
}
