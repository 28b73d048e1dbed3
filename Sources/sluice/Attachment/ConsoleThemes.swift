import Console
import ConsoleTerminal
import Foundation
import Synchronization

/// The theme in use, resolved for the terminal; read again when its file is saved.
final class ConsoleThemes: Sendable {
    private struct State {
        var mode: ThemeMode
        var watch: ThemeWatch
        var resolved: ResolvedTheme
        var problem: String?
        var lookedAt = ContinuousClock.now
    }

    private let wanted: ThemeChoice
    private let library: ThemeLibrary
    private let depth: ColourDepth
    private let state: Mutex<State>

    init(wanted: ThemeChoice, capabilities: TerminalCapabilities, environment: [String: String]) {
        let library = ThemeLibrary(environment: environment)
        self.wanted = wanted
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
        let (theme, problem) = library.theme(for: wanted, mode: ThemeMode(isLight: capabilities.isLight))
        self.state = Mutex(
            State(
                mode: ThemeMode(isLight: capabilities.isLight), watch: ThemeWatch(theme, stamps: library.stamps()),
                resolved: ResolvedTheme(theme, depth: depth),
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

    /// The terminal reported its background. A theme that was chosen meanwhile stays.
    /// - Returns: an event when another theme is in use now.
    func backgroundBecameKnown(isLight: Bool?) -> ConsoleEvent? {
        let mode = ThemeMode(isLight: isLight)
        let name = self.state.withLock { state -> String? in
            let (old, new) = (self.wanted.name(for: state.mode), self.wanted.name(for: mode))
            state.mode = mode
            return old == state.watch.name && old != new ? new : nil
        }
        return name.map(self.use)
    }

    /// Checks the files at most once a second.
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

extension ThemeMode {
    /// - Parameter isLight: whether the background is light; nil when it is not known.
    fileprivate init(isLight: Bool?) {
        self = isLight.map { $0 ? .light : .dark } ?? .any
    }
}
