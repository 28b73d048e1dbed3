import Patterns
import Resources
import Synchronization

/// The question which of a backend's topics match a client's pattern. The match takes too long for an event loop.
struct PatternQuestion: Equatable, Sendable {
    /// The most instructions of one question, for all names together: some tenths of a second.
    static let maximumSteps = 20_000_000

    var pattern: NamePattern
    var topics: TopicList

    func matches() -> PatternMatches {
        self.pattern.matching(self.topics.names, steps: Self.maximumSteps).map(PatternMatches.names) ?? .tooCostly
    }
}

enum PatternMatches: Equatable, Sendable {
    /// The matching names in the order of the list.
    case names([String])
    /// The match would take longer than one client's question may.
    case tooCostly
}

/// Answers ``PatternQuestion``s about one backend, one after the other: many clients together use no more than one
/// thread. Members of a group have the same pattern, so that most questions are answered from memory.
actor PatternMatcher {
    /// The most results in memory. They are forgotten when the list of topics changes.
    static let capacity = 64

    private var version: UInt64 = 0
    private var results: [WireName: PatternMatches] = [:]
    /// The number of questions that were not answered from memory.
    private(set) var matchings = 0
    /// The most questions that may wait. More are refused, because they would wait too long.
    static let maximumWaiting = 64
    private nonisolated let waiting = Atomic<Int>(0)

    nonisolated func matches(_ question: PatternQuestion) async -> PatternMatches {
        defer { self.waiting.subtract(1, ordering: .relaxed) }
        guard self.waiting.add(1, ordering: .relaxed).newValue <= Self.maximumWaiting else { return .tooCostly }
        return await self.answer(question)
    }

    private func answer(_ question: PatternQuestion) -> PatternMatches {
        let key = WireName(question.pattern.source)
        let isShared = question.topics.version > 0
        if isShared, question.topics.version != self.version {
            self.version = question.topics.version
            self.results = [:]
        }
        if isShared, let known = self.results[key] { return known }
        self.matchings += 1
        let result = question.matches()
        if isShared {
            if self.results.count >= Self.capacity { self.results = [:] }
            self.results[key] = result
        }
        return result
    }
}
