import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct FilterTests {
    private static let now = Date(timeIntervalSince1970: 1_000_000)

    private static let denial = DecisionRecord(
        sequence: 1, eventLoop: 0, ordinal: 1, time: now.addingTimeInterval(-120), gateway: "edge-1",
        virtualCluster: "vc-orders",
        principal: "svc-Orders", sessionID: 77, clientID: "app-1", api: "Produce", resourceType: .topic,
        resourceName: "orders.v1", operation: .write, verdict: .denied, rule: "acl_policy[0]",
        reason: "acl_policy[0] denies write on topics matching \"orders*\".")

    private static let connection = ConnectionView(
        sessionID: 5, gateway: "edge-1", listener: "example_listener", virtualCluster: "vc-orders",
        remoteAddress: "10.0.4.17:53122", localPort: 19_092, principal: "alice", authentication: "sasl_oauth_bearer",
        clientID: "app-1", clientSoftwareName: "librdkafka", clientSoftwareVersion: "2.6.1", upstream: "kafka1:9092",
        state: .active, connectedAt: now.addingTimeInterval(-7200), requests: 12, bytesIn: 900_000, bytesOut: 200_000,
        denied: 3)

    private static func matches(_ text: String) throws -> Bool {
        try Filter(parsing: text).matches(Self.denial, now: Self.now)
    }

    @Test(arguments: [
        "", "  ", "orders", "ORDERS", "orders write", "orders & write", "deny", "DENIED", "result:deny", "op:write",
        "operation:WRITE", "principal:svc-*", "principal:SVC-orders", "topic:orders.*", "topic:orders.v?",
        "resource:topic:*",
        "vc:vc-orders", "policy:acl_pol*", "rule:acl_policy[0]", "policy:acl_policy", "api:produce", "clientid:app-1",
        "session:77", "age:<5m", "age:>1m", "age:<=120", "age:2m", "!allow", "!(allow | filtered)", "allow | deny",
        "allow || deny",
        "deny && write", "(deny)", "~^svc-~", "~or.ers\\.v[0-9]~", "~Produce|Fetch~", "\"orders.v1\"",
        "topic:\"orders.v1\"",
        "*ders.v*", "!!deny", "deny !read", "orders.v1 deny (write|read) !group:*",
    ])
    func `lets a decision through`(text: String) throws {
        #expect(try Self.matches(text))
    }

    @Test(arguments: [
        "allow", "result:allowed", "read", "op:read", "principal:svc", "topic:orders", "group:*", "vc:other",
        "rule:acl_policy#2", "age:>5m", "age:<1m", "!deny", "deny & read", "allow | filtered", "~^orders$~",
        "listener:x", "lag:>1", "topic:\"orders.*\"", "client:10.0.0.0/8", "~^v1~",
    ])
    func `holds a decision back`(text: String) throws {
        #expect(try !Self.matches(text))
    }

    @Test(arguments: [
        ("client:10.0.0.0/8", true), ("client:10.0.4.16/31", true), ("client:10.0.4.18/31", false),
        ("client:0.0.0.0/0", true), ("client:10.0.4.17/32", true), ("client:fd00::/8", false),
        ("client:10.0.4.17", true), ("client:10.0.*", true), ("client:\"10.0.4.17:53122\"", true),
        ("bytes:>1M", true), ("bytes:>1.2M", false), ("bytes:<2MB", true), ("in:>=900K", true), ("out:>1MiB", false),
        ("denied:3", true), ("auth:oauth", true), ("software:librdkafka*", true), ("age:>1h30m", true),
        ("age:<1d", true), ("deny", true), ("10.0.4.17:53122", true), ("state:active", true), ("requests:>11", true),
    ])
    func `compares what a connection has`(text: String, expected: Bool) throws {
        #expect(try Filter(parsing: text).matches(Self.connection, now: Self.now) == expected)
    }

    @Test(arguments: [
        ("deny &", 6, "Something has to follow '&'."),
        ("| deny", 0, "A word or field:value is expected here."),
        ("(deny", 0, "This '(' has no ')'."),
        ("deny)", 4, "There is no '(' for this ')'."),
        ("!", 1, "Something has to follow '!'."),
        ("principle:x", 0, "There is no field 'principle'. Did you mean 'principal'?"),
        ("nonsense:x", 0, "There is no field 'nonsense'. Quote it to search for the text."),
        ("topic:", 6, "topic: needs a value, such as topic:abc*."),
        ("age:<5x", 5, "'5x' is not a time such as 5m or 1h30m."),
        ("bytes:>many", 7, "'many' is not a number such as 10 or 1.5M."),
        ("client:10.0.0/8", 7, "'10.0.0/8' is not a range such as 10.0.0.0/8."),
        ("client:10.0.0.0/33", 7, "'10.0.0.0/33' is not a range such as 10.0.0.0/8."),
        ("~a(b~", 2, "'(' has no ')'; write '\\(' for the character."),
        ("deny ~abc", 5, "A regular expression ends with '~'."),
        ("topic:\"abc", 6, "This quote is not closed."),
        ("~[a~", 1, "'[' has no ']'; write '\\[' for the character."),
        ("~e\u{301}(~", 2, "'(' has no ')'; write '\\(' for the character."),
        ("~a\\~\\~(~", 6, "'(' has no ')'; write '\\(' for the character."),
        ("~*a~", 1, "'*' has nothing before it to repeat; write '\\*' for the character."),
    ])
    func `says where a filter stops making sense`(text: String, position: Int, message: String) {
        #expect(throws: FilterError(position: position, message: message)) { try Filter(parsing: text) }
    }

    @Test func `nesting and length are bounded`() {
        #expect(throws: FilterError.self) {
            try Filter(parsing: String(repeating: "(", count: 41) + "a" + String(repeating: ")", count: 41))
        }
        #expect(throws: FilterError.self) { try Filter(parsing: String(repeating: "!", count: 100) + "a") }
        #expect(throws: FilterError.self) { try Filter(parsing: String(repeating: "a", count: 2001)) }
        #expect(throws: FilterError.self) { try Filter(parsing: "~(((a{100}){100}){100}){100}~") }
        #expect(throws: Never.self) {
            try Filter(parsing: String(repeating: "(", count: 39) + "a" + String(repeating: ")", count: 39))
        }
    }

    @Test(arguments: ["plain", "two words", "a\"b\\c", "*", "(x)", "é", "a&b|c", "", "<5", "svc-orders"])
    func `a term for a value matches that value alone`(value: String) throws {
        var record = Self.denial
        record.principal = value
        let filter = try Filter(parsing: Filter.term("principal", value))
        #expect(filter.matches(record))
        record.principal = value + "x"
        #expect(!filter.matches(record))
    }

    @Test func `no text traps, and what is read reads the same again`() {
        // Pieces that mean something, put together without sense; the generator has a seed.
        let pieces = [
            "deny", "allow", "topic", ":", "*", "?", "&", "|", "!", "(", ")", "~", "\"", "\\", " ", "age", "<", ">",
            "5m",
            "1M", "client", "10.0.0.0/8", "[", "]", "{2,", "}", "^", "$", "+", "é", "漢", "\u{0}", "\u{1B}", "-", ".",
            "d",
            "fd00::/8", "99999999999999999999", "{100}", "e\u{301}", "\u{202E}",
        ]
        var random = SeededGenerator(seed: 20_261_124)
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...14, using: &random))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            do throws(FilterError) {
                let filter = try Filter(parsing: text)
                _ = filter.matches(Self.denial, now: Self.now)
                _ = filter.matches(Self.connection, now: Self.now)
            } catch {
                #expect((0...text.count).contains(error.position), "\(text)")
                #expect(error.message.last == "." || error.message.last == "?", "\(error.message)")
            }
        }
    }

    @Test func `a regular expression takes no longer for being hostile`() throws {
        let filter = try Filter(parsing: "~(a*)*(a|aa)+$~")
        var record = Self.denial
        record.resourceName = String(repeating: "a", count: 2000) + "b"
        record.reason = ""
        #expect(!filter.matches(record))
    }

    @Test(arguments: [
        ("300", 300.0), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1.5s", 1.5), ("", nil), ("m", nil),
        ("5m3", nil), ("-1", nil), ("1e9", nil),
    ])
    func `times are read as people write them`(text: String, seconds: Double?) {
        #expect(QuantityText.seconds(text) == seconds)
    }

    @Test func `IPv4 in IPv6 is IPv4`() throws {
        let range = try #require(AddressRange("10.0.0.0/8"))
        #expect(range.contains("[::ffff:10.1.2.3]:99"))
        #expect(AddressRange("fd00::/8")?.contains("fd12:3456::1") == true)
        #expect(AddressRange("fe80::/10")?.contains("fe80::1%eth0") == true)
        #expect(AddressRange("1::2::3/8") == nil)
    }
}

/// Chance that is the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
