/// What rows of a place can be asked for.
protocol FilterSubject {
    /// Values of a field (`principal`, `topic`, `op`, …); nil when it has no such field.
    func filterValues(_ field: String) -> [String]?
    /// What a bare word is looked for in.
    var filterText: String { get }
}

/// A filter: bare words, for now.
package struct Filter: Equatable, Sendable {
    private var word: String

    package init(parsing text: String) throws(FilterError) {
        self.word = text.lowercased()
    }

    func matches(_ subject: some FilterSubject) -> Bool { subject.filterText.lowercased().contains(self.word) }
}

/// Where a filter stops making sense.
package struct FilterError: Error, Equatable, Sendable {
    /// In characters from the start.
    package var position: Int
    package var message: String

    package init(position: Int, message: String) {
        self.position = position
        self.message = message
    }
}
