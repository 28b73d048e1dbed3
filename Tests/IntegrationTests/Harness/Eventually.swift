/// A condition that did not come true in time.
struct TimedOut: Error, CustomStringConvertible {
    var description: String
}

/// Asks again and again until `probe` answers something; `waitUntil` is for conditions.
///
/// - Parameters:
///   - what: the condition, as the end of the sentence "waited 10 seconds for ...".
///   - limit: the longest wait. Reaching it is a failure; a test never waits longer than its condition needs.
/// - Throws: `TimedOut`, or what `probe` throws.
func eventually<Answer>(
    _ what: String, within limit: Duration = .seconds(30), every interval: Duration = .milliseconds(20),
    isolation: isolated (any Actor)? = #isolation, _ probe: () async throws -> Answer?
) async throws -> Answer {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while true {
        if let answer = try await probe() { return answer }
        guard clock.now < deadline else { throw TimedOut(description: "waited \(limit) for \(what)") }
        try await clock.sleep(for: interval)
    }
}

/// Asks again and again until `condition` holds.
///
/// - Throws: `TimedOut`, or what `condition` throws.
func waitUntil(
    _ what: String, within limit: Duration = .seconds(30), every interval: Duration = .milliseconds(20),
    isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(what, within: limit, every: interval) { try await condition() ? true : nil }
}
