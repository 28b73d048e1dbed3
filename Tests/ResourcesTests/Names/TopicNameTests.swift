import Resources
import Testing

@Suite struct `Names of topics` {
    @Test(arguments: [
        "a", "orders.v1", "__consumer_offsets", "A-Z_0.9", "...", String(repeating: "x", count: 249),
    ])
    func `a topic can have the name`(_ name: String) {
        #expect(TopicName.isLegal(name))
    }

    @Test(arguments: ["", ".", "..", "a b", "a/b", "é", "a\n", "a:b", "a\u{0}", String(repeating: "x", count: 250)])
    func `no topic can have the name`(_ name: String) {
        #expect(!TopicName.isLegal(name))
    }
}
