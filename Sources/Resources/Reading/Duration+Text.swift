extension Duration {
    /// Reads a span of time as the API writes it: a decimal number and `ns`, `us`, `µs`, `ms`, `s`, `m` or `h`.
    ///
    /// - Returns: nil for any other form, and for 10,000 hours and more.
    package init?(durationText text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let nanosecondsPerUnit: Double
        switch text[digits.endIndex...] {
        case "ns": nanosecondsPerUnit = 1
        case "us", "µs", "μs": nanosecondsPerUnit = 1e3
        case "ms": nanosecondsPerUnit = 1e6
        case "s": nanosecondsPerUnit = 1e9
        case "m": nanosecondsPerUnit = 60e9
        case "h": nanosecondsPerUnit = 3600e9
        default: return nil
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), let number = Double(digits) else {
            return nil
        }
        let nanoseconds = (number * nanosecondsPerUnit).rounded()
        guard nanoseconds < 3600e9 * 10_000 else { return nil }
        self = .nanoseconds(Int64(nanoseconds))
    }
}
