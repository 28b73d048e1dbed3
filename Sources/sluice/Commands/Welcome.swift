/// The lines printed once everything serves: the addresses, and what to do next.
struct Welcome {
    var url: String
    var tokenPath: String
    var sandbox: [String]?

    var text: String {
        var lines = [
            "",
            "Sluice is running.",
            "  management API   \(self.url)   (health: \(self.url)/health/probes/readiness)",
            "  admin token      \(self.tokenPath)",
        ]
        if let sandbox = self.sandbox {
            lines.append("  sandbox cluster  \(sandbox.joined(separator: ", "))   (in memory: for learning and tests)")
        }
        lines += [
            "",
            "Next, in another terminal:",
            "  TOKEN=$(cat '\(self.tokenPath)')",
            "  curl -s -H \"Authorization: Bearer $TOKEN\" \(self.url)/v1/event-gateways",
            "  sluice live            # connections and counters, as they happen",
            "  sluice setup           # the walkthrough: gateway, sign-in, a client and its configuration",
            "Ctrl-C stops.",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    func show() {
        Output.error(self.text)
    }
}
