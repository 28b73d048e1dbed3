import Console

/// The keys of a terminal's description that send their own sequences.
enum TerminalKeys {
    private static let names: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ("kbs", .backspace), ("kent", .enter),
        ] + (1...12).map { ("kf\($0)", .function($0)) }

    /// - Parameter string: looks a capability up.
    static func described(_ string: (String) -> UnsafePointer<CChar>?) -> [[UInt8]: Key] {
        var keys: [[UInt8]: Key] = [:]
        for (name, key) in self.names {
            guard let text = string(name) else { continue }
            let bytes = Array(String(cString: text).utf8)
            // One byte is a control character, which means the same everywhere.
            if bytes.count > 1, bytes.count <= 16, bytes[0] == 0x1B { keys[bytes] = key }
        }
        return keys
    }
}
