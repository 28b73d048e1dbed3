package import Console

/// Decodes a terminal's bytes into keys, pastes and mouse actions. It is a pure value: time is passed in.
///
/// Unknown sequences are dropped whole, because their letters must not become commands. A paste is one event; no byte
/// inside it is a key.
package struct InputDecoder {
    package typealias Instant = ContinuousClock.Instant

    /// The sequences of this terminal's description, beside those that all terminals share.
    let keys: [[UInt8]: Key]
    let escapeDelay: Duration
    /// For terminals that do not bracket pastes.
    let takesBurstsForPastes: Bool

    /// Bytes that are not decoded yet: the start of a sequence or of a character.
    private var buffer: [UInt8] = []
    /// The time of the last byte in `buffer`.
    private var bufferTime = Instant.now
    private var paste: Paste?
    private var burst: Burst?
    private var mouse = MouseClicks()
    private var question: Question?
    private var wasAsked = false
    /// The time at which Esc was reported as a key because nothing followed. The next bytes may be the rest of a
    /// sequence that a slow line split after Esc.
    private var escapeTold: Instant?
    /// Whether `buffer` begins with an Esc that was reported already.
    private var isTorn = false
    /// Whether a key that opens a prompt was typed, and none yet that closes it.
    private var isInLine = false

    /// The question for the background, while it is not fully answered.
    private struct Question {
        var end: Instant
        /// The time after which leaving does not wait for it either.
        var lastEnd: Instant
        /// The background to assume if the terminal does not know it.
        var otherwise: Bool?
        var isAnswered = false
    }

    /// A paste between its brackets.
    private struct Paste {
        var bytes: [UInt8] = []
        var lastByte: Instant
    }

    /// Text that arrived too fast to be typed, or may have. It is held for a moment.
    private struct Burst {
        var bytes: [UInt8] = []
        var isPaste = false
        /// Whether several bytes arrived at once; a typed key sends one at a time.
        var isInPieces = false
        var firstByte: Instant
        var lastByte: Instant

        /// The time after which later bytes do not belong to it.
        var end: Instant {
            if self.isPaste { return self.lastByte.advanced(by: InputDecoder.pasteGap) }
            let gap = self.isInPieces ? InputDecoder.pieceGap : InputDecoder.typingGap
            return min(self.lastByte.advanced(by: gap), self.firstByte.advanced(by: InputDecoder.longestHold))
        }
    }

    /// The most bytes of one paste; the rest is dropped.
    package static let maximumPasteBytes = 4 << 20
    /// The number of bytes in one burst that make it a paste.
    static let burstBytes = 6
    /// The number of bytes at once that are a paste on any terminal, because a multiplexer may paste without brackets.
    static let floodBytes = 64
    /// The shortest time between two typed keys.
    static let typingGap = Duration.milliseconds(12)
    /// Between the pieces of a burst that a line cut.
    static let pieceGap = Duration.milliseconds(60)
    /// Between the pieces of a burst that is known to be a paste.
    static let pasteGap = Duration.milliseconds(150)
    /// The longest time that a key waits to be distinguished from a burst.
    static let longestHold = Duration.milliseconds(150)
    /// The time for the rest of a sequence or an answer over a bad line. Its parts would be read as keys.
    static let sequenceDelay = Duration.seconds(2)
    /// The time that Esc waits for the start of an expected answer.
    static let awaitedDelay = Duration.milliseconds(250)
    /// The time after which a letter that begins sequences is a key, if it arrived alone after Esc.
    static let letterDelay = Duration.milliseconds(250)
    /// The time after which a paste ends if its end marker was lost.
    static let pasteDelay = Duration.seconds(2)

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    package init(
        keys: [[UInt8]: Key] = [:], escapeDelay: Duration = .milliseconds(25), takesBurstsForPastes: Bool = false
    ) {
        self.keys = keys
        self.escapeDelay = escapeDelay
        self.takesBurstsForPastes = takesBurstsForPastes
    }

    /// The time at which `timePassed` is due, if nothing is received before.
    package var deadline: Instant? {
        if let paste = self.paste { return paste.lastByte.advanced(by: Self.pasteDelay) }
        if let burst = self.burst { return burst.end }
        if self.buffer.isEmpty { return nil }
        return self.bufferTime.advanced(by: self.patience)
    }

    /// The time for the rest of a sequence that has begun. Esc alone may be the start of an expected answer.
    private var patience: Duration {
        if KeySequence.isWholeKey(self.buffer) {
            let isAwaited = self.question.map { self.bufferTime < $0.end } ?? false
            return isAwaited ? max(self.escapeDelay, Self.awaitedDelay) : self.escapeDelay
        }
        // `O` is a letter that people type; the other beginnings are not.
        let isLetter = self.isTorn && self.buffer.count == 2 && self.buffer[1] == UInt8(ascii: "O")
        return isLetter ? Self.letterDelay : Self.sequenceDelay
    }

    /// Whether an answer may still arrive at `now`.
    package func awaitsAnswer(at now: Instant) -> Bool { self.question.map { now < $0.lastEnd } ?? false }

    /// ``BackgroundQuestion`` was sent; `.background` comes with its answer.
    /// - Parameters:
    ///   - end: The time after which no key waits for the answer. A later answer still counts.
    ///   - lastEnd: The time after which leaving does not wait for the answer, because the terminal gives none.
    ///   - otherwise: Whether the background is light, if the terminal does not know.
    package mutating func asked(until end: Instant, lastEnd: Instant, otherwise: Bool?) {
        self.wasAsked = true
        self.question = Question(end: end, lastEnd: lastEnd, otherwise: otherwise)
    }

    private mutating func received(_ answer: BackgroundQuestion.Answer, into events: inout [InputEvent]) {
        guard let question = self.question else { return }
        switch answer {
        case .colour(let isLight):
            self.question?.isAnswered = true
            events.append(.background(isLight: isLight))
        case .attributes:
            self.question = nil
            if !question.isAnswered { events.append(.background(isLight: question.otherwise)) }
        }
    }

    package mutating func received(
        _ bytes: some Collection<UInt8>, at now: Instant, into events: inout [InputEvent]
    ) {
        guard !bytes.isEmpty else { return }
        if self.isRestOfSequence(bytes, at: now) {
            self.buffer = [0x1B] + bytes
            self.bufferTime = now
            self.isTorn = true
            return self.decode(at: now, into: &events)
        }
        if self.paste != nil {
            self.pasteReceived(bytes, at: now, into: &events)
        } else if self.buffer.isEmpty, self.takesBurstsForPastes || self.burst != nil || Self.isFlood(bytes) {
            self.burstReceived(bytes, at: now, into: &events)
        } else {
            self.buffer += bytes
            self.bufferTime = now
            self.decode(at: now, into: &events)
        }
    }

    /// Whether Esc was reported a moment ago and `bytes` continue it as a sequence would.
    private mutating func isRestOfSequence(_ bytes: some Collection<UInt8>, at now: Instant) -> Bool {
        guard let told = self.escapeTold else { return false }
        self.escapeTold = nil
        guard now < told.advanced(by: Self.sequenceDelay), self.paste == nil, self.burst == nil, self.buffer.isEmpty
        else { return false }
        switch bytes.first {
        case UInt8(ascii: "["): return true
        // A letter as well: text that begins with it is not a key.
        case UInt8(ascii: "O"): return bytes.count <= 2
        // The answer to the question; nothing else that begins so is sent to us.
        case UInt8(ascii: "]"): return self.wasAsked
        default: return false
        }
    }

    package mutating func timePassed(_ now: Instant, into events: inout [InputEvent]) {
        while let deadline = self.deadline, deadline <= now {
            if let paste = self.paste {
                self.paste = nil
                events.append(.paste(Self.text(paste.bytes)))
            } else if let burst = self.burst {
                self.burst = nil
                if burst.isPaste, !self.isTypedLine(burst.bytes) {
                    events.append(.paste(Self.text(burst.bytes)))
                } else {
                    self.buffer = burst.bytes
                    self.bufferTime = burst.lastByte
                    self.decode(at: now, into: &events)
                }
            } else {
                let incomplete = self.buffer
                self.buffer = []
                if self.isTorn {
                    self.isTorn = false
                    // Esc was reported, and the single character after it was typed.
                    if incomplete.count == 2 {
                        events.append(.key(.character(Character(Unicode.Scalar(incomplete[1])))))
                    }
                } else {
                    if KeySequence.isWholeKey(incomplete) { self.escapeTold = deadline }
                    KeySequence.endedEarly(incomplete, into: &events)
                }
            }
        }
    }

    // MARK: Keys

    private mutating func decode(at now: Instant, into events: inout [InputEvent]) {
        var index = 0
        decoding: while index < self.buffer.count {
            // The reported Esc closed a view, and this key was meant for that view.
            let isRest = self.isTorn
            switch KeySequence.next(self.buffer[index...], keys: self.keys) {
            case .incomplete: break decoding
            case .dropped(let count): index += count
            case .answer(let answer, let count):
                self.received(answer, into: &events)
                index += count
            case .event(let event, let count):
                if !isRest {
                    events.append(event)
                    self.follow(event)
                }
                index += count
            case .mouse(let report, let count):
                if !isRest, let action = self.mouse.action(report, at: now) { events.append(.mouse(action)) }
                index += count
            case .pasteStarted(let count):
                let rest = Array(self.buffer[(index + count)...])
                self.buffer = []
                self.isTorn = false
                self.paste = Paste(lastByte: now)
                self.received(rest, at: now, into: &events)
                return
            }
            self.isTorn = false
        }
        self.buffer.removeFirst(index)
    }

    // MARK: Lines

    /// Whether a burst is a line that was typed and came in one piece, because the line to the terminal lagged: nothing
    /// but characters and the Enter that ends them, for a prompt that is open or that it opens itself.
    private func isTypedLine(_ bytes: [UInt8]) -> Bool {
        guard bytes.count < Self.floodBytes, bytes.last == 0x0D, let first = bytes.first else { return false }
        return bytes.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F } && (self.isInLine || Self.beginsLine(first))
    }

    private static func beginsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") }

    private mutating func follow(_ event: InputEvent) {
        switch event {
        case .key(.character(":")), .key(.character("/")): self.isInLine = true
        case .key(.enter), .key(.escape), .interrupt: self.isInLine = false
        default: break
        }
    }

    // MARK: Pastes

    private mutating func pasteReceived(
        _ bytes: some Collection<UInt8>, at now: Instant, into events: inout [InputEvent]
    ) {
        guard var paste = self.paste else { return }
        self.paste = nil
        let searched = max(0, paste.bytes.count - Self.pasteEnd.count + 1)
        paste.bytes += bytes
        paste.lastByte = now
        guard let end = Self.firstIndex(of: Self.pasteEnd, in: paste.bytes, from: searched) else {
            if paste.bytes.count > Self.maximumPasteBytes {
                // Keep the last bytes: they may begin the end marker.
                paste.bytes.removeSubrange(
                    (Self.maximumPasteBytes - Self.pasteEnd.count)..<(paste.bytes.count - Self.pasteEnd.count))
            }
            self.paste = paste
            return
        }
        let rest = Array(paste.bytes[(end + Self.pasteEnd.count)...])
        events.append(.paste(Self.text(paste.bytes[..<end])))
        self.received(rest, at: now, into: &events)
    }

    private static func isFlood(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count >= self.floodBytes && bytes.prefix(self.floodBytes).allSatisfy { $0 != 0x1B }
    }

    private mutating func burstReceived(
        _ bytes: some Collection<UInt8>, at now: Instant, into events: inout [InputEvent]
    ) {
        var burst = self.burst ?? Burst(firstByte: now, lastByte: now)
        self.burst = nil
        burst.bytes += bytes.prefix(Self.maximumPasteBytes - burst.bytes.count)
        burst.lastByte = now
        burst.isInPieces = burst.isInPieces || bytes.count > 1
        if !burst.isPaste {
            let text = burst.bytes.prefix { $0 != 0x1B }
            // A key that is held down repeats, and a slow line delivers many repeats at once.
            burst.isPaste = text.count >= Self.burstBytes && Set(text).count > 3
            if !burst.isPaste, text.count < burst.bytes.count {
                self.buffer = burst.bytes
                self.bufferTime = now
                return self.decode(at: now, into: &events)
            }
        }
        self.burst = burst
    }

    /// Terminals send carriage returns for line breaks.
    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        var lines: [UInt8] = []
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D || byte == 0x0A {
                if !(byte == 0x0A && previous == 0x0D) { lines.append(0x0A) }
            } else {
                lines.append(byte)
            }
            previous = byte
        }
        return String(decoding: lines, as: UTF8.self)
    }

    private static func firstIndex(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + needle.count <= bytes.count {
            guard let candidate = bytes[index...].firstIndex(of: needle[0]) else { return nil }
            index = candidate
            if bytes[index...].starts(with: needle) { return index }
            index += 1
        }
        return nil
    }
}
