/// What a string field must be. Made of one check, so that a field can list several and hear about each.
package struct StringRule: Sendable {
    package struct Fault: Sendable {
        var rule: InvalidParameter.Rule
        var bound: InvalidParameter.Bound = .none
        var reason: String

        package init(rule: InvalidParameter.Rule, bound: InvalidParameter.Bound = .none, reason: String) {
            self.rule = rule
            self.bound = bound
            self.reason = reason
        }
    }

    package let faults: @Sendable (String) -> [Fault]

    package init(faults: @escaping @Sendable (String) -> [Fault]) {
        self.faults = faults
    }

    /// Lengths count Unicode scalars, as JSON Schema does.
    package static func length(_ range: ClosedRange<Int>) -> StringRule {
        StringRule { text in Self.lengthFaults(text, minimum: range.lowerBound, maximum: range.upperBound) }
    }

    package static func minimumLength(_ minimum: Int) -> StringRule {
        StringRule { text in Self.lengthFaults(text, minimum: minimum, maximum: nil) }
    }

    /// - Parameter pattern: what the answer shows; `isMatch` is what decides.
    package static func pattern(_ pattern: String, _ isMatch: @escaping @Sendable (String) -> Bool) -> StringRule {
        StringRule { text in isMatch(text) ? [] : [Fault(rule: .matchesRegex, reason: "must match \(pattern)")] }
    }

    /// - Parameter reason: a phrase that follows the field's name: `must be an absolute http or https URL`.
    package static func valid(
        _ reason: String, rule: InvalidParameter.Rule = .invalid, _ isValid: @escaping @Sendable (String) -> Bool
    ) -> StringRule {
        StringRule { text in isValid(text) ? [] : [Fault(rule: rule, reason: reason)] }
    }

    private static func lengthFaults(_ text: String, minimum: Int, maximum: Int?) -> [Fault] {
        let length = text.unicodeScalars.count
        if length < minimum {
            let reason = minimum == 1 ? "must not be empty" : "must have at least \(minimum) characters"
            return [Fault(rule: .minimumLength, bound: .minimum(minimum), reason: reason)]
        }
        if let maximum, length > maximum {
            return [
                Fault(rule: .maximumLength, bound: .maximum(maximum), reason: "must have at most \(maximum) characters")
            ]
        }
        return []
    }
}

extension StringRule {
    /// Names of entities and policies: 2–255 characters, a letter or digit at both ends.
    package static let entityName = StringRule { text in
        let faults = Self.length(1...255).faults(text)
        if !faults.isEmpty { return faults }
        return isEntityName(text)
            ? []
            : [Fault(rule: .matchesRegex, reason: #"must match ^[\p{L}\p{N}][\p{L}\p{N} _\-\.:/+']*[\p{L}\p{N}]$"#)]
    }

    package static let description = StringRule.length(0...512)

    package static let uuid = StringRule.valid("must be a UUID", rule: .isUUID, isUUID)

    /// An absolute `http` or `https` URL with a host.
    package static let httpURL = StringRule.valid("must be an absolute http or https URL", isHTTPURL)

    /// A span of time above zero: `500ms`, `10s`, `1.5h`.
    package static let duration = StringRule { text in
        guard let duration = Duration(durationText: text) else {
            return [
                Fault(
                    rule: .matchesRegex,
                    reason: #"must match ^\d+(\.\d+)?(ns|us|µs|ms|s|m|h)$, such as 10s, and be below 10,000 hours"#)
            ]
        }
        return duration > .zero ? [] : [Fault(rule: .invalid, reason: "must be longer than zero")]
    }

    package static let dnsLabel = StringRule { text in
        let faults = Self.length(1...63).faults(text)
        if !faults.isEmpty { return faults }
        return isDNSLabel(text)
            ? [] : [Fault(rule: .matchesRegex, reason: "must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    }
}
