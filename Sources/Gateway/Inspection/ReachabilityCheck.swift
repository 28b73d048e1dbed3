import EngineInterface
import Foundation
import KafkaProtocol
import NIOCore
import NIOPosix

/// Tries to reach the addresses that a configuration might name. Every outcome is a report; nothing is kept.
struct ReachabilityCheck: Sendable {
    let group: MultiThreadedEventLoopGroup

    func backend(_ bootstrapServers: [String]) async -> ReachabilityReport {
        let clock = ContinuousClock()
        let start = clock.now
        var reasons: [String] = []
        for server in bootstrapServers.prefix(20) {
            guard let address = BrokerAddress(server: server) else {
                reasons.append("\(server.quoted()) is not host:port")
                continue
            }
            do {
                let link = try await BrokerLink.open(address, on: self.group.next())
                let metadata: MetadataResponse
                do {
                    metadata = try await BackendInquiry(link: link).metadata()
                    await link.close()
                } catch {
                    await link.close()
                    throw error
                }
                let nodes = metadata.brokers.map(\.nodeId).sorted()
                let milliseconds = (clock.now - start).milliseconds
                let brokers = nodes.count == 1 ? "1 broker" : "\(nodes.count) brokers"
                return ReachabilityReport(
                    reachable: true, detail: "\(address): \(brokers) in \(milliseconds.inWords)",
                    milliseconds: milliseconds, nodeIDs: nodes)
            } catch {
                reasons.append("\(address): \(describe(error))")
            }
        }
        return ReachabilityReport(
            reachable: false,
            detail: reasons.isEmpty ? "no bootstrap server is named" : reasons.joined(separator: "; "),
            milliseconds: (clock.now - start).milliseconds)
    }

    func jwks(_ url: String) async -> ReachabilityReport {
        let clock = ContinuousClock()
        let start = clock.now
        func failed(_ reason: String) -> ReachabilityReport {
            ReachabilityReport(reachable: false, detail: reason, milliseconds: (clock.now - start).milliseconds)
        }
        do {
            let bytes = try await JWKSFetcher().fetch(url, timeout: .seconds(10))
            let keys = try await KeySet(parsing: bytes)
            let milliseconds = (clock.now - start).milliseconds
            let skipped = keys.skipped.isEmpty ? "" : "; \(keys.skipped.joined(separator: "; "))"
            guard !keys.keys.isEmpty else { return failed("it has no key that tokens can be verified with\(skipped)") }
            let count = keys.keys.count == 1 ? "1 key" : "\(keys.keys.count) keys"
            return ReachabilityReport(
                reachable: true, detail: "\(count) in \(milliseconds.inWords)\(skipped)", milliseconds: milliseconds)
        } catch {
            return failed("\(error)")
        }
    }

    /// - Parameter owner: The listener of this engine that has the port, if one does.
    func port(_ address: String, _ port: Int, owner: String?) async -> ReachabilityReport {
        let clock = ContinuousClock()
        let start = clock.now
        let key = BindingKey(address: address, port: port)
        guard (1...65_535).contains(port) else {
            return ReachabilityReport(
                reachable: false, detail: "\(port) is not a port: 1 through 65535", milliseconds: 0)
        }
        if let owner {
            return ReachabilityReport(
                reachable: false, detail: "\(key) is in use by listener '\(owner)' of this instance", milliseconds: 0)
        }
        do {
            let sockets = SystemSockets(group: self.group) { channel, _ in channel.close() }
            let found = await HostNames().addresses(of: Set([key.hostName].compactMap(\.self)), patience: .seconds(5))
            await (try await sockets.open(key, at: key.socketAddress(found))).close()
            return ReachabilityReport(
                reachable: true, detail: "\(key) is free", milliseconds: (clock.now - start).milliseconds)
        } catch {
            return ReachabilityReport(
                reachable: false, detail: "\(key): \(bindingFailure(error))",
                milliseconds: (clock.now - start).milliseconds)
        }
    }
}

extension Duration {
    /// The duration in milliseconds, with fractions.
    var milliseconds: Double { self / .milliseconds(1) }
}

extension Double {
    /// Milliseconds as sentences say them: `41 ms`, `0.4 ms`.
    var inWords: String { self < 1 ? "\((self * 10).rounded() / 10) ms" : "\(Int(self.rounded())) ms" }
}
