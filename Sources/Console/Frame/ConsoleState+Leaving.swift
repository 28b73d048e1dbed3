import EngineInterface
import Foundation

/// The ways to leave the console without a question.
enum Leaving: Equatable, Sendable {
    case suspending
    case quitting

    var effect: Effect {
        switch self {
        case .suspending: .suspend
        case .quitting: .quit
        }
    }
}

extension ConsoleState {
    /// The time in which a second Ctrl-Z or `:q` confirms the warning.
    private static let leavingSeconds = 10.0

    /// The number of clients that lose their connections when this process stops; 0 when the engine is in another
    /// process.
    var clientsServed: Int { self.options.isEngineInside ? self.data.snapshot?.connections.count ?? 0 : 0 }

    static func served(_ clients: Int) -> String {
        clients == 1 ? "1 client is served by this process" : "\(clients) clients are served by this process"
    }

    /// Leaves, or warns first if this process serves clients, because a stopped process answers none.
    mutating func leave(by leaving: Leaving) {
        let clients = self.clientsServed
        let isConfirmed = self.leaving.map { $0.by == leaving && $0.until >= self.now } ?? false
        guard clients > 0, !isConfirmed else {
            self.leaving = nil
            return self.emit(leaving.effect)
        }
        self.leaving = (leaving, self.now.addingTimeInterval(Self.leavingSeconds))
        self.say("\(Self.served(clients)). Repeat to do it.", .warning)
    }

    // MARK: The way to the engine

    var isNotConnected: Bool {
        if case .notConnected = self.data.freshness { true } else { false }
    }

    /// Tries to reach the engine now, without waiting for the next attempt.
    mutating func reconnect() {
        guard !self.options.isEngineInside else { return self.say("The engine is in this process.") }
        guard self.reconnecting == nil else { return }
        self.reconnecting = self.ask(.reconnect, for: self.place)
    }
}
