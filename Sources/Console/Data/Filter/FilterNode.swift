import Foundation
import Patterns

/// A filter as a tree.
indirect enum FilterNode: Equatable, Sendable {
    case everything
    case all([FilterNode])
    case any([FilterNode])
    case not(FilterNode)
    case text(CaselessText)
    /// A regular expression that is found anywhere.
    case pattern(RegularExpression)
    /// A glob over the whole text.
    case glob(Glob)
    /// The verdict; where rows have none, the word itself.
    case verdict(String, word: CaselessText)
    case field(String, Glob)
    case number(String, Comparison, Double)
    case addresses(String, AddressRange)

    enum Comparison: Equatable, Sendable {
        case less, lessOrEqual, equal, greaterOrEqual, greater

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .less: left < right
            case .lessOrEqual: left <= right
            case .equal: left == right
            case .greaterOrEqual: left >= right
            case .greater: left > right
            }
        }
    }

    func matches(_ subject: some FilterSubject, now: Date?) -> Bool {
        switch self {
        case .everything: true
        case .all(let nodes): nodes.allSatisfy { $0.matches(subject, now: now) }
        case .any(let nodes): nodes.contains { $0.matches(subject, now: now) }
        case .not(let node): !node.matches(subject, now: now)
        case .text(let text): subject.anyFilterText(text.isIn)
        case .pattern(let pattern): subject.anyFilterText(pattern.isFound)
        case .glob(let glob): subject.anyFilterText(glob.matches)
        case .verdict(let verdict, let word):
            subject.filterValues("result")?.contains(verdict) ?? subject.anyFilterText(word.isIn)
        case .field(let name, let glob): subject.filterValues(name)?.contains(where: glob.matches) ?? false
        case .number(let name, let comparison, let value):
            Self.number(name, of: subject, now: now).map { comparison.holds($0, value) } ?? false
        case .addresses(let name, let range): subject.filterValues(name)?.contains(where: range.contains) ?? false
        }
    }

    private static func number(_ name: String, of subject: some FilterSubject, now: Date?) -> Double? {
        if let number = subject.filterNumber(name) { return number }
        guard name == "age", let now, let time = subject.filterTime else { return nil }
        return now.timeIntervalSince(time)
    }

    /// Whether nothing but denials can match.
    var isOnlyDenials: Bool {
        switch self {
        case .verdict(let verdict, _): verdict == "denied"
        case .all(let nodes): nodes.contains(where: \.isOnlyDenials)
        case .any(let nodes): nodes.allSatisfy(\.isOnlyDenials)
        case .everything, .not, .text, .pattern, .glob, .field, .number, .addresses: false
        }
    }

    var dependsOnTime: Bool {
        switch self {
        case .all(let nodes), .any(let nodes): nodes.contains(where: \.dependsOnTime)
        case .not(let node): node.dependsOnTime
        case .number(let name, _, _): name == "age"
        case .everything, .text, .pattern, .glob, .verdict, .field, .addresses: false
        }
    }
}
