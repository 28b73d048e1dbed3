import Console

/// The grammar of what terminals send: characters, control characters, and the sequences of ECMA-48 and xterm.
enum KeySequence {
    enum Step: Equatable {
        /// More bytes are needed.
        case incomplete
        case event(InputEvent, Int)
        case mouse(MouseReport, Int)
        case pasteStarted(Int)
        /// The terminal's answer to ``BackgroundQuestion``, or a part of it.
        case answer(BackgroundQuestion.Answer, Int)
        /// Bytes without a meaning here.
        case dropped(Int)
    }

    private static let escape: UInt8 = 0x1B
    /// The longest control sequence.
    private static let maximumSequence = 64
    private static let maximumString = 8_192

    /// The first key in `bytes`, which are not empty.
    static func next(_ bytes: ArraySlice<UInt8>, keys: [[UInt8]: Key]) -> Step {
        guard let first = bytes.first else { return .incomplete }
        if first == self.escape { return self.escaped(bytes, keys: keys) }
        if first < 0x20 || first == 0x7F { return self.control(first) }
        return self.character(bytes)
    }

    /// True for bytes that are a key if nothing follows: Esc, or Alt with a character that begins sequences too.
    static func isWholeKey(_ bytes: [UInt8]) -> Bool {
        bytes.count == 1 && bytes[0] == self.escape
    }

    /// Decodes an unfinished sequence whose rest did not arrive.
    static func endedEarly(_ bytes: [UInt8], into events: inout [InputEvent]) {
        guard bytes.first == self.escape else { return }
        if bytes.count == 1 {
            events.append(.key(.escape))
        } else if bytes.count == 2, (0x21..<0x7F).contains(bytes[1]) {
            events.append(.key(.alt(Character(Unicode.Scalar(bytes[1])))))
        }
    }

    // MARK: Characters

    private static func control(_ byte: UInt8) -> Step {
        switch byte {
        case 0x03: .event(.interrupt, 1)
        case 0x1A: .event(.suspend, 1)
        case 0x08, 0x7F: .event(.key(.backspace), 1)
        case 0x09: .event(.key(.tab), 1)
        case 0x0A, 0x0D: .event(.key(.enter), 1)
        case 0x01...0x1A: .event(.key(.control(Character(Unicode.Scalar(byte + 0x60)))), 1)
        case 0x1C...0x1F: .event(.key(.control(Character(Unicode.Scalar(byte + 0x40)))), 1)
        default: .dropped(1)
        }
    }

    /// One scalar of UTF-8. Invalid UTF-8 is dropped byte by byte, so that a stray byte takes no other byte with it.
    private static func character(_ bytes: ArraySlice<UInt8>) -> Step {
        guard let first = bytes.first else { return .incomplete }
        let length =
            switch first {
            case ..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        if length == 0 { return .dropped(1) }
        let sequence = bytes.prefix(length)
        guard sequence.dropFirst().allSatisfy({ 0x80...0xBF ~= $0 }) else { return .dropped(1) }
        if sequence.count < length { return .incomplete }
        guard let text = String(validating: sequence, as: UTF8.self), let scalar = text.unicodeScalars.first,
            // The C1 controls, which start sequences on some terminals.
            !(0x80..<0xA0).contains(scalar.value)
        else { return .dropped(length) }
        return .event(.key(.character(Character(scalar))), length)
    }

    // MARK: Sequences

    private static func escaped(_ bytes: ArraySlice<UInt8>, keys: [[UInt8]: Key]) -> Step {
        switch self.described(bytes, keys: keys) {
        case .some(let step): return step
        case .none: break
        }
        let start = bytes.startIndex
        guard bytes.count > 1 else { return .incomplete }
        switch bytes[start + 1] {
        case UInt8(ascii: "["): return self.controlSequence(bytes)
        case UInt8(ascii: "O"): return self.singleShift(bytes)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return self.string(bytes)
        case 0x21..<0x7F, 0x80...:
            switch self.character(bytes.dropFirst()) {
            case .event(.key(.character(let character)), let count): return .event(.key(.alt(character)), count + 1)
            case .incomplete: return .incomplete
            default: return .dropped(2)
            }
        default: return .event(.key(.escape), 1)
        }
    }

    /// The longest sequence of the terminal's description that `bytes` begin with.
    private static func described(_ bytes: ArraySlice<UInt8>, keys: [[UInt8]: Key]) -> Step? {
        var found: (key: Key, count: Int)?
        for (sequence, key) in keys where sequence.count > found?.count ?? 0 && bytes.starts(with: sequence) {
            found = (key, sequence.count)
        }
        return found.map { .event(.key($0.key), $0.count) }
    }

    /// `ESC O` and one character: keys of the keypad and F1 to F4.
    private static func singleShift(_ bytes: ArraySlice<UInt8>) -> Step {
        let start = bytes.startIndex
        guard bytes.count > 2 else { return .incomplete }
        let final = bytes[start + 2]
        if let key = self.letterKey(final) { return .event(.key(key), 3) }
        switch final {
        case UInt8(ascii: "M"): return .event(.key(.enter), 3)
        // The keypad in application mode: `j` to `y` stand for `*` to `9`.
        case 0x6A...0x79: return .event(.key(.character(Character(Unicode.Scalar(final - 0x40)))), 3)
        case 0x20..<0x7F: return .dropped(3)
        default: return .event(.key(.alt("O")), 2)
        }
    }

    /// `ESC [ parameters intermediates final` (ECMA-48 §5.4), the Linux console's `ESC [ [ A`, and the old mouse
    /// reports, which put three bytes behind `ESC [ M`.
    private static func controlSequence(_ bytes: ArraySlice<UInt8>) -> Step {
        let start = bytes.startIndex
        guard bytes.count > 2 else { return .incomplete }
        if bytes[start + 2] == UInt8(ascii: "[") {
            guard bytes.count > 3 else { return .incomplete }
            let number = Int(bytes[start + 3]) - 0x40
            return (1...5).contains(number) ? .event(.key(.function(number)), 4) : .dropped(4)
        }
        if bytes[start + 2] == UInt8(ascii: "M") {
            guard bytes.count > 5 else { return .incomplete }
            let button = Int(bytes[start + 3]) - 32
            let report = MouseReport(
                button: button, isPress: button & 3 != 3 || button >= 64, column: Int(bytes[start + 4]) - 33,
                row: Int(bytes[start + 5]) - 33)
            return .mouse(report, 6)
        }
        var index = start + 2
        while index < bytes.endIndex, (0x20..<0x40).contains(bytes[index]) { index += 1 }
        if index - start > self.maximumSequence { return .dropped(index - start) }
        guard index < bytes.endIndex else { return .incomplete }
        // Another sequence began inside this one, which therefore has no meaning.
        guard (0x40..<0x7F).contains(bytes[index]) else { return .dropped(index - start) }
        return self.meaning(
            parameters: bytes[(start + 2)..<index], final: bytes[index], count: index - start + 1)
    }

    private static func meaning(parameters: ArraySlice<UInt8>, final: UInt8, count: Int) -> Step {
        let numbers = parameters.drop { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "?") }
            .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)) ?? 0 }
        let first = numbers.first ?? 0
        // The release of a key, as terminals with kitty's protocol report it, is no press.
        if Self.isRelease(parameters) { return .dropped(count) }
        if parameters.first == UInt8(ascii: "<") {
            guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"), numbers.count == 3, numbers[1] > 0,
                numbers[2] > 0
            else { return .dropped(count) }
            return .mouse(
                MouseReport(
                    button: numbers[0], isPress: final == UInt8(ascii: "M"), column: numbers[1] - 1,
                    row: numbers[2] - 1),
                count)
        }
        if parameters.first == UInt8(ascii: "?"), final == UInt8(ascii: "c") { return .answer(.attributes, count) }
        if parameters.first == UInt8(ascii: "?") || parameters.first == UInt8(ascii: ">") { return .dropped(count) }
        switch final {
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"):
            if first == 200 { return .pasteStarted(count) }
            if first == 27, numbers.count == 3 {
                return self.modified(code: numbers[2], modifiers: numbers[1], count: count)
            }
            return self.numberKey(first).map { .event(.key($0), count) } ?? .dropped(count)
        case UInt8(ascii: "u"):
            return self.modified(code: first, modifiers: numbers.count > 1 ? numbers[1] : 1, count: count)
        case UInt8(ascii: "Z"): return .event(.key(.backTab), count)
        // Also the report of the cursor's place, which has a row in front.
        case UInt8(ascii: "R") where first > 1: return .dropped(count)
        default: return self.letterKey(final).map { .event(.key($0), count) } ?? .dropped(count)
        }
    }

    /// Whether the modifiers report a release of the key: `modifiers:3`.
    private static func isRelease(_ parameters: ArraySlice<UInt8>) -> Bool {
        let modifiers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).dropFirst()
            .first
        let parts = modifiers?.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) ?? []
        return parts.count > 1 && parts[1].elementsEqual([UInt8(ascii: "3")])
    }

    private static func letterKey(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "P"): .function(1)
        case UInt8(ascii: "Q"): .function(2)
        case UInt8(ascii: "R"): .function(3)
        case UInt8(ascii: "S"): .function(4)
        default: nil
        }
    }

    private static func numberKey(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }

    /// Keys with their modifiers in numbers (xterm's modifyOtherKeys, `CSI u`): 1 and a bit each for Shift, Alt, Ctrl.
    private static func modified(code: Int, modifiers: Int, count: Int) -> Step {
        guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value), value < 0xE000 || value > 0xF8FF
        else { return .dropped(count) }
        let bits = max(0, modifiers - 1)
        if value < 0x20 || value == 0x7F {
            if value == 0x09, bits & 1 != 0 { return .event(.key(.backTab), count) }
            if value == 0x1B { return .event(.key(.escape), count) }
            guard case .event(let event, _) = self.control(UInt8(truncatingIfNeeded: value)) else {
                return .dropped(count)
            }
            return .event(event, count)
        }
        if (0x80..<0xA0).contains(value) { return .dropped(count) }
        let character = Character(scalar)
        if bits & 4 != 0 {
            switch Character(character.lowercased()) {
            case "c": return .event(.interrupt, count)
            case "z": return .event(.suspend, count)
            case let letter: return .event(.key(.control(letter)), count)
            }
        }
        return .event(.key(bits & 2 != 0 ? .alt(character) : .character(character)), count)
    }

    /// `ESC ]` and its kin up to `ESC \` or BEL: what a terminal answers.
    private static func string(_ bytes: ArraySlice<UInt8>) -> Step {
        let start = bytes.startIndex
        var index = start + 2
        while index < bytes.endIndex {
            if bytes[index] == 0x07 { return self.answer(bytes[..<index], count: index - start + 1) }
            if bytes[index] == self.escape {
                guard index + 1 < bytes.endIndex else { return .incomplete }
                // Anything else behind Esc is the start of another sequence.
                guard bytes[index + 1] == UInt8(ascii: "\\") else { return .dropped(index - start) }
                return self.answer(bytes[..<index], count: index - start + 2)
            }
            index += 1
        }
        return index - start > self.maximumString ? .dropped(index - start) : .incomplete
    }

    private static func answer(_ string: ArraySlice<UInt8>, count: Int) -> Step {
        BackgroundQuestion.isLight(string).map { .answer(.colour(isLight: $0), count) } ?? .dropped(count)
    }
}
