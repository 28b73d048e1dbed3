import Foundation
import Resources

/// The time window of a traffic table, and the sample that it shows.
struct TrafficView: Sendable {
    struct Frozen: Sendable {
        var traffic: Traffic
        var at: Date
    }

    var window: TimeWindow
    /// The sample that is shown while paused.
    var frozen: Frozen?
    /// The sample and the gateway that the table was ordered for; nil before the first time.
    fileprivate var orderedSample: Int?
    fileprivate var orderedGateway: String?

    init(window: TimeWindow) {
        self.window = window
    }
}

/// A table of the engine's figures, sorted with each sample, that can be paused.
protocol TrafficScreen: TableScreen {
    var view: TrafficView { get set }

    /// Whether another window can mean another order.
    static var sortsByWindow: Bool { get }

    /// Ids of the rows that match the filter, sorted.
    static func order(_ traffic: Traffic, _ state: ConsoleState) -> [String]
    /// The rows are in order.
    static func settled(_ state: inout ConsoleState)
    /// New data that is not a sample may have arrived.
    static func newsCame(_ state: inout ConsoleState)
}

extension TrafficScreen {
    static func settled(_ state: inout ConsoleState) {}
    static func newsCame(_ state: inout ConsoleState) {}

    var window: TimeWindow { self.view.window }
    var frozen: TrafficView.Frozen? { self.view.frozen }

    /// The traffic on the screen: the current one, or that of the pause.
    static func shown(_ state: ConsoleState) -> Traffic {
        state[keyPath: Self.path].frozen?.traffic ?? state.data.traffic
    }

    // MARK: Events

    static func arrived(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    static func dataChanged(_ state: inout ConsoleState) {
        let view = state[keyPath: Self.path].view
        guard state.place == Self.place, view.frozen == nil else { return }
        Self.newsCame(&state)
        let gateway = state.data.gateway?.id
        let isOther = gateway != view.orderedGateway
        guard isOther || state.data.traffic.samples != view.orderedSample else { return }
        state[keyPath: Self.path].view.orderedGateway = gateway
        Self.settle(&state, force: isOther, isFilterNew: isOther)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true, isFilterNew: true) }

    static func settle(_ state: inout ConsoleState, force: Bool) {
        Self.settle(&state, force: force, isFilterNew: false)
    }

    /// Sorts the rows, at most once a second, because ten thousand of them take a while.
    private static func settle(_ state: inout ConsoleState, force: Bool, isFilterNew: Bool) {
        if state[keyPath: Self.path].view.orderedSample == nil { Self.restoreSort(&state) }
        let traffic = Self.shown(state)
        state[keyPath: Self.path].view.orderedSample = traffic.samples
        let order = Self.order(traffic, state)
        if isFilterNew { state[keyPath: Self.path].table.showOnly(order) }
        let isFirst = state[keyPath: Self.path].table.order.isEmpty
        state[keyPath: Self.path].table.settle(
            order, now: state.now, lastKey: state.lastKey, force: force || isFirst)
        Self.settled(&state)
    }

    // MARK: Window and pause

    static var windowCommand: Command {
        Command(
            "\(Self.place.name) window", "choose the next time window", hint: "window", keys: [.character("w")],
            in: .place(Self.place), argument: "[1m|5m|15m|1h]", completions: { _ in TimeWindow.allCases.map(\.label) }
        ) { state, label in
            guard let window = label.isEmpty ? state[keyPath: Self.path].window.next : TimeWindow(label: label) else {
                return state.say("There is no window '\(label)'. Windows are 1m, 5m, 15m and 1h.", .error)
            }
            state[keyPath: Self.path].view.window = window
            if Self.sortsByWindow { Self.settle(&state, force: true) }
        }
    }

    static var pauseCommand: Command {
        Command(
            "\(Self.place.name) pause", "pause the view, or continue", hint: "pause", keys: [.space],
            in: .place(Self.place)
        ) { state, _ in
            Self.pause(&state)
        }
    }

    static func pause(_ state: inout ConsoleState) {
        if state[keyPath: Self.path].frozen == nil {
            state[keyPath: Self.path].view.frozen = TrafficView.Frozen(traffic: state.data.traffic, at: state.now)
            Self.settled(&state)
            state.say("Paused. The engine keeps counting; Space returns to now.")
        } else {
            state[keyPath: Self.path].view.frozen = nil
            Self.settle(&state, force: true)
        }
    }

    /// The number of changes since the pause, for the title row; nil while the place is live.
    static func pausedNews(_ state: ConsoleState) -> Int? {
        guard let frozen = state[keyPath: Self.path].frozen else { return nil }
        return Int(clamping: Traffic.growth(state.data.traffic.totals.all, frozen.traffic.totals.all))
    }
}
