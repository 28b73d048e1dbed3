/// One event of a `text/event-stream`.
package struct ServerSentEvent: Equatable, Sendable {
    /// `message` when the stream names none.
    package var name: String
    package var data: String
    /// The last `id` of the stream so far; where a client that comes back resumes.
    package var id: String?

    package init(name: String, data: String, id: String? = nil) {
        self.name = name
        self.data = data
        self.id = id
    }
}

/// Takes a `text/event-stream` apart, in whatever pieces it arrives.
///
/// A pure value. Lines end with LF, CR or CR LF; a byte order mark at the start is passed over; unknown fields are too.
/// - SeeAlso: HTML Living Standard, section 9.2.6.
package struct ServerSentEventParser: Sendable {
    /// An event whose lines outgrow this is dropped: the stream is not ours.
    package static let maximumEventBytes = 64 * 1024 * 1024
    /// The capacity kept for the next event: the first event holds the whole view and may be far larger than any other.
    private static let keptBytes = 64 * 1024

    private var line: [UInt8] = []
    private var endedWithCarriageReturn = false
    private var isFirstLine = true
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var lastID: String?
    private var size = 0
    /// The pause in milliseconds that the server asks for before a client comes back.
    package private(set) var retryMilliseconds: Int?
    /// Comments so far: a server's signs of life.
    package private(set) var comments = 0

    package init() {}

    /// Takes the next bytes.
    /// - Returns: the events that end in them, in order.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                if self.endedWithCarriageReturn {
                    self.endedWithCarriageReturn = false
                } else {
                    self.endLine(&events)
                }
            case UInt8(ascii: "\r"):
                self.endedWithCarriageReturn = true
                self.endLine(&events)
            default:
                self.endedWithCarriageReturn = false
                self.size += 1
                if self.size <= Self.maximumEventBytes { self.line.append(byte) }
            }
        }
        return events
    }

    private mutating func endLine(_ events: inout [ServerSentEvent]) {
        var line = self.line[...]
        if self.isFirstLine {
            self.isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        }
        defer { self.line.removeAll(keepingCapacity: self.line.capacity <= Self.keptBytes) }
        guard !line.isEmpty else {
            if let event = self.dispatch() { events.append(event) }
            return
        }
        guard line.first != UInt8(ascii: ":") else {
            self.comments += 1
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        self.take(String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self), value)
    }

    private mutating func take(_ field: String, _ value: ArraySlice<UInt8>) {
        switch field {
        case "event":
            self.name = String(decoding: value, as: UTF8.self)
        case "data":
            if self.hasData { self.data.append(UInt8(ascii: "\n")) }
            self.hasData = true
            self.data.append(contentsOf: value)
        case "id":
            if !value.contains(0) { self.lastID = String(decoding: value, as: UTF8.self) }
        case "retry":
            if let milliseconds = Int(String(decoding: value, as: UTF8.self)), milliseconds >= 0 {
                self.retryMilliseconds = milliseconds
            }
        default:
            break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            self.name = ""
            self.data.removeAll(keepingCapacity: self.data.capacity <= Self.keptBytes)
            self.hasData = false
            self.size = 0
        }
        guard self.hasData, self.size <= Self.maximumEventBytes else { return nil }
        return ServerSentEvent(
            name: self.name.isEmpty ? "message" : self.name, data: String(decoding: self.data, as: UTF8.self),
            id: self.lastID)
    }
}
