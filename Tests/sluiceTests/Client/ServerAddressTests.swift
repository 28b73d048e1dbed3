import Testing

@testable import sluice

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("http://localhost:9190/", "http://localhost:9190", "localhost", 9190),
        ("Example.ORG", "http://Example.ORG", "example.org", 80), ("https://h", "https://h", "h", 443),
        ("[::1]:9190", "http://[::1]:9190", "::1", 9190), ("https://h:8443/a/b//", "https://h:8443/a/b", "h", 8443),
    ])
    func `an address is read`(text: String, url: String, host: String, port: Int) throws {
        let address = try #require(ServerAddress(text))
        #expect(address.url == url)
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(arguments: [
        "", "ftp://h", "http://", "http://user:secret@h", "http://h?x=1", "http://h#a", "h:port", "/path",
    ])
    func `what is no address of a server is none`(text: String) {
        #expect(ServerAddress(text) == nil)
    }

    @Test(arguments: [
        ("http://127.0.0.1:9190", "http://127.0.0.1:9190", true), ("localhost:9190", "http://127.0.0.1:9190", true),
        ("http://LOCALHOST:9190/", "http://127.0.0.1:9190", true), ("[::1]:9190", "http://0.0.0.0:9190", true),
        ("http://127.0.0.1:9191", "http://127.0.0.1:9190", false),
        ("https://127.0.0.1:9190", "http://127.0.0.1:9190", false),
        ("http://example.org:9190", "http://127.0.0.1:9190", false),
        ("http://10.0.0.7:9190", "http://0.0.0.0:9190", false),
        ("http://127.0.0.1:9190/proxy", "http://127.0.0.1:9190", false),
        ("http://127.evil.example:9190", "http://127.0.0.1:9190", false),
        ("localhost:9190", "http://10.0.0.7:9190", false),
        ("http://localhost.evil.example:9190", "http://127.0.0.1:9190", false),
    ])
    func `a secret of this machine goes to its own instance and nowhere else`(named: String, own: String, same: Bool)
        throws
    {
        #expect(try #require(ServerAddress(named)).names(try #require(ServerAddress(own))) == same)
    }

    @Test(arguments: [
        ("localhost", true), ("a.localhost", true), ("127.9.9.9", true), ("[::1]", true), ("0.0.0.0", false),
        ("128.0.0.1", false), ("127.0.0.1.example", false), ("localhost.example", false), ("[fe80::1]", false),
    ])
    func `loopback is what does not leave the machine`(host: String, isLoopback: Bool) throws {
        #expect(try #require(ServerAddress(host)).isLoopback == isLoopback)
    }
}
