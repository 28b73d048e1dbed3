import Patterns
import Resources
import Synchronization

/// Which of a backend's topics match a client's pattern. It takes too long for an event loop.
struct PatternQuestion: Equatable, Sendable {
    /// Instructions that one question may visit, for all names together: some tenths of a second.
    static let maximumSteps = 20_000_000

    var pattern: NamePattern
    var topics: TopicList

    func matches() -> PatternMatches {
        self.pattern.matching(self.topics.names, steps: Self.maximumSteps).map(PatternMatches.names) ?? .tooCostly
    }
}

enum PatternMatches: Equatable, Sendable {
    /// In the order of the list.
    case names([String])
    /// It would take more than one client may ask for.
    case tooCostly
}

/// Answers ``PatternQuestion``s about one backend, one after the other: however many clients ask, they take no more than
/// one thread. Members of a group have the same pattern, so that most are answered already.
actor PatternMatcher {
    /// Results kept. They are forgotten when there is another list of topics.
    static let capacity = 64

    private var version: UInt64 = 0
    private var results: [WireName: PatternMatches] = [:]
    /// How many questions were not answered from memory.
    private(set) var matchings = 0
    /// Questions that wait or are answered. More than so many are refused: those behind them would wait for too long.
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
