import Identity
import Testing

@testable import sluice

@Suite struct BoundAddressTests {
    private func own(_ host: String, fixed: String? = nil) -> Set<URLAuthority> {
        let bound = BoundAddress(fixed: fixed, host: host)
        bound.set(port: 9190)
        return bound.own
    }

    private func at(_ host: String, _ port: Int = 9190) -> URLAuthority { URLAuthority(host: host, port: port) }

    @Test(arguments: ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::"])
    func `loopback names lead here when the API listens there`(host: String) {
        #expect(self.own(host).isSuperset(of: [self.at("localhost"), self.at("127.0.0.1"), self.at("::1")]))
        #expect(self.own(host).contains(self.at(host)))
    }

    @Test(arguments: ["10.1.2.3", "fd00::1", "gateway.example", "127.example"])
    func `they lead to whoever has the port when it listens elsewhere`(host: String) {
        #expect(self.own(host) == [self.at(host)])
        #expect(self.own(host, fixed: "https://sluice.example") == [self.at(host), self.at("sluice.example", 443)])
    }
}
