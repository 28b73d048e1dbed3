import EngineInterface
import Foundation
import Logging
import NIOCore
import Resources
import Synchronization
import Testing

@testable import Gateway

private let one = BindingKey(address: "127.0.0.1", port: 1)
private let two = BindingKey(address: "127.0.0.1", port: 2)
private let everywhere = BindingKey(address: "0.0.0.0", port: 1)

/// The ports of an imaginary machine. Opening takes a while, so that calls may overlap.
private final class ImaginaryPorts: ListeningSockets {
    struct State {
        /// Whether each open socket accepts.
        var open: [BindingKey: Bool] = [:]
        /// Held by other processes.
        var foreign: Set<BindingKey> = []
        /// Sockets that were opened beside one of our own that takes the same port.
        var collisions: [String] = []
        var opened = 0
        var closed: Set<BindingKey> = []
    }

    private struct Socket: ListeningSocket {
        let key: BindingKey
        let ports: ImaginaryPorts

        func accept() async {
            await Task.yield()
            self.ports.state.withLock { $0.open[self.key]? = true }
        }

        func close() async {
            await Task.yield()
            self.ports.state.withLock { state in
                state.open[self.key] = nil
                state.closed.insert(self.key)
            }
        }
    }

    let state = Mutex(State())

    func open(_ key: BindingKey, at address: SocketAddress) async throws -> any ListeningSocket {
        #expect(address.port == key.port)
        await Task.yield()
        try self.state.withLock { state in
            if let other = state.open.keys.first(where: { $0.conflicts(with: key) }) {
                state.collisions.append("\(key) beside \(other)")
            }
            guard !(Array(state.open.keys) + state.foreign).contains(where: { $0.conflicts(with: key) }) else {
                throw IOError(errnoCode: EADDRINUSE, reason: "bind")
            }
            state.open[key] = false
            state.opened += 1
        }
        await Task.yield()
        return Socket(key: key, ports: self)
    }

    var open: Set<BindingKey> { self.state.withLock { Set($0.open.keys) } }
    var accepting: Set<BindingKey> { self.state.withLock { Set($0.open.filter(\.value).keys) } }

    func occupy(_ keys: BindingKey...) { self.state.withLock { $0.foreign.formUnion(keys) } }
    func vacate(_ key: BindingKey) { self.state.withLock { _ = $0.foreign.remove(key) } }
}

extension BindingKey {
    fileprivate func conflicts(with other: BindingKey) -> Bool {
        guard self.port == other.port, let own = ListenerAddress(text: self.address),
            let others = ListenerAddress(text: other.address)
        else { return false }
        return own.overlaps(others)
    }
}

private func listener(_ name: String, _ address: String, _ ports: ClosedRange<Int>) -> Listener {
    Listener(
        id: name, name: name, addresses: [address], ports: [PortSpecification(range: ports)], createdAt: .distantPast,
        updatedAt: .distantPast)
}

private func binder(
    _ ports: ImaginaryPorts, maximumSockets: Int = .max, patience: ListenerBinder.Patience = .init(),
    lookup: @escaping @Sendable (String) async throws -> SocketAddress = { _ in
        try SocketAddress(ipAddress: "127.0.0.1", port: 0)
    }
) -> ListenerBinder {
    ListenerBinder(
        sockets: ports, hostNames: HostNames(lookup: lookup), patience: patience,
        maximumSockets: maximumSockets, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

@Suite struct `Listener binder` {
    @Test func `what is bound for a change accepts nobody before the change is in force`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        try await binder.prepare([listener("a", "127.0.0.1", 1...1)])
        #expect(ports.open == [one])
        #expect(ports.accepting == [])
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        #expect(ports.accepting == [one])
    }

    @Test func `a listener that is DOWN refuses no change of another, nor of itself`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        ports.occupy(one)
        await binder.apply([listener("down", "127.0.0.1", 1...1)])
        #expect(await binder.failures == [one: "address already in use"])
        var renamed = listener("down", "127.0.0.1", 1...1)
        renamed.description = "words"
        try await binder.prepare([renamed, listener("new", "127.0.0.1", 2...2)])
        await binder.apply([renamed, listener("new", "127.0.0.1", 2...2)])
        #expect(ports.accepting == [two])
        #expect(await binder.failures.keys.map(\.port) == [1])
        ports.vacate(one)
        await binder.retry()
        #expect(ports.accepting == [one, two])
        #expect(await binder.failures == [:])
    }

    @Test func `a port that a change adds to a listener that is DOWN has to be free`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        ports.occupy(one, two)
        await binder.apply([listener("down", "127.0.0.1", 1...1)])
        let error = await #expect(throws: ListenerBindError.self) {
            try await binder.prepare([listener("down", "127.0.0.1", 1...2)])
        }
        #expect(error?.failures.map(\.port) == [2])
    }

    @Test(arguments: [("127.0.0.1", "0.0.0.0"), ("0.0.0.0", "127.0.0.1"), ("::1", "::"), ("kafka.test", "127.0.0.1")])
    func `an address is widened and narrowed on its port`(_ before: String, _ after: String) async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", before, 1...3)])
        try await binder.prepare([listener("a", after, 1...3)])
        await binder.apply([listener("a", after, 1...3)])
        #expect(ports.accepting == Set(ListenerBinder.bindings(of: listener("a", after, 1...3))))
    }

    @Test func `two listeners swap their ports in one change`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", "127.0.0.1", 1...1), listener("b", "0.0.0.0", 2...2)])
        let swapped = [listener("a", "127.0.0.1", 2...2), listener("b", "0.0.0.0", 1...1)]
        try await binder.prepare(swapped)
        await binder.apply(swapped)
        #expect(ports.accepting == [everywhere, two])
    }

    @Test func `an address that is spelled otherwise is the same`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", "localhost", 1...1), listener("b", "0:0::1", 1...1)])
        let respelled = [listener("a", "127.0.0.1", 1...1), listener("b", "::1", 1...1)]
        try await binder.prepare(respelled)
        await binder.apply(respelled)
        #expect(ports.state.withLock { $0.opened } == 2)
    }

    @Test func `a handover that fails gives back what it took`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        ports.occupy(BindingKey(address: "127.0.0.2", port: 1))
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        let error = await #expect(throws: ListenerBindError.self) {
            try await binder.prepare([listener("a", "0.0.0.0", 1...1)])
        }
        #expect(error?.failures == [.init(address: "0.0.0.0", port: 1, reason: "address already in use")])
        #expect(ports.accepting == [one])
    }

    @Test func `a change that is not applied is taken back by what is in force`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        try await binder.prepare([listener("a", "0.0.0.0", 1...1), listener("b", "127.0.0.1", 2...2)])
        await binder.retry()
        #expect(ports.open == [everywhere, two])
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        #expect(ports.accepting == [one])
        #expect(ports.open == [one])
    }

    @Test func `a rehearsal finds what cannot be bound, and closes nothing`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        ports.occupy(two)
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        try await binder.rehearse([listener("a", "0.0.0.0", 1...1), listener("b", "127.0.0.1", 3...3)])
        let error = await #expect(throws: ListenerBindError.self) {
            try await binder.rehearse([listener("a", "127.0.0.1", 1...3)])
        }
        #expect(error?.failures.map(\.port) == [2])
        #expect(ports.accepting == [one])
        #expect(ports.open == [one])
        // The one socket that is in force was never closed.
        #expect(ports.state.withLock { $0.closed } == [BindingKey(address: "127.0.0.1", port: 3)])
    }

    @Test func `more sockets than there are files for are refused with the number that is free`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports, maximumSockets: 5)
        await binder.apply([listener("a", "127.0.0.1", 1...3)])
        let error = await #expect(throws: ListenerBindError.self) {
            try await binder.prepare([listener("a", "127.0.0.1", 1...2), listener("b", "127.0.0.1", 5...8)])
        }
        #expect(
            error
                == ListenerBindError(
                    listener: "b", failures: [], shortage: .init(needed: 4, free: 3, maximum: 5)))
        #expect(ports.state.withLock { $0.opened } == 3)
        // What is given up makes room.
        try await binder.prepare([listener("b", "127.0.0.1", 5...9)])
        await binder.apply([listener("b", "127.0.0.1", 5...9)])
        #expect(ports.accepting.count == 5)
    }

    @Test func `a configuration from before a lower limit is opened as far as files go, and can be made smaller`()
        async throws
    {
        let ports = ImaginaryPorts()
        let binder = binder(ports, maximumSockets: 2)
        await binder.apply([listener("a", "127.0.0.1", 1...4)])
        #expect(ports.accepting.count == 2)
        #expect(await binder.failures.count == 2)
        try await binder.prepare([listener("a", "127.0.0.1", 1...3)])
        await binder.apply([listener("a", "127.0.0.1", 1...3)])
        #expect(ports.accepting.count == 2)
        #expect(await binder.failures.count == 1)
    }

    @Test func `what was prepared is taken back without a configuration`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        try await binder.prepare([listener("a", "0.0.0.0", 1...1), listener("b", "127.0.0.1", 2...2)])
        await binder.takeBack()
        #expect(ports.accepting == [one])
        #expect(ports.open == [one])
    }

    @Test func `a host name that fails is looked up once for all its ports, and again by a retry`() async throws {
        let ports = ImaginaryPorts()
        let lookups = Mutex<[String]>([])
        let binder = binder(ports) { name in
            lookups.withLock { $0.append(name) }
            throw IOError(errnoCode: EADDRNOTAVAIL, reason: "lookup")
        }
        await binder.apply([listener("a", "kafka.test", 1...100)])
        #expect(lookups.withLock { $0 } == ["kafka.test"])
        #expect(await binder.failures.count == 100)
        #expect(Set(await binder.failures.values) == ["this machine does not have that address"])
        await binder.retry()
        #expect(lookups.withLock { $0 } == ["kafka.test", "kafka.test"])
    }

    @Test func `a DNS that does not answer is asked once, and its late answer is taken`() async throws {
        let ports = ImaginaryPorts()
        let lookups = Mutex(0)
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        let patience = ListenerBinder.Patience(change: .milliseconds(1), retry: .milliseconds(1))
        let binder = binder(ports, patience: patience) { _ in
            lookups.withLock { $0 += 1 }
            for await _ in answers {}
            return try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        }
        let reason = "the host name kafka.test cannot be resolved: DNS does not answer"
        let named = listener("named", "kafka.test", 3...4)
        let error = await #expect(throws: ListenerBindError.self) { try await binder.prepare([named]) }
        #expect(error?.failures.map(\.reason) == [reason, reason])
        await binder.apply([named])
        #expect(Set(await binder.failures.values) == [reason])
        await binder.retry()
        #expect(lookups.withLock { $0 } == 1)
        answer.finish()
        while await !binder.failures.isEmpty { await binder.retry() }
        #expect(ports.accepting.count == 2)
    }

    @Test(.timeLimit(.minutes(1))) func `a retry that waits for DNS keeps no change waiting`() async throws {
        let ports = ImaginaryPorts()
        let lookups = Mutex(0)
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let patience = ListenerBinder.Patience(change: .seconds(3_600), retry: .seconds(3_600))
        let binder = binder(ports, patience: patience) { _ in
            let count = lookups.withLock { count in
                count += 1
                return count
            }
            if count > 1 {
                ask.finish()
                for await _ in answers {}
            }
            throw IOError(errnoCode: EADDRNOTAVAIL, reason: "lookup")
        }
        let named = listener("named", "kafka.test", 3...4)
        await binder.apply([named])
        let retry = Task { await binder.retry() }
        for await _ in asked {}
        try await binder.prepare([named, listener("a", "127.0.0.1", 1...1)])
        await binder.apply([named, listener("a", "127.0.0.1", 1...1)])
        #expect(ports.accepting == [one])
        answer.finish()
        await retry.value
        #expect(lookups.withLock { $0 } == 2)
    }

    @Test func `nothing is opened once all is closed`() async throws {
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        await binder.closeAll()
        await binder.apply([listener("a", "127.0.0.1", 1...1)])
        await binder.retry()
        #expect(ports.open == [])
    }

    @Test(arguments: UInt64(0)..<200)
    func `in whatever order changes and retries come, exactly what is in force is open`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let ports = ImaginaryPorts()
        let binder = binder(ports)
        var inForce: [Listener] = []
        for _ in 0..<12 {
            // Other processes come and go.
            let key = BindingKey(address: "127.0.0.1", port: Int.random(in: 1...4, using: &generator))
            let isFree = !ports.open.contains { $0.conflicts(with: key) }
            if Bool.random(using: &generator), isFree { ports.occupy(key) } else { ports.vacate(key) }

            let wanted = Self.configuration(&generator)
            let keys = Set(inForce.flatMap(ListenerBinder.bindings))
            let foreign = ports.state.withLock { $0.foreign }
            let canBind = wanted.flatMap(ListenerBinder.bindings).allSatisfy { key in
                keys.contains(key) || !foreign.contains { $0.conflicts(with: key) }
            }
            // The retry comes before, between and after the steps of the change.
            let retries = Task {
                for _ in 0..<6 {
                    await binder.retry()
                    await Task.yield()
                }
            }
            do {
                try await binder.prepare(wanted)
                #expect(canBind)
                if Int.random(in: 0..<4, using: &generator) > 0 { inForce = wanted }
                await binder.apply(inForce)
            } catch is ListenerBindError {
                #expect(!canBind)
            }
            await retries.value
            await binder.retry()

            let expected = Set(inForce.flatMap(ListenerBinder.bindings)).filter { key in
                !foreign.contains { $0.conflicts(with: key) }
            }
            #expect(ports.accepting == expected)
            #expect(ports.open == expected)
            #expect(ports.state.withLock { $0.collisions } == [])
            let failures = await binder.failures
            #expect(Set(failures.keys).union(expected) == Set(inForce.flatMap(ListenerBinder.bindings)))
        }
    }

    /// Up to three listeners that do not overlap.
    private static func configuration(_ generator: inout SeededGenerator) -> [Listener] {
        var listeners: [Listener] = []
        let addresses = ["127.0.0.1", "0.0.0.0", "::1", "::", "127.0.0.2", "localhost"]
        for name in ["a", "b", "c"] {
            let low = Int.random(in: 1...4, using: &generator)
            let high = min(4, low + Int.random(in: 0...1, using: &generator))
            let candidate = listener(name, addresses.randomElement(using: &generator) ?? "::1", low...high)
            let clashes = listeners.contains { other in
                ListenerAddress.overlap(candidate.addresses, candidate.ports, with: other.addresses, other.ports) != nil
            }
            if !clashes { listeners.append(candidate) }
        }
        return listeners
    }
}
