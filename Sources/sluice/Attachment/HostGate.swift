import EngineInterface

/// Holds questions back until there is an engine to answer them, or none is to come.
actor HostGate {
    private var result: Result<ConsoleHost, EngineClientError>?
    private var waiting: [CheckedContinuation<ConsoleHost, any Error>] = []

    func host() async throws -> ConsoleHost {
        if let result = self.result { return try result.get() }
        return try await withCheckedThrowingContinuation { self.waiting.append($0) }
    }

    /// The first call counts.
    func open(_ result: Result<ConsoleHost, EngineClientError>) {
        guard self.result == nil else { return }
        self.result = result
        for continuation in self.waiting { continuation.resume(with: result.mapError { $0 }) }
        self.waiting = []
    }
}
