internal import Synchronization

/// How many connections the management API holds, and whose: strangers share a part of the places, each address a part
/// of that, and the rest is kept for peers on this machine and for those that have shown the admin token.
///
/// A connection that comes when its part is full takes the place of one that only waits: the one that has waited longest.
/// When none waits, it takes the place of the stranger whose answer takes longest, because whoever does not read its answer
/// can make it last. So nobody keeps others out by holding connections open; only a peer on this machine and one with the
/// token is never given up while it is being answered.
package final class ConnectionPlaces: Sendable {
    package struct Shares: Equatable, Sendable {
        /// All connections together.
        package var total: Int
        /// Connections of strangers: neither on this machine nor with the token.
        package var strangers: Int
        /// Strangers of one address.
        package var address: Int

        /// - Parameter total: what the limit on open files leaves for the management API.
        package init(total: Int) {
            self.total = max(1, total)
            self.strangers = max(1, self.total - max(2, self.total / 4))
            self.address = max(1, self.strangers / 2)
        }
    }

    private struct Connection {
        var address: PeerAddress
        var hasToken = false
        /// A whole request is there and its answer is not.
        var isAnswered = false
        /// When it began to wait, or to be answered: a number that rises with each such event.
        var since: UInt64
        var close: @Sendable () -> Void

        var isStranger: Bool { !self.hasToken && !self.address.isLoopback }
    }

    private struct State {
        var connections: [UInt64: Connection] = [:]
        var clock: UInt64 = 0

        mutating func tick() -> UInt64 {
            self.clock += 1
            return self.clock
        }
    }

    package let shares: Shares
    private let state = Mutex(State())

    package init(_ shares: Shares) {
        self.shares = shares
    }

    package var count: Int { self.state.withLock { $0.connections.count } }

    /// Gives a connection a place.
    ///
    /// - Parameter close: closes it, when another takes its place; called on any thread.
    /// - Returns: its number; nil when there is no place.
    package func enter(_ address: PeerAddress, close: @escaping @Sendable () -> Void) -> UInt64? {
        let (number, loser) = self.state.withLock { state -> (UInt64?, Connection?) in
            var loser: UInt64?
            if !address.isLoopback {
                let strangers = state.connections.filter(\.value.isStranger)
                let own = strangers.filter { $0.value.address == address }
                if own.count >= self.shares.address {
                    loser = Self.longestWaiting(own) ?? Self.longestAnswered(own)
                    if loser == nil { return (nil, nil) }
                } else if strangers.count >= self.shares.strangers {
                    let busiest = Self.ofBusiestAddress(strangers)
                    loser =
                        Self.longestWaiting(busiest) ?? Self.longestWaiting(strangers) ?? Self.longestAnswered(busiest)
                    if loser == nil { return (nil, nil) }
                }
            }
            if loser == nil, state.connections.count >= self.shares.total {
                let others = state.connections.filter { !$0.value.hasToken }
                loser =
                    Self.longestWaiting(Self.ofBusiestAddress(others)) ?? Self.longestWaiting(others)
                    ?? Self.longestWaiting(state.connections)
                    ?? Self.longestAnswered(Self.ofBusiestAddress(others.filter(\.value.isStranger)))
                if loser == nil { return (nil, nil) }
            }
            let gone = loser.flatMap { state.connections.removeValue(forKey: $0) }
            let number = state.tick()
            state.connections[number] = Connection(address: address, since: number, close: close)
            return (number, gone)
        }
        loser?.close()
        return number
    }

    /// The head of a request has come, with the token or without it.
    package func identify(_ number: UInt64, hasToken: Bool) {
        self.state.withLock { $0.connections[number]?.hasToken = hasToken }
    }

    /// A whole request has come and is being answered.
    package func beginAnswer(_ number: UInt64) {
        self.state.withLock { state in
            guard state.connections[number]?.isAnswered == false else { return }
            let now = state.tick()
            state.connections[number]?.isAnswered = true
            state.connections[number]?.since = now
        }
    }

    /// It waits again.
    package func endAnswer(_ number: UInt64) {
        self.state.withLock { state in
            let now = state.tick()
            state.connections[number]?.isAnswered = false
            state.connections[number]?.since = now
        }
    }

    package func leave(_ number: UInt64) {
        self.state.withLock { _ = $0.connections.removeValue(forKey: number) }
    }

    private static func longestWaiting(_ connections: [UInt64: Connection]) -> UInt64? {
        connections.filter { !$0.value.isAnswered }.min { $0.value.since < $1.value.since }?.key
    }

    private static func longestAnswered(_ connections: [UInt64: Connection]) -> UInt64? {
        connections.filter(\.value.isAnswered).min { $0.value.since < $1.value.since }?.key
    }

    private static func ofBusiestAddress(_ connections: [UInt64: Connection]) -> [UInt64: Connection] {
        let counts = Dictionary(grouping: connections.values, by: \.address).mapValues(\.count)
        guard let busiest = counts.max(by: { $0.value < $1.value })?.key else { return [:] }
        return connections.filter { $0.value.address == busiest }
    }
}
