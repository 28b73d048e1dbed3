import GatewayModel

/// What is to be done with the topics of each group in an answer. A group that is asked about twice has two rows, in the
/// order of asking.
struct GroupParts<Topic: Equatable>: Equatable {
    struct Part: Equatable {
        /// Rows of denied topics.
        var denied: [Topic] = []
        /// All topics were asked for: those without `DESCRIBE` are left out.
        var showsVisible = false
        /// No topic went on; what a backend takes that for must not show.
        var dropsTopics = false
    }

    private var parts: [WireName: [Part]] = [:]

    mutating func append(_ part: Part, group: String) {
        self.parts[WireName(group), default: []].append(part)
    }

    /// Takes out what belongs to the group's next row; nil for a row that nobody asked for.
    mutating func next(group: String) -> Part? {
        let key = WireName(group)
        guard let part = self.parts[key]?.first else { return nil }
        self.parts[key]?.removeFirst()
        return part
    }
}
