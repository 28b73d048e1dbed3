/// The position of a live stream: the newest decision and the newest log line that it has sent, in one run of the process.
package struct LivePosition: Equatable, Sendable {
    /// The run of the process, because sequences restart with it.
    package var run: String
    package var decision: UInt64
    package var log: UInt64

    package init(run: String, decision: UInt64, log: UInt64) {
        self.run = run
        self.decision = decision
        self.log = log
    }

    /// The id of events: `1f3a-90112-17`.
    package var text: String { "\(self.run)-\(self.decision)-\(self.log)" }

    /// - Returns: nil for anything that ``text`` did not write.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let log = UInt64(parts[parts.count - 1]),
            let decision = UInt64(parts[parts.count - 2])
        else { return nil }
        self.init(run: parts.dropLast(2).joined(separator: "-"), decision: decision, log: log)
    }
}
