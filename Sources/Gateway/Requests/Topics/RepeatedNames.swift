import Resources

/// Names that a request gives more than once: a broker answers them with one row each, before any authorization.
struct RepeatedNames {
    static let explanation = "Duplicate topic name."

    /// The names in the order of their second appearance.
    private(set) var names: [String] = []
    private var found: Set<WireName> = []

    init(_ all: [String]) {
        var seen: Set<WireName> = []
        for name in all where !seen.insert(WireName(name)).inserted && self.found.insert(WireName(name)).inserted {
            self.names.append(name)
        }
    }

    func contains(_ name: String) -> Bool {
        self.found.contains(WireName(name))
    }
}
