import EngineInterface
import Foundation

/// How a user leaves a console at once, without a question.
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
    /// How long the second Ctrl-Z or `:q` counts as the answer to the warning.
    private static let leavingSeconds = 10.0

    /// Clients that lose their connections when this process stops; 0 when the engine is elsewhere.
    var clientsServed: Int { self.options.isEngineInside ? self.data.snapshot?.connections.count ?? 0 : 0 }

    static func served(_ clients: Int) -> String {
        clients == 1 ? "1 client is served by this process" : "\(clients) clients are served by this process"
    }

    /// Leaves, or says first who is served by this process: a stopped process answers no client.
    mutating func leave(by leaving: Leaving) {
        let clients = self.clientsServed
        let isConfirmed = self.leaving.map { $0.by == leaving && $0.until >= self.now } ?? false
        guard clients > 0, !isConfirmed else {
            self.leaving = nil
            return self.emit(leaving.effect)
        }
        self.leaving = (leaving, self.now.addingTimeInterval(Self.leavingSeconds))
        self.say("\(Self.served(clients)); again to do it.", .warning)
    }

    // MARK: The way to the engine

    var isNotConnected: Bool {
        if case .notConnected = self.data.freshness { true } else { false }
    }

    /// Does not wait for the next attempt.
    mutating func reconnect() {
        guard !self.options.isEngineInside else { return self.say("The engine is in this process.") }
        guard self.reconnecting == nil else { return }
        self.reconnecting = self.ask(.reconnect, for: self.place)
    }
}
