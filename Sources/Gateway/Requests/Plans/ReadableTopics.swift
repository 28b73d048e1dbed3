import NIOCore

/// Whether records of a topic may go to the client under the rules in force.
enum TopicReading: Equatable {
    case allowed
    case denied
    /// The topic is an id without a known name, or bytes that are not a name, so no decision is possible.
    case unknown
}

/// The topics whose records a session was lately found to be allowed to read, found by their bytes on the wire, without
/// making a text or checking a rule.
///
/// Answers name the same topics in the same order again and again, so the next one is tried first. Only permissions are
/// kept, in one piece of memory of bounded size.
struct ReadableTopics {
    /// The most bytes of the table. Beyond them it starts anew.
    static let capacity = 4_096

    /// Entry after entry: whether it is an id, how many bytes follow, and these.
    private var bytes: [UInt8] = []
    /// The place of the entry that is expected next.
    private var expected = 0
    /// The rules that allowed the entries.
    private var rules: UInt64 = 0

    var keptBytes: Int { self.bytes.count }

    /// - Parameter rules: ``SessionAuthorizer/rulesVersion``. Entries of other rules are dropped.
    mutating func contains(_ wire: ByteBuffer, isID: Bool, rules: UInt64) -> Bool {
        guard rules == self.rules else {
            self.bytes.removeAll()
            self.expected = 0
            self.rules = rules
            return false
        }
        let expected = self.expected < self.bytes.count ? self.expected : 0
        var place = expected
        while place < self.bytes.count {
            if self.holds(wire, isID, at: place) {
                self.expected = self.place(after: place)
                return true
            }
            place = self.place(after: place)
        }
        place = 0
        while place < expected {
            if self.holds(wire, isID, at: place) {
                self.expected = self.place(after: place)
                return true
            }
            place = self.place(after: place)
        }
        return false
    }

    /// Keeps a topic that is allowed by the rules that ``contains(_:isID:rules:)`` was last asked with. Names longer
    /// than any topic's are judged each time.
    mutating func insert(_ wire: ByteBuffer, isID: Bool) {
        guard let length = UInt8(exactly: wire.readableBytes) else { return }
        if self.bytes.count + 2 + wire.readableBytes > Self.capacity {
            self.bytes.removeAll(keepingCapacity: true)
            self.expected = 0
        }
        self.bytes.append(isID ? 1 : 0)
        self.bytes.append(length)
        self.bytes.append(contentsOf: wire.readableBytesView)
    }

    private func place(after place: Int) -> Int {
        place + 2 + Int(self.bytes[place + 1])
    }

    private func holds(_ wire: ByteBuffer, _ isID: Bool, at place: Int) -> Bool {
        guard Int(self.bytes[place + 1]) == wire.readableBytes, (self.bytes[place] == 1) == isID else { return false }
        return wire.withUnsafeReadableBytes { wire in
            self.bytes.withUnsafeBytes { bytes in
                wire.elementsEqual(bytes[(place + 2)..<(place + 2 + wire.count)])
            }
        }
    }
}
