/// Kafka's rule for names of topics.
package enum TopicName {
    package static let maximumBytes = 249

    /// Whether a topic can have the name: 1 to 249 ASCII letters, digits, dots, underscores and hyphens, and neither `.`
    /// nor `..`.
    package static func isLegal(_ name: String) -> Bool {
        guard (1...Self.maximumBytes).contains(name.utf8.count), name != ".", name != ".." else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
