import Glibc
import Synchronization

/// Runs of neighbouring TCP ports that nothing on this machine uses now.
enum FreePorts {
    private static let handedOut = Mutex<Set<Int>>([])

    /// The first of `count` consecutive free ports, none of which was given out before in this process.
    ///
    /// They lie below the range from which the system picks ports for outgoing connections.
    static func first(of count: Int) throws -> Int {
        for _ in 0..<500 {
            let first = Int.random(in: 12_000...(31_900 - count))
            let ports = first..<(first + count)
            let reserved = self.handedOut.withLock { taken in
                guard taken.isDisjoint(with: ports) else { return false }
                taken.formUnion(ports)
                return true
            }
            if reserved, ports.allSatisfy(self.canBind) { return first }
        }
        throw TimedOut(description: "found no \(count) neighbouring free ports in 500 attempts")
    }

    private static func canBind(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = 0
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
