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
    /// What of the rule a JSON Schema can say. Text that the rule takes fulfils it; the reverse holds where an expression can say
    /// all of the rule.
    package let facts: StringFacts

    package init(_ facts: StringFacts = StringFacts(), faults: @escaping @Sendable (String) -> [Fault]) {
        self.facts = facts
        self.faults = faults
    }

    /// Lengths count Unicode scalars, as JSON Schema does.
    package static func length(_ range: ClosedRange<Int>) -> StringRule {
        StringRule(StringFacts(minimumLength: range.lowerBound, maximumLength: range.upperBound)) { text in
            Self.lengthFaults(text, minimum: range.lowerBound, maximum: range.upperBound)
        }
    }

    package static func minimumLength(_ minimum: Int) -> StringRule {
        StringRule(StringFacts(minimumLength: minimum)) { text in
            Self.lengthFaults(text, minimum: minimum, maximum: nil)
        }
    }

    /// A rule that the resource model writes as a regular expression.
    ///
    /// - Parameter reason: the rule in words, with an example: few people read expressions.
    package static func form(
        _ reason: String, facts: StringFacts = StringFacts(), _ isMatch: @escaping @Sendable (String) -> Bool
    ) -> StringRule {
        .valid(reason, rule: .matchesRegex, facts: facts, isMatch)
    }

    /// - Parameter reason: a phrase that follows the field's name: `must be an absolute http or https URL`.
    package static func valid(
        _ reason: String, rule: InvalidParameter.Rule = .invalid, facts: StringFacts = StringFacts(),
        _ isValid: @escaping @Sendable (String) -> Bool
    ) -> StringRule {
        StringRule(facts) { text in isValid(text) ? [] : [Fault(rule: rule, reason: reason)] }
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
    package static let entityName = StringRule(
        StringFacts(
            minimumLength: 2, maximumLength: 255,
            // All that is refused of ASCII. Few programs know classes of Unicode in the expressions of a schema.
            pattern: #"^[^\x00-/:-@\[-`{-\x7F][^\x00-\x1F!-&(-*,;-@\[-^`{-\x7F]*[^\x00-/:-@\[-`{-\x7F]$"#)
    ) { text in
        let faults = Self.length(1...255).faults(text)
        if !faults.isEmpty { return faults }
        return Self.entityNameForm.faults(text)
    }

    /// `^[\p{L}\p{N}][\p{L}\p{N} _\-\.:/+']*[\p{L}\p{N}]$`.
    private static let entityNameForm = StringRule.form(
        "must have at least two characters, begin and end with a letter or a digit, and have between them only letters, "
            + "digits, spaces and any of _ - . : / + ', such as orders-eu", isEntityName)

    /// A host that clients are told to connect to.
    package static let advertisedHost = StringRule.form(
        "must be a host name in lower case, an IPv4 address, or an IPv6 address without brackets, such as "
            + "kafka.example.net, 192.0.2.10 or 2001:db8::10",
        facts: StringFacts(minimumLength: 1, maximumLength: 253, pattern: "^([a-z0-9.-]+|[0-9a-fA-F:.]+)$"),
        isAdvertisedHost)

    /// As ``HostPort/hasServerForm(_:)``.
    package static let bootstrapServer = StringRule.form(
        "must be a host and a port, an IPv6 address in brackets, such as kafka.example.net:9092 or [2001:db8::10]:9092",
        facts: StringFacts(pattern: #"^([a-zA-Z0-9.-]+|\[[a-fA-F0-9:]+\]):[0-9]+$"#), HostPort.hasServerForm)

    package static let description = StringRule.length(0...512)

    package static let uuid = StringRule.valid(
        "must be a UUID", rule: .isUUID,
        facts: StringFacts(pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", format: "uuid"), isUUID)

    /// An absolute `http` or `https` URL with a host.
    package static let httpURL = StringRule.valid(
        "must be an absolute http or https URL",
        facts: StringFacts(maximumLength: 2048, pattern: "^[hH][tT][tT][pP][sS]?://[^/?#@]+([/?#].*)?$", format: "uri"),
        isHTTPURL)

    /// A span of time above zero: `500ms`, `10s`, `1.5h`.
    package static let duration = StringRule(
        StringFacts(pattern: #"^[0-9]+(\.[0-9]+)?(ns|us|µs|μs|ms|s|m|h)$"#)
    ) { text in
        guard let duration = Duration(durationText: text) else {
            return [
                Fault(
                    rule: .matchesRegex,
                    reason: "must be a number with a unit (ns, us, ms, s, m or h) and below 10,000 hours, such as 10s "
                        + "or 1.5h")
            ]
        }
        return duration > .zero ? [] : [Fault(rule: .invalid, reason: "must be longer than zero")]
    }

    package static let dnsLabel = StringRule(
        StringFacts(minimumLength: 1, maximumLength: 63, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
    ) { text in
        let faults = Self.length(1...63).faults(text)
        if !faults.isEmpty { return faults }
        return Self.dnsLabelForm.faults(text)
    }

    /// `^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`.
    private static let dnsLabelForm = StringRule.form(
        "must have only lower-case letters, digits and hyphens, and no hyphen at either end, such as orders-eu",
        isDNSLabel)
}
