package import Foundation

/// A line of the instance's log.
package struct LogLine: Codable, Equatable, Sendable {
    package enum Level: String, Codable, CaseIterable, Comparable, Sendable {
        case trace, debug, info, notice, warning, error, critical

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Rises by one with each line of the process.
    package var sequence: UInt64
    package var time: Date
    package var level: Level
    /// What it is about: `listener`, `backend`, `jwks`, `session`, `component`, ..., else the label of the logger.
    package var component: String
    package var message: String
    /// Facts, by name.
    package var metadata: [String: String]

    package init(
        sequence: UInt64, time: Date, level: Level, component: String, message: String, metadata: [String: String] = [:]
    ) {
        self.sequence = sequence
        self.time = time
        self.level = level
        self.component = component
        self.message = message
        self.metadata = metadata
    }
}
