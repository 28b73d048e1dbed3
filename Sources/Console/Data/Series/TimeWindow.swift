/// The time span that a place shows.
enum TimeWindow: Int, CaseIterable, Sendable {
    case minute = 60
    case fiveMinutes = 300
    case quarter = 900
    case hour = 3600

    var seconds: Int { self.rawValue }

    /// The first second of the window that ends at `second`, as counts are kept: in sixty steps.
    func start(at second: Int) -> Int {
        let step = self.seconds / WindowedCounts.points
        return (second / step - WindowedCounts.points + 1) * step
    }

    /// `1m`, `5m`, `15m`, `1h`.
    var label: String {
        switch self {
        case .minute: "1m"
        case .fiveMinutes: "5m"
        case .quarter: "15m"
        case .hour: "1h"
        }
    }

    /// `last 60 s`, `5 min`: for titles.
    var words: String {
        switch self {
        case .minute: "60 s"
        case .fiveMinutes: "5 min"
        case .quarter: "15 min"
        case .hour: "1 h"
        }
    }

    var next: TimeWindow {
        let all = Self.allCases
        guard let index = all.firstIndex(of: self) else { return .minute }
        return all[(index + 1) % all.count]
    }

    init?(label: String) {
        guard let window = Self.allCases.first(where: { $0.label == label }) else { return nil }
        self = window
    }
}
