/// Lets one through at a time, in the order of arrival. For changes of configuration, not for requests.
package actor SerialGate {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init() {}

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
    package nonisolated func alone<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result = await Task<Result<Value, Failure>, Never> {
            await self.enter()
            let result: Result<Value, Failure>
            do throws(Failure) { result = .success(try await body()) } catch { result = .failure(error) }
            await self.leave()
            return result
        }.value
        return try result.get()
    }
}
