import EngineInterface
import ResourceFixtures
import Testing

@testable import Console

/// The closing page by keys.
struct SetupConnectingTests {
    /// Applied and proven, with the closing page open.
    private static func setup(_ size: Size = Size(columns: 80, rows: 24), _ glyphs: Glyphs = .ascii) -> SetupFixture {
        var setup = SetupFixture(size.columns, size.rows, glyphs: glyphs)
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        // Prove, and on.
        setup.press("Enter", "Enter")
        setup.console.state.flash = nil
        return setup
    }

    @Test func `the page of each client`() {
        for client in ClientConfiguration.Client.allCases {
            expectGoldens("setup/connect-\(client.rawValue)") { size, glyphs in
                var setup = Self.setup(size, glyphs)
                setup.press(String(client.key))
                return setup.console.state
            }
        }
    }

    @Test func `two keys lead from Apply through the proof to the page`() {
        let setup = Self.setup()
        #expect(setup.console.state.setup.proof.isProven)
        #expect(setup.console.state.setup.step == .connect)
        #expect(setup.console.screen.contains("[Python]"))
        #expect(setup.console.screen.contains("python3 client.py"))
        #expect(setup.console.screen.contains("Press 1 and watch"))
    }

    @Test func `letters and Tab choose the client`() {
        var setup = Self.setup()
        for (key, name) in [
            ("k", "kcat.conf"), ("j", "client.properties"), ("l", "librdkafka.conf"), ("p", "client.py"),
        ] {
            setup.press(key)
            #expect(setup.console.screen.contains(name))
        }
        var seen: [ClientConfiguration.Client] = []
        for _ in 0..<4 {
            setup.press("Tab")
            seen.append(setup.console.state.setup.connecting.client)
        }
        #expect(seen == [.kcat, .java, .librdkafka, .python])
        setup.press("Shift-Tab")
        #expect(setup.console.state.setup.connecting.client == .librdkafka)
        setup.press(":setup client java", "Enter")
        #expect(setup.console.state.setup.connecting.client == .java)
    }

    @Test(arguments: ClientConfiguration.Client.allCases)
    func `c copies and w writes it with the secret, which no screen shows`(client: ClientConfiguration.Client) {
        for (columns, rows) in [(40, 10), (80, 24), (120, 36), (160, 48)] {
            var setup = Self.setup(Size(columns: columns, rows: rows))
            setup.press(String(client.key))
            setup.console.press("c")
            let expected = SetupScreen.configuration(setup.console.state)?.text(showsSecret: true) ?? ""
            #expect(expected.contains(SetupFixture.secret))
            #expect(setup.console.takeEffects().contains(.copy(expected)))
            setup.press("w")
            #expect(setup.files[client.fileName] == expected)
            #expect(setup.console.screen.contains("\(client.fileName) is written"))
            // From the first line to the last, on every page before it, and for whoever comes by later.
            for _ in 0..<60 {
                #expect(!setup.console.screen.contains(SetupFixture.secret))
                setup.press("Down")
            }
            setup.press("y")
            #expect(!setup.console.screen.contains(SetupFixture.secret))
            setup.press("Esc", "Home", "PgUp")
            #expect(setup.console.state.setup.step == .proof)
            #expect(!setup.console.screen.contains(SetupFixture.secret))
            setup.press("1", "9")
            #expect(!setup.console.screen.contains(SetupFixture.secret))
        }
    }

    @Test func `the secret shows right after Apply, and to nobody who comes back`() {
        func applied() -> SetupFixture {
            var setup = SetupFixture()
            setup.press("Enter")
            setup.enterToReview()
            setup.apply()
            return setup
        }
        #expect(applied().console.screen.contains(SetupFixture.secret))
        var elsewhere = applied()
        elsewhere.press("Esc", "1", "9")
        #expect(!elsewhere.console.screen.contains(SetupFixture.secret))
        var next = applied()
        next.press("PgDn", "PgUp")
        #expect(next.console.state.setup.step == .proof)
        #expect(!next.console.screen.contains(SetupFixture.secret))
        var idle = applied()
        idle.console.advance(61)
        #expect(!idle.console.screen.contains(SetupFixture.secret))
        // It is still there to be copied.
        idle.console.press("c")
        #expect(idle.console.takeEffects().contains(.copy(SetupFixture.secret)))
    }

    @Test func `at 40x10 every line of the proof and of the review can be read`() {
        var setup = SetupFixture(40, 10)
        setup.press("Enter")
        setup.enterToReview()
        func seenGoingUp() -> String {
            var seen = ""
            for _ in 0..<24 {
                seen += setup.console.screen
                setup.press("Up")
            }
            return seen
        }
        let review = seenGoingUp()
        for number in 1...9 { #expect(review.contains(" \(number) "), "\(number)") }
        setup.console.state.setup.form.focus("apply")
        setup.apply()
        let applied = seenGoingUp()
        for part in ["client7", SetupFixture.secret, "topic hello", "list topics without"] {
            #expect(applied.contains(part), "\(part)")
        }
    }

    @Test func `a token of another issuer is typed at once, and what was not proven is said`() {
        var setup = SetupFixture()
        setup.files["a.yaml"] = """
            sign_in: {use: url, jwks_url: 'https://auth.example/jwks'}
            client: {principal: svc}
            """
        setup.press(":setup read a.yaml", "Enter")
        setup.press("Enter", "y")
        #expect(setup.console.state.setup.form.focus == "secret")
        setup.press("Enter")
        #expect(setup.console.screen.contains("Not proven. token: paste a token of your issuer"))
        setup.press("abc.def", "Enter")
        #expect(setup.console.state.setup.proof.isProven)
        #expect(setup.asked.contains(.probe(ProbeQuestion(virtualCluster: "v-1", token: "abc.def"))))
    }

    @Test func `a file that was there stays unless the user says otherwise`() {
        var setup = Self.setup()
        setup.files["kcat.conf"] = "mine"
        setup.press("k", "w")
        #expect(setup.console.screen.contains("Replace kcat.conf?"))
        setup.press("n")
        #expect(setup.files["kcat.conf"] == "mine")
        setup.press(":setup client write other.conf", "Enter")
        #expect(setup.files["other.conf"]?.contains(SetupFixture.secret) == true)
        #expect(setup.files["kcat.conf"] == "mine")
        #expect(setup.console.screen.contains("kcat -F other.conf"))
        setup.files["client.py"] = "mine"
        setup.press("p", "w", "y")
        #expect(setup.files["client.py"]?.contains("confluent_kafka") == true)
    }

    @Test func `a file with the only copy of the secret is not replaced by one without it`() throws {
        var setup = Self.setup()
        setup.press("p", "w")
        let written = try #require(setup.files["client.py"])
        #expect(written.contains(SetupFixture.secret))
        setup.console.state.setup.plan?.forgetSecret()
        setup.press("w")
        #expect(setup.files["client.py"] == written)
        #expect(setup.console.screen.contains("client.py is there and stays"))
        // A new name has no secret to lose, and can then be replaced.
        setup.press(":setup client write other.py", "Enter", "w")
        #expect(setup.files["other.py"]?.contains(ClientConfiguration.unknownSecret) == true)
        #expect(setup.files["client.py"] == written)
    }

    @Test func `our own file is replaced unasked until somebody changes it`() throws {
        var setup = Self.setup()
        setup.press("p", "w", "w")
        #expect(!setup.console.screen.contains("Replace client.py?"))
        let edited = try #require(setup.files["client.py"]) + "# mine\n"
        setup.files["client.py"] = edited
        setup.press("w")
        #expect(setup.console.screen.contains("Replace client.py?"))
        #expect(setup.console.screen.contains("was changed since"))
        #expect(setup.files["client.py"] == edited)
        setup.press("y")
        #expect(setup.files["client.py"]?.contains("# mine") == false)
    }

    @Test func `the directory of a relative path is named`() {
        var setup = Self.setup(Size(columns: 160, rows: 48))
        setup.console.state.options.workingDirectory = "/home/user/work"
        setup.press("p")
        #expect(setup.console.screen.contains("in /home/user/work:"))
    }

    @Test func `an answers file that was there stays too, and our own is replaced unasked`() {
        var setup = SetupFixture()
        setup.files["setup.yaml"] = "mine"
        setup.press(":setup write", "Enter")
        #expect(setup.console.screen.contains("Replace setup.yaml?"))
        setup.press("Esc")
        #expect(setup.files["setup.yaml"] == "mine")
        setup.press(":setup write", "Enter", "y")
        #expect(setup.files["setup.yaml"]?.contains("name: main") == true)
        setup.answer(.gatewayName, "edge")
        setup.press("Esc", ":setup write", "Enter")
        #expect(setup.files["setup.yaml"]?.contains("name: edge") == true)
    }

    @Test func `Enter and 1 go to Live`() {
        for key in ["Enter", "1"] {
            var setup = Self.setup()
            setup.press(key)
            #expect(setup.console.state.place == .live)
        }
    }

    @Test func `the page comes after Apply, and says so before`() {
        var setup = SetupFixture()
        setup.press(":setup client kcat", "Enter")
        #expect(setup.console.screen.contains("come after Apply"))
        setup.press(":setup go 10", "Enter")
        #expect(setup.console.screen.contains("come after Apply"))
        #expect(setup.console.state.setup.step == .signIn)
        setup.press("G", "Down")
        #expect(setup.console.state.setup.step == .review)
    }

    @Test func `a client that exists gets the secret that was typed for the proof`() {
        var setup = SetupFixture(tree: TreeFixture.scenario)
        setup.files["a.yaml"] = """
            sign_in: {use: existing, existing: Appointments Dev}
            client: {use: existing, existing: Client}
            """
        setup.press(":setup read a.yaml", "Enter")
        setup.press("Enter", "y")
        #expect(setup.console.state.setup.isApplied)
        setup.press("PgDn")
        #expect(
            SetupScreen.configuration(setup.console.state)?.text(showsSecret: true).contains("CLIENT_SECRET") == true)
        setup.press("PgUp")
        setup.console.state.setup.form.focus("secret")
        setup.press("typed-secret", "PgDn")
        #expect(SetupScreen.configuration(setup.console.state)?.signIn?.clientSecret == "typed-secret")
        #expect(!setup.console.screen.contains("typed-secret"))
    }

    @Test func `the keys of each page after Apply are in the hint row`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        let proof = setup.console.lines.last ?? ""
        #expect(proof.contains("Enter prove it"))
        #expect(proof.contains("c copy the secret"))
        #expect(!proof.contains("YAML"))
        setup.press("Enter")
        #expect(setup.console.lines.last?.contains("Enter connect a client") == true)
        setup.press("Enter")
        let page = setup.console.lines.last ?? ""
        for hint in ["c copy", "w write", "Tab client", "1 watch it"] { #expect(page.contains(hint)) }
    }
}
