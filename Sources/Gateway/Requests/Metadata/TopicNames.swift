import KafkaProtocol
import Resources

/// The names of topic ids that one session has learned, backed by a map that the sessions of a backend share.
///
/// An id means the same topic for ever: a topic that is deleted and made again gets a new id. Confined to one event loop.
final class TopicNames {
    /// The most ids of a session. Beyond that the cache starts anew; the shared map or the backend still has them.
    static let capacity = 1_024

    private var names: [KafkaUUID: String] = [:]
    private var ids: [WireName: KafkaUUID] = [:]
    private let shared: (KafkaUUID) -> String?
    private let share: (KafkaUUID, String) -> Void

    /// - Parameters:
    ///   - shared: Looks an id up among those that other sessions have learned.
    ///   - share: Shares a new id with the other sessions.
    init(
        shared: @escaping (KafkaUUID) -> String? = { _ in nil },
        share: @escaping (KafkaUUID, String) -> Void = { _, _ in }
    ) {
        self.shared = shared
        self.share = share
    }

    /// The topic's name; nil when no session has learned it yet.
    func name(of id: KafkaUUID) -> String? {
        if let name = self.names[id] { return name }
        guard id != .zero, let name = self.shared(id) else { return nil }
        self.keep(id, name)
        return name
    }

    /// Learns from an answer of the backend. The zero id names no topic and is ignored.
    func learn(_ id: KafkaUUID, _ name: String) {
        guard id != .zero, self.names[id].map({ !$0.hasSameBytes(as: name) }) ?? true else { return }
        self.keep(id, name)
        self.share(id, name)
    }

    private func keep(_ id: KafkaUUID, _ name: String) {
        if self.names.count >= Self.capacity {
            self.names.removeAll(keepingCapacity: true)
            self.ids.removeAll(keepingCapacity: true)
        }
        if let old = self.ids.updateValue(id, forKey: WireName(name)), old != id { self.names[old] = nil }
        self.names[id] = name
    }
}
