import Testing

/// Every block of shell commands in the articles and the README is run by a test, or says here why not.
struct ShellBlockTests {
    private enum Run: Equatable {
        /// The file of the test, which reads the block from the article.
        case by(String)
        case not(because: String)
    }

    /// By article and first command.
    private static let blocks: [String: Run] = [
        "README.md: .ci/start": .not(because: "It builds for ten minutes, and needs a terminal."),
        "Architecture.md: SLUICE_TARGETS=Policies swift test --filter PoliciesTests":
            .not(because: "A test cannot build the package that it is part of."),
        "ManagementAPI.md: curl -s http://localhost:9190/openapi.json | jq '.components.schemas.ListenerCreate'":
            .by("Tests/IntegrationTests/OpenAPI/OpenAPITests.swift"),
        "Tutorial.md: API=http://localhost:9190": .by("Tests/IntegrationTests/Commands/TutorialTests.swift"),
        "Tutorial.md: python3 -m kafka.admin -b localhost:9094 topics create -t my-test-topic":
            .by("Tests/IntegrationTests/Commands/TutorialTests.swift"),
        "Tutorial.md: export TOKEN_FOR_KAFKA=$(SLUICE_CLIENT_SECRET=$CLIENT_SECRET sluice token fetch --issuer "
            + "$ISSUER --client-id $CLIENT_ID --scope my-scope)":
            .by("Tests/IntegrationTests/Commands/TutorialTests.swift"),
    ]

    @Test func `every block is run by a test or says why not`() throws {
        let found = try Articles.shellBlocks().map { "\($0.article): \($0.firstCommand)" }
        #expect(Set(found) == Set(Self.blocks.keys))
        #expect(found.count == Self.blocks.count)
    }

    @Test func `a test that runs blocks reads them from the article`() throws {
        for (block, run) in Self.blocks {
            guard case .by(let test) = run else { continue }
            let article = try #require(block.split(separator: ":").first)
            #expect(try Articles.text(test).contains("Documentation.docc/\(article)"), "\(block)")
        }
    }
}
