import EngineInterface
import Foundation

/// The newest 5,000 lines of the log, oldest first, each sequence once.
struct LogBuffer: Sendable {
    static let capacity = 5_000

    private var lines: NumberedRing<LogLine>
    private var lastSequence: UInt64?
    private var lastTime = Date.distantPast
    /// The number of lines that were written but never received.
    private(set) var missed = 0

    init(capacity: Int = Self.capacity) { self.lines = NumberedRing(capacity: capacity) }

    var count: Int { self.lines.count }
    /// The number of lines received, which is the number of the next one.
    var end: Int { self.lines.end }
    var first: Int { self.lines.first }
    var newest: LogLine? { self.lines.last }

    mutating func append(_ lines: [LogLine]) {
        for line in lines {
            if let last = self.lastSequence, line.sequence <= last {
                guard line.time.timeIntervalSince(self.lastTime) > 1 else { continue }
                self.lastSequence = nil
            }
            if let last = self.lastSequence {
                self.missed = self.missed.addingReportingOverflow(Int(clamping: line.sequence - last - 1)).partialValue
            }
            self.lastSequence = line.sequence
            self.lastTime = max(self.lastTime, line.time)
            self.lines.append(line)
        }
    }

    /// By number; nil when it is not kept any more.
    subscript(number: Int) -> LogLine? { self.lines[number] }

    /// Errors and warnings since `date`.
    func problems(since date: Date) -> (errors: Int, warnings: Int) {
        var result = (errors: 0, warnings: 0)
        var number = self.end - 1
        while let line = self.lines[number], line.time >= date {
            if line.level >= .error { result.errors += 1 } else if line.level == .warning { result.warnings += 1 }
            number -= 1
        }
        return result
    }
}
