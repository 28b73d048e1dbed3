/// One setting of a resource: its name, its possible values, and its default.
struct ConfigDefinition {
    enum Kind: Equatable {
        case boolean
        case int(ClosedRange<Int64>)
        case long(ClosedRange<Int64>)
        case double
        case list(allowed: Set<String>?)
        case string(allowed: Set<String>?)

        /// The type's number in DescribeConfigs.
        var wireValue: Int8 {
            switch self {
            case .boolean: 1
            case .string: 2
            case .int: 3
            case .long: 5
            case .double: 6
            case .list: 7
            }
        }
    }

    var name: String
    var kind: Kind
    var defaultValue: String
    /// For a topic's setting, the broker setting that its default comes from.
    var brokerSynonym: String?

    /// The mistake in a value; nil when it is valid.
    func fault(in value: String) -> String? {
        // Older versions of the answers cannot carry more.
        guard value.utf8.count <= Int(Int16.max) else {
            return "Invalid value for configuration \(self.name): too long"
        }
        let wrong = "Invalid value \(value) for configuration \(self.name)"
        switch self.kind {
        case .boolean:
            return ["true", "false"].contains(value.lowercased()) ? nil : "\(wrong): expected true or false"
        case .int(let range), .long(let range):
            guard let number = Int64(value) else { return "\(wrong): not a number" }
            return range.contains(number)
                ? nil : "\(wrong): expected \(range.lowerBound) through \(range.upperBound)"
        case .double:
            guard let number = Double(value), (0...1).contains(number) else { return "\(wrong): expected 0 through 1" }
            return nil
        case .list(let allowed):
            guard let allowed else { return nil }
            let parts = value.split(separator: ",").map { $0.filter { $0 != " " } }
            return parts.allSatisfy(allowed.contains)
                ? nil : "\(wrong): expected \(allowed.sorted().joined(separator: ", "))"
        case .string(let allowed):
            guard let allowed else { return nil }
            return allowed.contains(value)
                ? nil : "\(wrong): expected one of \(allowed.sorted().joined(separator: ", "))"
        }
    }
}
