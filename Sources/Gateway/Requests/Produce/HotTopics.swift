import KafkaProtocol
import NIOCore
import Resources

/// The topics this session was lately allowed to write to, found by their bytes on the wire, without making a text.
///
/// Only permissions are kept: a refusal takes the full path. The table is emptied when the rules change.
struct HotTopics {
    private struct Entry {
        /// Whether `wire` is an id, since a topic may have a name of the same bytes.
        var isID: Bool
        var wire: ByteBuffer
        var name: String
    }

    private static let capacity = 64

    private var entries: [Entry] = []
    private var next = 0

    mutating func removeAll() {
        self.entries = []
        self.next = 0
    }

    /// Whether every topic of a Produce request may be written to; records the decisions when all may.
    ///
    /// False also when the request is unusual in some way, which the full path handles.
    mutating func allowsWriting(_ outline: ProduceScanner.Outline, facts: SessionFacts) -> Bool {
        guard facts.authorizer.isEnforcing else { return true }
        let wires = outline.ids.isEmpty ? outline.names : outline.ids
        if wires.count == 1 {
            guard let name = self.allowedName(wires[0], isID: !outline.ids.isEmpty, facts: facts) else { return false }
            facts.authorizer.beginRequest(api: .produce)
            return facts.authorizer.allows(.write, .topic, name)
        }
        var names: [String] = []
        names.reserveCapacity(wires.count)
        for wire in wires {
            guard let name = self.allowedName(wire, isID: !outline.ids.isEmpty, facts: facts) else { return false }
            names.append(name)
        }
        facts.authorizer.beginRequest(api: .produce)
        for name in names where !facts.authorizer.allows(.write, .topic, name) { return false }
        return true
    }

    private mutating func allowedName(_ wire: ByteBuffer, isID: Bool, facts: SessionFacts) -> String? {
        for entry in self.entries where entry.isID == isID && entry.wire == wire { return entry.name }
        let name: String?
        if isID {
            var id = wire
            name = KafkaUUID(readingFrom: &id).flatMap { facts.topicNames.name(of: $0) }
        } else {
            name = String(validating: wire.readableBytesView, as: UTF8.self)
        }
        guard let name, facts.authorizer.wouldAllow(Permission(.write, .topic, name)) else { return nil }
        // A copy of its own, so that the entry does not keep a whole chunk alive.
        let entry = Entry(isID: isID, wire: ByteBuffer(bytes: wire.readableBytesView), name: name)
        if self.entries.count < Self.capacity {
            self.entries.append(entry)
        } else {
            self.entries[self.next] = entry
            self.next = (self.next + 1) % Self.capacity
        }
        return name
    }
}
