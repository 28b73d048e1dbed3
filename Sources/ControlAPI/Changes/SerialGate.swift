/// Lets one through at a time, in the order of arrival.
actor SerialGate {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private func enter() async {
        guard self.isTaken else {
            self.isTaken = true
            return
        }
        await withCheckedContinuation { self.waiting.append($0) }
    }

    private func leave() {
        if self.waiting.isEmpty {
            self.isTaken = false
        } else {
            // The gate stays taken: it goes to the next.
            self.waiting.removeFirst().resume()
        }
    }

    /// Runs `body` alone. It runs to its end, also when the caller is cancelled meanwhile.
    nonisolated func alone<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value
    {
        try await Task {
            await self.enter()
            do {
                let value = try await body()
                await self.leave()
                return value
            } catch {
                await self.leave()
                throw error
            }
        }.value
    }
}
