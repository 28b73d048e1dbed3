import Patterns
import Resources

/// Rules arranged for lookup by resource type, operation and name. Shared by all sessions that they hold for.
final class RuleTable: Sendable {
    /// The globs of one action on one type and operation.
    struct Entries: Sendable {
        /// No rule: above every index.
        static let none = Int32.max

        /// The entries in the order of the rules.
        private(set) var globs: [(glob: Glob, rule: Int32)] = []
        private var any = Self.none
        private var exact: [WireName: Int32] = [:]
        private var prefixes: [(bytes: [UInt8], rule: Int32)] = []
        private var general: [(elements: GlobElements, rule: Int32)] = []

        /// Rules come in ascending order.
        mutating func append(_ glob: Glob, rule: Int32) {
            self.globs.append((glob, rule))
            // An earlier rule for every name answers first, always.
            guard self.any == Self.none else { return }
            switch glob.form {
            case .any: self.any = rule
            case .exact(let name):
                let key = WireName(name)
                if self.exact[key] == nil { self.exact[key] = rule }
            case .prefix(let bytes): self.prefixes.append((bytes, rule))
            case .general(let elements): self.general.append((elements, rule))
            }
        }

        /// The first rule that matches, or ``none``.
        func firstMatch(_ name: String) -> Int32 {
            var best = self.any
            if !self.exact.isEmpty, let rule = self.exact[WireName(name)] { best = min(best, rule) }
            for (bytes, rule) in self.prefixes {
                if rule >= best { break }
                if name.utf8.starts(with: bytes) { best = rule }
            }
            for (elements, rule) in self.general {
                if rule >= best { break }
                if elements.matches(name) { best = rule }
            }
            return best
        }

        /// The first rule with a glob that covers all of `glob`, or ``none``.
        func firstCover(of glob: Glob) -> Int32 {
            if case .exact(let name) = glob.form { return self.firstMatch(name) }
            return self.globs.first { $0.glob.covers(glob) }?.rule ?? Self.none
        }
    }

    /// A rule with its names.
    struct Rule {
        var index: Int32
        var action: ACLRule.Action
        var type: ResourceType
        var operations: [ACLOperation]
        var globs: [Glob]
    }

    private let allow: [Entries]
    private let deny: [Entries]

    /// - Parameter rules: in ascending order of index.
    init(_ rules: [Rule]) {
        var allow = Array(repeating: Entries(), count: ResourceType.allCases.count * ACLOperation.ordinals)
        var deny = allow
        for rule in rules {
            for operation in Set(rule.operations.flatMap { $0.concerned(by: rule.action) }) {
                let slot = Self.slot(operation, rule.type)
                for glob in rule.globs {
                    switch rule.action {
                    case .allow: allow[slot].append(glob, rule: rule.index)
                    case .deny: deny[slot].append(glob, rule: rule.index)
                    }
                }
            }
        }
        self.allow = allow
        self.deny = deny
    }

    private static func slot(_ operation: ACLOperation, _ type: ResourceType) -> Int {
        type.ordinal * ACLOperation.ordinals + operation.ordinal
    }

    /// The first matching deny rule, or ``Entries/none``.
    func firstDeny(_ operation: ACLOperation, _ type: ResourceType, _ name: String) -> Int32 {
        self.deny[Self.slot(operation, type)].firstMatch(name)
    }

    /// The first matching allow rule, or ``Entries/none``.
    func firstAllow(_ operation: ACLOperation, _ type: ResourceType, _ name: String) -> Int32 {
        self.allow[Self.slot(operation, type)].firstMatch(name)
    }

    /// The first deny rule that covers `glob` wholly, or ``Entries/none``.
    func firstDeny(_ operation: ACLOperation, _ type: ResourceType, covering glob: Glob) -> Int32 {
        self.deny[Self.slot(operation, type)].firstCover(of: glob)
    }

    /// What allow rules name, in order of rules.
    func allowed(_ operation: ACLOperation, _ type: ResourceType) -> [(glob: Glob, rule: Int32)] {
        self.allow[Self.slot(operation, type)].globs
    }
}
