import Resources
import Testing

@Suite struct `Host and port` {
    @Test(arguments: [
        ("localhost:9092", "localhost", 9092), ("127.0.0.1:0", "127.0.0.1", 0), ("[::1]:65535", "::1", 65_535),
        ("::1:9092", "::1", 9092),
    ])
    func `text is read and written`(_ text: String, _ host: String, _ port: Int) {
        let place = HostPort(text: text)
        #expect(place == HostPort(host: host, port: port))
        #expect(place.flatMap { HostPort(text: $0.description) } == place)
    }

    @Test(arguments: ["", "localhost", ":9092", "[]:9092", "a:", "a:-1", "a:+1", "a:65536", "a:1x", "a: 1"])
    func `what has no host or no port is refused`(_ text: String) {
        #expect(HostPort(text: text) == nil)
    }

    @Test func `an IPv6 address stands in brackets, once`() {
        #expect(HostPort(host: "::", port: 1).description == "[::]:1")
        #expect(HostPort(host: "[::1]", port: 1).description == "[::1]:1")
        #expect(HostPort(host: "a.test", port: 1).description == "a.test:1")
    }

    @Test(arguments: [
        ("10.0.4.17:53122", "10.0.4.17"), ("[fd00::1]:9092", "fd00::1"), ("fd00::1", "fd00::1"), ("host:1", "host"),
        ("", ""), ("[", "["), (":", ""),
    ])
    func `a port is taken off an address`(text: String, address: String) {
        #expect(HostPort.withoutPort(text) == address)
    }

    @Test(arguments: [
        ("kafka.example.net:9092", "kafka.example.net", 9092), ("[2001:db8::10]:1", "2001:db8::10", 1),
        ("A-1:65535", "A-1", 65_535), ("a:0009092", "a", 9092),
    ])
    func `a server can be connected to`(_ text: String, _ host: String, _ port: Int) {
        #expect(HostPort(server: text) == HostPort(host: host, port: port))
    }

    @Test(arguments: [
        "", ":", "a", "a:", ":1", "a:0", "a:65536", "a:99999999999999999999", "::1:9092", "[]:1", "[g]:1", "[::1:9092",
        "a_b:1", "a b:1", "é:1", "a:+1", "a:١", "http://a:1", "a:1/",
    ])
    func `what no server can be named is refused`(_ text: String) {
        #expect(HostPort(server: text) == nil)
    }
}
