import ArgumentParser
import Gateway

struct APIsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apis",
        abstract: "List the Kafka APIs: what clients are offered, who looks, what is authorized and rewritten.",
        discussion: "Needs no instance: it is the table that the gateway itself goes by.")

    @Flag(help: "Print as one JSON list.") var json = false
    @Flag(help: "Only what clients may be offered.") var offered = false

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
