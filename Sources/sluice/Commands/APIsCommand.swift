import ArgumentParser
import Gateway

struct APIsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apis",
        abstract:
            "List the Kafka APIs: the versions offered to clients, and what the gateway inspects, authorizes and rewrites.",
        discussion: "The command needs no instance: it prints the table that the gateway itself uses.")

    @Flag(help: "Print one JSON list.") var json = false
    @Flag(help: "List only the APIs that may be offered to clients.") var offered = false

    func run() throws {
        let entries = APICatalogue.entries.filter { $0.offered || !self.offered }
        if self.json { return try Output.json(entries) }
        Output.table(
            [["KEY", "NAME", "VERSIONS", "OFFERED", "REQUEST", "RESPONSE", "REWRITES", "AUTHORIZES"]]
                + entries.map {
                    [
                        "\($0.key)", $0.name, $0.versions, $0.offered ? "yes" : "no", $0.request, $0.response,
                        $0.rewrites, $0.authorizes,
                    ]
                })
    }
}
