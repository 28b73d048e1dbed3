import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@Suite("Kafka ids")
struct KafkaUUIDTests {
    @Test
    func `the text is base64url of the sixteen bytes`() {
        var random = SeededGenerator(seed: 22)
        for _ in 0..<200 {
            let id = KafkaUUID(high: random.next(), low: random.next())
            let bytes = [id.high, id.low].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
            #expect(id.description == bytes.base64URL)
            #expect(KafkaUUID(id.description) == id)
        }
        #expect(KafkaUUID.zero.description == "AAAAAAAAAAAAAAAAAAAAAA")
    }

    @Test(arguments: [
        "", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAA+A",
        "AAAAAAAAAAAAAAAAAAAAé",
    ])
    func `a text of another form is no id`(_ text: String) {
        #expect(KafkaUUID(text) == nil)
    }

    @Test
    func `random ids differ and do not look like options on a command line`() {
        let ids = (0..<2_000).map { _ in KafkaUUID.random() }
        #expect(Set(ids).count == ids.count)
        #expect(!ids.contains { $0.description.hasPrefix("-") })
    }
}
