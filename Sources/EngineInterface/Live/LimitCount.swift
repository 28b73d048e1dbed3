/// How often clients ran into one limit since the engine started.
package struct LimitCount: Codable, Equatable, Sendable {
    package var limit: LimitKind
    package var count: UInt64
    /// The setting that raises the limit; nil when there is none.
    package var setting: String?

    package init(_ limit: LimitKind, count: UInt64) {
        self.limit = limit
        self.count = count
        self.setting = limit.setting
    }
}

extension LimitCount {
    /// The limits that were reached, in the order of ``LimitKind``.
    package static func all(_ counts: [LimitKind: UInt64]) -> [LimitCount] {
        LimitKind.allCases.compactMap { kind in
            counts[kind].flatMap { $0 > 0 ? LimitCount(kind, count: $0) : nil }
        }
    }
}

/// An array of counts, less the limits of versions to come.
struct KnownLimitCounts: Decodable {
    private struct Element: Decodable {
        var limit: String
        var count: UInt64
    }

    var counts: [LimitCount]

    init(from decoder: any Decoder) throws {
        self.counts = try decoder.singleValueContainer().decode([Element].self).compactMap { element in
            LimitKind(rawValue: element.limit).map { LimitCount($0, count: element.count) }
        }
    }
}
