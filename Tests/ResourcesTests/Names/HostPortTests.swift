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
}
