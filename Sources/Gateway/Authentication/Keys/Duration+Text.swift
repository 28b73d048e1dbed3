extension Duration {
    /// Reads a length of time as the management API writes it: `10s`, `1h`, `1.5m`, `500ms`.
    ///
    /// A number, with a fraction or without, and one unit of `ns`, `us`, `µs`, `ms`, `s`, `m`, `h`. Nil for anything
    /// else, and for more than a hundred years.
    package init?(text: String) {
        let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let digits = number.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.count <= 2, digits.allSatisfy({ !$0.isEmpty }), let value = Double(String(number)) else {
            return nil
        }
        let secondsPerUnit: Double
        switch text.dropFirst(number.count) {
        case "ns": secondsPerUnit = 1e-9
        case "us", "\u{B5}s", "\u{3BC}s": secondsPerUnit = 1e-6
        case "ms": secondsPerUnit = 1e-3
        case "s": secondsPerUnit = 1
        case "m": secondsPerUnit = 60
        case "h": secondsPerUnit = 3600
        default: return nil
        }
        let seconds = value * secondsPerUnit
        guard seconds <= 100 * 366 * 24 * 3600 else { return nil }
        self = .seconds(seconds)
    }
}
