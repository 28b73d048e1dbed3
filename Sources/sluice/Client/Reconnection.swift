import EngineInterface

/// Calls of an instance that may be away for a while, for commands that follow it. Its absence is reported once, and its
/// return.
struct Reconnection {
    let url: String
    let tell: (String) -> Void
    private var isAway = false

    init(url: String, tell: @escaping (String) -> Void = { Output.error("sluice: \($0)") }) {
        self.url = url
        self.tell = tell
    }

    /// - Returns: nil when the instance does not answer; the caller tries again after a pause.
    /// - Throws: what trying again does not change: what is asked for is not there, or the call is wrong.
    mutating func attempt<Answer>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Answer
    ) async throws -> Answer? {
        do {
            let answer = try await body()
            if self.isAway { self.tell("The management API at \(self.url) answers again.") }
            self.isAway = false
            return answer
        } catch let error as EngineClientError where error.kind == .unavailable {
            if !self.isAway { self.tell("\(error.message) Trying again until it answers.") }
            self.isAway = true
            return nil
        }
    }
}
