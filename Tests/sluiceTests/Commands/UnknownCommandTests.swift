import Testing

@testable import sluice

@Suite struct UnknownCommandTests {
    private func failure(_ arguments: String) -> String? {
        UnknownCommand(arguments.split(separator: " ").map(String.init), of: Sluice.self)?.failure.message
    }

    @Test(arguments: [
        "", "--help", "--sandbox", "--sandbox 0.0.0.0", "serve", "serve --help", "help", "help live",
        "token fetch --help",
        "token check -", "theme list extra", "-h", "live now", "theme",
    ])
    func `commands that there are go on to the parser`(arguments: String) {
        #expect(self.failure(arguments) == nil)
    }

    @Test func `a word that is no command is told, with the one that is meant`() {
        #expect(self.failure("frobnicate --help") == "There is no command 'frobnicate'. `sluice --help` lists them.")
        #expect(
            self.failure("decisons --follow")
                == "There is no command 'decisons'. Did you mean `sluice decisions`? `sluice --help` lists them.")
        #expect(self.failure("slef") == "There is no command 'slef'. `sluice --help` lists them.")
        #expect(
            self.failure("Serve")
                == "There is no command 'Serve'. Did you mean `sluice serve`? `sluice --help` lists them.")
        #expect(
            self.failure("token fecth --help")
                == "There is no command 'token fecth'. Did you mean `sluice token fetch`? `sluice token --help` lists them."
        )
    }
}
