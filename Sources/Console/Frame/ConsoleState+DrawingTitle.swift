import Foundation
import Resources

/// The first row: the gateway, its problems, and the age of the data.
extension ConsoleState {
    /// Draws the row, shortened until it fits: the clock is dropped first, then the name is cut. The problems and the
    /// age of the data stay.
    func drawTitle(into grid: inout Grid, area: Rect) {
        guard !area.isEmpty else { return }
        let isWide = area.columns >= 60
        let title = TitleParts(self, columns: area.columns)
        let name = self.data.gateway?.name
        var column = area.column + 1
        if title.hasLabel { column = grid.write("GATEWAY ", column: column, row: area.row, role: .muted, limit: area) }
        if title.nameColumns > 0 {
            column =
                grid.write(
                    CellText.cut(title.name, to: title.nameColumns, ellipsis: self.glyphs.ellipsis),
                    column: column, row: area.row, role: name == nil ? .muted : .chromeTitle, limit: area) + 1
        }
        for badge in title.environment + title.health {
            column = grid.write("[\(badge.text)]", column: column, row: area.row, role: badge.role, limit: area) + 1
        }
        var right = area.endColumn - 1
        if title.hasClock {
            right -= CellText.width(title.clock)
            grid.write(title.clock, column: right, row: area.row, role: .muted, limit: area)
            right -= isWide ? 3 : 1
        }
        right -= CellText.width(title.state.text)
        if right >= column {
            grid.write(title.state.text, column: right, row: area.row, role: title.state.role, limit: area)
        }
        guard area.columns >= 100 else { return }
        if area.columns >= 140, let well = self.health.allWell {
            right -= CellText.width(well.text) + 3
            if right > column { grid.write(well.text, column: right, row: area.row, role: well.role, limit: area) }
        }
        let crumbs = ([self.place.title] + self.place.screen.crumbs(self)).joined(separator: self.glyphs.separator)
        grid.line(
            crumbs, column: column + 2, row: area.row, columns: max(0, right - column - 5), role: .chromeCrumb,
            glyphs: self.glyphs)
    }

    /// `env` label of the gateway, and whether this session may change anything.
    fileprivate var badges: [Health.Badge] {
        var badges: [Health.Badge] = []
        switch self.environment {
        case "prod": badges.append(.init(text: "PROD", role: .envProd))
        case "stage": badges.append(.init(text: "STAGE", role: .envStage))
        case "dev": badges.append(.init(text: "DEV", role: .envDev))
        case let other?:
            badges.append(.init(text: CellText.sanitised(String(other.prefix(12))).uppercased(), role: .envDev))
        case nil: break
        }
        if self.options.readOnlyReason != nil { badges.append(.init(text: "READ-ONLY", role: .envReadOnly)) }
        return badges
    }

    /// The label `env` of the gateway: `prod`, `stage`, `dev`.
    var environment: String? {
        guard let label = self.data.gateway?.labels["env"]?.lowercased(), !label.isEmpty else { return nil }
        switch label {
        case "production": return "prod"
        case "staging": return "stage"
        case "development": return "dev"
        default: return label
        }
    }

    fileprivate var freshness: Health.Badge {
        switch self.data.freshness {
        case .connecting: return .init(text: "... CONNECTING", role: .statePending)
        case .notConnected: return .init(text: "x NOT CONNECTED", role: .stateDown)
        case .live where self.isLinkSlow: return .init(text: "~ SLOW link", role: .stateSlow)
        case .live:
            if let news = self.pausedNews {
                let count = NumberText.grouped(UInt64(max(0, news)))
                return .init(text: "\(self.glyphs.paused) PAUSED +\(count)", role: .statePaused)
            }
            let rate = self.size.columns >= 60 ? self.data.frameRate(at: self.now).map { "  \($0) Hz" } : nil
            return .init(text: "\(self.glyphs.live) LIVE" + (rate ?? ""), role: .stateLive)
        case .stale(let since, _):
            return .init(text: "! STALE \(NumberText.age(self.now.timeIntervalSince(since)))", role: .stateStale)
        }
    }

    /// The number of events since the place was paused; nil while it is live.
    private var pausedNews: Int? {
        switch self.place {
        case .live: LiveScreen.pausedNews(self)
        case .principals: PrincipalsScreen.pausedNews(self)
        case .decisions: DecisionsScreen.pausedNews(self)
        case .logs: LogsScreen.pausedNews(self)
        case .map, .tokens, .topics, .groups, .setup: nil
        }
    }
}

/// The columns of the parts of the first row.
private struct TitleParts {
    /// The least columns that tell one gateway from another.
    private static let leastName = 8
    /// Names of this width are more use than the time of day.
    private static let usualName = 24

    let name: String
    let clock: String
    let state: Health.Badge
    private(set) var environment: [Health.Badge]
    private(set) var health: [Health.Badge]
    private(set) var hasLabel = false
    private(set) var hasClock = false
    private(set) var nameColumns = 0

    init(_ console: ConsoleState, columns: Int) {
        let none = console.data.isConfigurationKnown ? "none yet" : "not known"
        self.name = CellText.sanitised(console.data.gateway?.name ?? none)
        let clock = NumberText.clock(console.now)
        self.clock = (columns >= 60 ? clock : String(clock.prefix(5))) + "Z"
        self.state = console.freshness
        self.environment = console.badges
        self.health = console.health.badges(columns: columns)

        // A margin at both ends, and a column between the badges and the state.
        var room = columns - 3 - CellText.width(self.state.text)
        while self.health.count > 1, Self.columns(of: self.health) > room { self.health.removeLast() }
        room -= Self.columns(of: self.health)
        while !self.environment.isEmpty, Self.columns(of: self.environment) > room - Self.leastName - 1 {
            self.environment.removeLast()
        }
        room -= Self.columns(of: self.environment)
        let wanted = CellText.width(self.name)
        let clockColumns = CellText.width(self.clock) + (columns >= 60 ? 3 : 1)
        if room - clockColumns >= min(wanted, Self.usualName) + 1 {
            self.hasClock = true
            room -= clockColumns
        }
        self.nameColumns = max(0, min(wanted, room - 1))
        // A shorter name identifies nothing.
        if self.nameColumns < min(wanted, 3) { self.nameColumns = 0 }
        room -= self.nameColumns + 1
        self.hasLabel = columns >= 60 && room >= "GATEWAY ".count
    }

    private static func columns(of badges: [Health.Badge]) -> Int {
        badges.reduce(0) { $0 + CellText.width($1.text) + 3 }
    }
}
