import EngineInterface
package import Foundation
import JSON
package import Logging
import Resources
import Synchronization

/// Writes log lines for people and collectors. Each event is one line, whatever text clients put into it.
///
/// As text: `time level label: name=value … [module] message`. As JSON: an object with `time`, `level`, `component`,
/// `message` and `metadata`, as the API writes lines.
package struct LineLogHandler: LogHandler {
    package enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: Format
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: The time that lines carry.
    ///   - write: Called with a line and its line end.
    package init(
        label: String, format: Format, logLevel: Logger.Level, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = { StandardError.write($0) }
    ) {
        self.label = label
        self.format = format
        self.logLevel = logLevel
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let facts = LogFacts(event, metadata: self.metadata, provider: self.metadataProvider)
        switch self.format {
        case .text: self.write(self.text(facts, event))
        case .json: self.write(self.json(facts, event))
        }
    }

    private func text(_ facts: LogFacts, _ event: LogEvent) -> String {
        var line = "\(Self.localTime(self.now())) \(event.level) \(self.label):"
        for (key, value) in facts.all.sorted(by: { $0.key < $1.key }) {
            line +=
                " \(OutsideText.value(key, maximumBytes: OutsideText.maximumNameBytes))="
                + OutsideText.value(value, maximumBytes: LogRing.maximumFactBytes)
        }
        line += " [\(event.source)] "
        line += OutsideText.escaped(facts.message, maximumBytes: LogRing.maximumMessageBytes)
        return line + "\n"
    }

    private func json(_ facts: LogFacts, _ event: LogEvent) -> String {
        var facts = facts
        let component = facts.all.removeValue(forKey: Logger.componentKey) ?? self.label
        let time = Timestamp.text(self.now())
        let metadata = facts.all.sorted { $0.key < $1.key }.map { key, value in
            OutsideText.json(key, maximumBytes: OutsideText.maximumNameBytes) + ":"
                + OutsideText.json(value, maximumBytes: LogRing.maximumFactBytes)
        }
        return "{\"time\":\"\(time)\",\"level\":\"\(event.level)\",\"component\":\(OutsideText.json(component)),"
            + "\"message\":\(OutsideText.json(facts.message, maximumBytes: LogRing.maximumMessageBytes)),"
            + "\"metadata\":{\(metadata.joined(separator: ","))}}\n"
    }

    /// `2026-11-30T09:41:00+0100`.
    private static func localTime(_ date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = tm()
        var buffer = [CChar](repeating: 0, count: 64)
        guard localtime_r(&seconds, &parts) != nil,
            case let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S%z", &parts), count > 0
        else { return "-" }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Standard error, a whole line at a time.
package enum StandardError {
    private static let lock = Mutex(())

    /// A line that cannot be written is lost, because the gateway does not wait for a reader that has gone.
    package static func write(_ line: String) {
        var line = line
        Self.lock.withLock { _ in
            line.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)
                while let start = rest.baseAddress, !rest.isEmpty {
                    let count = Foundation.write(STDERR_FILENO, start, rest.count)
                    if count > 0 {
                        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                    } else if count == 0 || errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}
