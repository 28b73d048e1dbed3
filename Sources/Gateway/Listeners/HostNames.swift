import NIOCore
import NIOPosix
import Resources

/// Finds the addresses of the host names that listeners are on.
///
/// The call that looks a name up blocks its thread for as long as DNS does not answer, and cannot be ended. So it has
/// threads of its own, runs once at a time for a name, and each caller waits no longer than its own patience.
actor HostNames {
    typealias Results = [String: Result<SocketAddress, any Error>]

    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        return pool
    }()

    private let lookup: @Sendable (String) async throws -> SocketAddress
    private var running: [String: Task<SocketAddress, any Error>] = [:]

    init(
        lookup: @escaping @Sendable (String) async throws -> SocketAddress = { name in
            try await HostNames.threads.runIfActive { try SocketAddress.makeAddressResolvingHost(name, port: 0) }
        }
    ) {
        self.lookup = lookup
    }

    /// - Parameter patience: The time to wait for all of them together. A name that takes longer is missing in the
    ///   result, and its lookup continues for the next caller.
    func addresses(of names: Set<String>, patience: Duration) async -> Results {
        guard !names.isEmpty else { return [:] }
        let (results, continuation) = AsyncStream.makeStream(of: (String, Result<SocketAddress, any Error>).self)
        for name in names {
            let task = self.task(for: name)
            Task { continuation.yield((name, await task.result)) }
        }
        let timer = Task {
            try? await Task.sleep(for: patience)
            continuation.finish()
        }
        defer { timer.cancel() }
        var found: Results = [:]
        for await (name, result) in results {
            found[name] = result
            if found.count == names.count { break }
        }
        return found
    }

    private func task(for name: String) -> Task<SocketAddress, any Error> {
        if let task = self.running[name] { return task }
        let lookup = self.lookup
        let task = Task {
            let result: Result<SocketAddress, any Error>
            do { result = .success(try await lookup(name)) } catch { result = .failure(error) }
            self.running[name] = nil
            return try result.get()
        }
        self.running[name] = task
        return task
    }
}

/// The lookup of a name takes longer than its listener may wait.
struct HostNameUnanswered: Error, CustomStringConvertible {
    var name: String
    var description: String { "the host name \(self.name) cannot be resolved: DNS does not answer" }
}

extension BindingKey {
    /// The host name that has to be looked up; nil for an address. Nil also for a text that is neither.
    var hostName: String? {
        switch ListenerAddress(text: self.address) {
        case .host(let name)?: name
        case .ipv4?, .ipv6?: nil
        case nil: self.address
        }
    }

    /// The address to bind.
    ///
    /// - Parameters:
    ///   - found: The results of the lookups.
    ///   - known: Earlier addresses of names, for names that were not looked up or whose DNS does not answer.
    func socketAddress(_ found: HostNames.Results, known: [String: SocketAddress] = [:]) throws -> SocketAddress {
        guard let name = self.hostName else {
            return try SocketAddress(
                ipAddress: ListenerAddress(text: self.address)?.text ?? self.address, port: self.port)
        }
        guard var address = try found[name]?.get() ?? known[name] else { throw HostNameUnanswered(name: name) }
        address.port = self.port
        return address
    }
}
