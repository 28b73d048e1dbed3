import EngineInterface

/// The state of the shown gateway's listeners and backend clusters, in as many words as fit. The first row of every
/// place shows it, because nothing else matters while something is down.
struct Health: Sendable {
    struct Badge: Equatable, Sendable {
        var text: String
        var role: Role
    }

    /// Connections refused a second, as of the last sample.
    private let refused: Double
    private let kinds: [(kind: String, word: String, all: Int, down: Int, warned: Int)]

    init(_ components: [ComponentStatus], refused: Double) {
        self.refused = refused
        self.kinds = [("backend_cluster", "backend"), ("listener", "listener")].map { kind, word in
            let those = components.filter { $0.kind == kind }
            return (
                kind, word, those.count, those.count { $0.state == .down }, those.count { $0.state == .warn }
            )
        }
    }

    private var down: Int { self.kinds.reduce(0) { $0 + $1.down } }
    private var warned: Int { self.kinds.reduce(0) { $0 + $1.warned } }

    /// The problems, the worst first.
    ///
    /// - Parameter columns: The screen's width. Narrow screens show the number that is down, wide ones also the total.
    func badges(columns: Int) -> [Badge] {
        var badges: [Badge] = []
        if self.down > 0 {
            if columns >= 160 {
                for kind in self.kinds where kind.down > 0 {
                    badges.append(Badge(text: "\(kind.word) DOWN \(kind.down)/\(kind.all)", role: .stateDown))
                }
            } else if columns >= 60, self.down == 1, let kind = self.kinds.first(where: { $0.down > 0 }) {
                badges.append(Badge(text: "\(kind.word) DOWN", role: .stateDown))
            } else {
                badges.append(Badge(text: "DOWN \(self.down)", role: .stateDown))
            }
        }
        if self.refused >= 0.05 {
            badges.append(Badge(text: "refused \(NumberText.rate(self.refused))/s", role: .stateDown))
        }
        if self.warned > 0 { badges.append(Badge(text: "WARN \(self.warned)", role: .stateWarn)) }
        return badges
    }

    /// `backend 2/2 ok`, for wide screens on which nothing is wrong.
    var allWell: Badge? {
        guard self.badges(columns: 0).isEmpty, let backends = self.kinds.first, backends.all > 0 else { return nil }
        return Badge(text: "backend \(backends.all)/\(backends.all) ok", role: .muted)
    }
}

extension ConsoleState {
    var health: Health {
        Health(self.data.traffic.components, refused: self.data.traffic.refused.current ?? 0)
    }
}
