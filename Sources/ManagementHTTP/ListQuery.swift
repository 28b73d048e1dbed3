import Resources

/// What a list may be asked for in its query.
package struct ListQueryRules: Sendable {
    package enum Paging: Sendable {
        /// Bare arrays.
        case none
        /// `page[size]`, `page[after]`.
        case cursor
        /// `page[size]`, `page[number]`.
        case number
    }

    package var paging: Paging
    /// Field → operators.
    package var filters: [String: [ListFilter.Operator]]
    /// What the values of filtered fields are; text where a field is not named.
    package var types: [String: ListFilter.ValueType]
    /// Fields that `sort` may name.
    package var sorts: [String]

    package init(
        paging: Paging, filters: [String: [ListFilter.Operator]] = [:], types: [String: ListFilter.ValueType] = [:],
        sorts: [String] = []
    ) {
        self.paging = paging
        self.filters = filters
        self.types = types
        self.sorts = sorts
    }
}

/// `filter[name][contains]=ord`.
package struct ListFilter: Equatable, Sendable {
    package enum Operator: String, Sendable {
        /// Equal, case matters. Also `filter[field]=value`.
        case equals = "eq"
        /// A part of the text, in any case.
        case contains
    }

    /// What a field holds: a value of another type is refused, because it would only ever filter everything away.
    package enum ValueType: Equatable, Sendable {
        case text
        /// `true` or `false`.
        case boolean
        /// A UUID, in any case.
        case uuid
        /// Any text; a UUID in any case.
        case id
        case choice([String])

        /// The value as entities have it.
        fileprivate func read(_ value: String, of name: String) throws(InvalidParameter) -> String {
            switch self {
            case .text:
                return value
            case .id:
                return canonicalID(value)
            case .boolean:
                guard value == "true" || value == "false" else {
                    throw fault(name, .isBoolean, "must be true or false")
                }
                return value
            case .uuid:
                guard isUUID(value) else { throw fault(name, .isUUID, "must be a UUID") }
                return canonicalID(value)
            case .choice(let choices):
                guard choices.contains(value) else {
                    throw fault(
                        name, .choice, "must be one of: \(choices.joined(separator: ", "))", .choices(choices))
                }
                return value
            }
        }
    }

    package var field: String
    package var operation: Operator
    package var value: String

    package init(field: String, operation: Operator, value: String) {
        self.field = field
        self.operation = operation
        self.value = value
    }

    /// - Parameter candidate: the entity's value of `field`.
    package func matches(_ candidate: String) -> Bool {
        switch self.operation {
        case .equals: candidate == self.value
        case .contains: self.value.isEmpty || candidate.lowercased().contains(self.value.lowercased())
        }
    }
}

/// `sort=created_at desc,name`.
package struct ListSort: Equatable, Sendable {
    package var field: String
    package var isDescending: Bool

    package init(field: String, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }
}

/// A list's query, checked.
package struct ListQuery: Equatable, Sendable {
    package static let defaultSize = 10
    package static let maximumSize = 100

    /// 1 through 100.
    package var size = ListQuery.defaultSize
    /// The last element of the page before.
    package var after: PageCursor?
    /// From 1.
    package var number = 1
    package var filters: [ListFilter] = []
    package var sorts: [ListSort] = []
    /// The query as given, without the cursor, to make links.
    package var items: QueryItems

    /// - Throws: ``Problem`` 400 with all findings. Names that are not about pages, filters or sorting are left alone.
    package init(_ items: QueryItems, rules: ListQueryRules) throws(Problem) {
        self.items = items
        var faults: [InvalidParameter] = []
        for (name, value) in items.items {
            if name.hasPrefix("page[") {
                faults += self.readPage(name: name, value: value, paging: rules.paging)
            } else if name.hasPrefix("filter[") {
                faults += self.readFilter(name: name, value: value, rules: rules)
            } else if name == "sort" {
                faults += self.readSort(value: value, allowed: rules.sorts)
            }
        }
        guard faults.isEmpty else { throw .badRequest(faults) }
    }

    private mutating func readPage(name: String, value: String, paging: ListQueryRules.Paging) -> [InvalidParameter] {
        switch (name, paging) {
        case ("page[size]", .cursor), ("page[size]", .number):
            if value.isEmpty { return [] }
            guard let size = Int(value) else { return [fault(name, .isInteger, "must be an integer")] }
            if size < 1 { return [fault(name, .minimum, "must be at least 1", .minimum(1))] }
            if size > Self.maximumSize {
                return [fault(name, .maximum, "must be at most \(Self.maximumSize)", .maximum(Self.maximumSize))]
            }
            self.size = size
        case ("page[after]", .cursor):
            if value.isEmpty { return [] }
            guard let cursor = PageCursor(text: value) else {
                return [fault(name, .invalid, "not a cursor that this list gave out; start without one")]
            }
            self.after = cursor
        case ("page[number]", .number):
            if value.isEmpty { return [] }
            guard let number = Int(value) else { return [fault(name, .isInteger, "must be an integer")] }
            if number < 1 { return [fault(name, .minimum, "must be at least 1", .minimum(1))] }
            self.number = number
        default:
            return [fault(name, .unknownProperty, "no such page parameter here")]
        }
        return []
    }

    private mutating func readFilter(name: String, value: String, rules: ListQueryRules) -> [InvalidParameter] {
        let filters = rules.filters
        let parts = name.dropFirst("filter".count).split(separator: "]", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.last == "", parts.dropLast().allSatisfy({ $0.first == "[" }) else {
            return [fault(name, .invalid, "must look like filter[field][operator]")]
        }
        let field = String(parts[0].dropFirst())
        guard let operators = filters[field] ?? (field.hasPrefix("labels.") ? filters["labels.*"] : nil) else {
            let names = filters.keys.sorted()
            let known = names.isEmpty ? "this list has no filters" : "filters: \(names.joined(separator: ", "))"
            return [fault(name, .unknownProperty, "no such filter; \(known)")]
        }
        let written = parts.count == 3 ? String(parts[1].dropFirst()) : ListFilter.Operator.equals.rawValue
        guard let operation = ListFilter.Operator(rawValue: written),
            operators.contains(operation) || parts.count == 2
        else {
            let choices = operators.map(\.rawValue)
            return [
                fault(
                    name, .choice, "the operator must be one of: \(choices.joined(separator: ", "))", .choices(choices))
            ]
        }
        var read = value
        if operation == .equals {
            do throws(InvalidParameter) {
                read = try rules.types[field, default: .text].read(value, of: name)
            } catch {
                return [error]
            }
        }
        self.filters.append(ListFilter(field: field, operation: operation, value: read))
        return []
    }

    private mutating func readSort(value: String, allowed: [String]) -> [InvalidParameter] {
        var faults: [InvalidParameter] = []
        for part in value.split(separator: ",") {
            let words = part.split(separator: " ")
            guard let field = words.first.map(String.init), words.count <= 2, allowed.contains(field),
                words.count == 1 || words[1] == "asc" || words[1] == "desc"
            else {
                let known = allowed.isEmpty ? "this list cannot be sorted" : "one of \(allowed.joined(separator: ", "))"
                faults.append(
                    fault("sort", .invalid, "must be a comma separated list of fields, each with asc or desc: \(known)")
                )
                continue
            }
            self.sorts.append(ListSort(field: field, isDescending: words.count == 2 && words[1] == "desc"))
        }
        return faults
    }

    /// True when every filter matches.
    /// - Parameter value: an entity's value of a field; nil never matches.
    package func matches(_ value: (_ field: String) -> String?) -> Bool {
        self.filters.allSatisfy { filter in value(filter.field).map(filter.matches) ?? false }
    }

    /// The elements in the order asked for; those equal keep their order.
    package func sorted<Element>(_ elements: [Element], by key: (Element, _ field: String) -> String) -> [Element] {
        guard !self.sorts.isEmpty else { return elements }
        return elements.sorted { left, right in
            for sort in self.sorts {
                let (first, second) = (key(left, sort.field), key(right, sort.field))
                if first != second { return sort.isDescending ? first > second : first < second }
            }
            return false
        }
    }
}

private func fault(
    _ name: String, _ rule: InvalidParameter.Rule, _ reason: String, _ bound: InvalidParameter.Bound = .none
) -> InvalidParameter {
    InvalidParameter(field: name, rule: rule, source: .query, bound: bound, reason: reason)
}
