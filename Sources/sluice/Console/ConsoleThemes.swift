import Console
import ConsoleTerminal
import Foundation
import Synchronization

/// The theme in use, resolved for the terminal; read again when its file is saved.
final class ConsoleThemes: Sendable {
    private struct State {
        var watch: ThemeWatch
        var resolved: ResolvedTheme
        var problem: String?
        var lookedAt = ContinuousClock.now
    }

    private let library: ThemeLibrary
    private let depth: ColourDepth
    private let state: Mutex<State>

    init(wanted: ThemeChoice, capabilities: TerminalCapabilities, environment: [String: String]) {
        let library = ThemeLibrary(environment: environment)
        self.library = library
        let depth: ColourDepth =
            switch capabilities.colours {
            case ..<8: .mono
            case 8..<16: .colours8
            case 16..<88: .colours16
            case 88..<65_536: .colours256
            default: .truecolor
            }
        self.depth = depth
        let mode: ThemeMode =
            switch capabilities.background {
            case .dark: .dark
            case .light: .light
            case nil: .any
            }
        let (theme, problem) = library.theme(for: wanted, mode: mode)
        self.state = Mutex(
            State(
                watch: ThemeWatch(theme, stamps: library.stamps()), resolved: ResolvedTheme(theme, depth: depth),
                problem: problem))
    }

    var event: ConsoleEvent {
        self.state.withLock { .theme(name: $0.watch.theme.name, problem: $0.problem) }
    }

    /// The look of every role now.
    var looks: ResolvedTheme { self.state.withLock { $0.resolved } }

    /// Uses another theme; a broken one leaves the old one in use.
    func use(_ name: String) -> ConsoleEvent {
        let result: Result<Theme, ThemeError>
        do throws(ThemeError) { result = .success(try self.library.theme(named: name)) } catch {
            result = .failure(error)
        }
        return self.state.withLock { state in
            switch result {
            case .success(let theme):
                state.watch = ThemeWatch(theme, stamps: self.library.stamps())
                state.resolved = ResolvedTheme(theme, depth: self.depth)
                state.problem = nil
            case .failure(let error): state.problem = error.description
            }
            return .theme(name: state.watch.theme.name, problem: state.problem)
        }
    }

    /// Looks at the files once a second, at most.
    /// - Returns: an event when the theme changed or broke.
    func reloadIfChanged() -> ConsoleEvent? {
        self.state.withLock { state in
            guard state.lookedAt.duration(to: .now) >= .seconds(1) else { return nil }
            state.lookedAt = .now
            let change = state.watch.observe(self.library.stamps()) { name throws(ThemeError) in
                try self.library.theme(named: name)
            }
            switch change {
            case .none: return nil
            case .theme(let theme):
                state.resolved = ResolvedTheme(theme, depth: self.depth)
                state.problem = nil
            case .broken(let problem): state.problem = problem
            }
            return .theme(name: state.watch.theme.name, problem: state.problem)
        }
    }

    func summaries() -> [ThemeSummary] { self.library.previews().map(\.summary) }
}
