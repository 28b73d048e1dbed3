/// Text that clients, tokens and the answers of others bring, made fit to be kept, logged and printed.
package enum OutsideText {
    /// What is kept of a name, a principal or a client id beyond the request that brought it.
    package static let maximumNameBytes = 256

    /// The text, or as much of it as fits into so many bytes of UTF-8 and an ellipsis; no scalar is cut in two.
    package static func cut(_ text: String, maximumBytes: Int = Self.maximumNameBytes) -> String {
        let bytes = text.utf8
        guard
            var end = bytes.index(bytes.startIndex, offsetBy: max(0, maximumBytes), limitedBy: bytes.endIndex),
            end != bytes.endIndex
        else { return text }
        while end.samePosition(in: text.unicodeScalars) == nil { end = bytes.index(before: end) }
        return String(text[..<end]) + "…"
    }

    /// The text on one line, without anything that moves a cursor, hides or turns text around: such scalars are written
    /// as `\n`, `\r`, `\t` or `\u{1b}`.
    package static func escaped(_ text: String, maximumBytes: Int = .max) -> String {
        let text = Self.cut(text, maximumBytes: maximumBytes)
        guard !text.unicodeScalars.allSatisfy(Self.isSafe) else { return text }
        var result = ""
        for scalar in text.unicodeScalars { Self.append(scalar, to: &result) }
        return result
    }

    /// The text of several lines, each as ``escaped(_:maximumBytes:)`` writes it.
    package static func escapedLines(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy({ $0 == "\n" || Self.isSafe($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" { result.unicodeScalars.append(scalar) } else { Self.append(scalar, to: &result) }
        }
        return result
    }

    /// A whole JSON text, with what a terminal would act on escaped as JSON escapes it: it means the same.
    package static func escapedJSON(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy({ $0 == "\n" || Self.isSafe($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.unicodeScalars.append(scalar)
            // JSON has them between its values only; within a text they are escaped already.
            case "\r", "\t": result += " "
            case _ where Self.isSafe(scalar): result.unicodeScalars.append(scalar)
            default: result += Self.jsonEscape(scalar)
            }
        }
        return result
    }

    /// The text as the value of `name=value`: as it is when it is one plain word, else in quotes, escaped. A value never
    /// runs into what follows, and two texts never look the same.
    package static func value(_ text: String, maximumBytes: Int = .max) -> String {
        let text = Self.cut(text, maximumBytes: maximumBytes)
        guard !text.isEmpty, text.unicodeScalars.allSatisfy(Self.isPlain) else {
            var result = "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { result += "\\" }
                Self.append(scalar, to: &result)
            }
            return result + "\""
        }
        return text
    }

    /// The text as a string of JSON, in quotes; what a terminal would act on is escaped too.
    package static func json(_ text: String, maximumBytes: Int = .max) -> String {
        var result = "\""
        for scalar in Self.cut(text, maximumBytes: maximumBytes).unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where Self.isSafe(scalar): result.unicodeScalars.append(scalar)
            default: result += Self.jsonEscape(scalar)
            }
        }
        return result + "\""
    }

    private static func jsonEscape(_ scalar: Unicode.Scalar) -> String {
        var result = ""
        for unit in UTF16.encode(scalar) ?? .init() {
            let digits = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return result
    }

    private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
        if Self.isSafe(scalar) { result.unicodeScalars.append(scalar) } else { result += Self.written(scalar) }
    }

    /// A scalar that may not stand in a line, in letters: `\n`, `\r`, `\t` or `\u{1b}`.
    package static func written(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    /// A text as files and pastes hold it, without the byte order mark that some editors write before it.
    package static func withoutByteOrderMark(_ text: String) -> String {
        guard text.unicodeScalars.first == "\u{FEFF}" else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
    }

    /// May stand in a line of a log or a terminal as it is.
    package static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        // Among `format` are the controls of direction, joiners and tags.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\\", "=": false
        default: Self.isSafe(scalar) && !scalar.properties.isWhitespace
        }
    }
}
