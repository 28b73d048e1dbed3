/// What Kafka accepts as a topic's name. The sandbox has its own rule, since it is the peer in tests.
enum TopicName {
    static let maximumLength = 249
    /// The internal topics of a real cluster, which clients may not create here.
    static let reserved: Set<String> = ["__consumer_offsets", "__transaction_state", "__share_group_state"]

    /// The mistake in a name; nil when it is valid.
    static func fault(in name: String) -> String? {
        if name.isEmpty { return "Topic name is invalid: the empty string is not allowed" }
        if name == "." || name == ".." { return "Topic name is invalid: '.' and '..' are not allowed" }
        if name.utf8.count > Self.maximumLength {
            return "Topic name is invalid: it is longer than \(Self.maximumLength) characters"
        }
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default:
                false
            }
        }
        return allowed
            ? nil : "Topic name '\(name)' is invalid: only ASCII letters, digits, '.', '_' and '-' are allowed"
    }

    /// Names that differ only in '.' and '_' have the same form here: a real cluster's metrics cannot tell them apart.
    static func collisionForm(of name: String) -> String {
        String(name.map { $0 == "." ? "_" : $0 })
    }
}
