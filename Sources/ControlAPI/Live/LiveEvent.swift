internal import Foundation
internal import GatewayModel

/// One event of the live stream, as server-sent events write it.
struct LiveEvent: Equatable, Sendable {
    enum Kind: String, Sendable {
        case snapshot, connection, counters, decision, log
    }

    var kind: Kind
    /// JSON on one line.
    var data: String
    /// Where to resume after this event.
    var position: LivePosition

    /// `event:`, `id:`, `data:` and an empty line (HTML, section 9.2.6).
    var text: String {
        "event: \(self.kind.rawValue)\nid: \(self.position.text)\ndata: \(self.data)\n\n"
    }
}

/// A line of the `log` event.
struct LiveLogLine: Codable, Equatable, Sendable {
    var time: Date
    /// `info`, `warning`, `error`.
    var level: String
    var message: String
}

/// How far a stream has got: the newest decision that it has told, in one run of the process.
struct LivePosition: Equatable, Sendable {
    /// Differs between runs: sequences start anew with the engine.
    var run: String
    var sequence: UInt64

    var text: String { "\(self.run)-\(self.sequence)" }

    init(run: String, sequence: UInt64) {
        self.run = run
        self.sequence = sequence
    }

    /// - Returns: nil for anything that ``text`` did not write.
    init?(text: String) {
        guard let dash = text.lastIndex(of: "-"), let sequence = UInt64(text[text.index(after: dash)...]) else {
            return nil
        }
        self.init(run: String(text[..<dash]), sequence: sequence)
    }
}
