import Resources

/// The treatment of the topics of each group in an answer. A group that is asked about twice has two rows, in the order
/// of asking.
struct GroupParts<Topic: Equatable>: Equatable {
    struct Part: Equatable {
        /// The rows of denied topics.
        var denied: [Topic] = []
        /// All topics were asked for: those without `DESCRIBE` are left out.
        var showsVisible = false
        /// Whether no topic was forwarded, which a backend may read as a question about all topics: its rows must not
        /// show.
        var dropsTopics = false
    }

    private struct Parts: Equatable {
        var all: [Part] = []
        /// The number of parts that are taken.
        var taken = 0
    }

    private var parts: [WireName: Parts] = [:]

    mutating func append(_ part: Part, group: String) {
        self.parts[WireName(group), default: Parts()].all.append(part)
    }

    /// Takes the part for the group's next row; nil for a row that was not asked for.
    mutating func next(group: String) -> Part? {
        let key = WireName(group)
        guard let parts = self.parts[key], parts.taken < parts.all.count else { return nil }
        self.parts[key]?.taken += 1
        return parts.all[parts.taken]
    }
}
