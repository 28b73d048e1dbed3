/// The nine places of the console, one for each digit.
package enum Place: Int, CaseIterable, Hashable, Sendable {
    case live = 1
    case principals, map, decisions, tokens, topics, groups, logs, setup

    package var title: String {
        switch self {
        case .live: "Live"
        case .principals: "Principals"
        case .map: "Map"
        case .decisions: "Decisions"
        case .tokens: "Tokens"
        case .topics: "Topics"
        case .groups: "Groups"
        case .logs: "Logs"
        case .setup: "Setup"
        }
    }

    /// The name of the command that goes there.
    package var name: String { self.title.lowercased() }

    var screen: any Screen.Type {
        switch self {
        case .live: LiveScreen.self
        case .principals: PrincipalsScreen.self
        case .map: MapScreen.self
        case .decisions: DecisionsScreen.self
        case .tokens: TokensScreen.self
        case .topics: TopicsScreen.self
        case .groups: GroupsScreen.self
        case .logs: LogsScreen.self
        case .setup: SetupScreen.self
        }
    }
}
