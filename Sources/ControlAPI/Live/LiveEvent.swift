internal import EngineInterface

/// One event of the live stream, as server-sent events write it.
struct LiveEvent: Equatable, Sendable {
    /// - `snapshot`: a `LiveSnapshot`, first of all; with the newest decisions that are kept.
    /// - `connection`: a `ConnectionView` that is new or changed; `closed` when it is gone.
    /// - `counters`: the `DecisionCounter`s that changed, in an array; 0 when one is counted no longer.
    /// - `components`: all `ComponentStatus`es, in an array, when one changed.
    /// - `limits`: the `LimitCount`s of all limits that clients ran into, in an array, when one changed.
    /// - `decision`: a `DecisionRecord`.
    /// - `log`: a `LogLine`.
    enum Kind: String, Sendable {
        case snapshot, connection, counters, components, limits, decision, log
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
