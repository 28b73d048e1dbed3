internal import EngineInterface
internal import JSON
internal import Resources
internal import Store

/// An entity of a list: what is answered, and what the list is filtered and sorted by.
struct Listed<Entity: Resource>: Encodable, Sendable {
    let answer: JSONObject
    private let values: [String: [String]]

    init(_ entity: Entity, _ answer: JSONObject, _ values: [String: [String]]) {
        self.answer = answer
        self.values = values
        self.cursor = PageCursor(created: Timestamp.milliseconds(entity.createdAt), id: entity.id)
    }

    let cursor: PageCursor

    func encode(to encoder: any Encoder) throws {
        try JSONValue.object(self.answer).encode(to: encoder)
    }

    func matches(_ filters: [ListFilter]) -> Bool {
        filters.allSatisfy { filter in (self.values[filter.field] ?? []).contains(where: filter.matches) }
    }

    func sortText(of field: String) -> String { self.answer.string(field) ?? "" }
}

extension ListQueryRules {
    init(_ kind: EntityKind) {
        var filters: [String: [ListFilter.Operator]] = [:]
        var types: [String: ListFilter.ValueType] = [:]
        for filter in kind.filters {
            filters[filter.name] = filter.operators.map { $0 == .equals ? .equals : .contains }
            switch filter.value {
            case .text, .labels: break
            case .uuid: types[filter.name] = .uuid
            case .id: types[filter.name] = .id
            }
        }
        let paging: Paging =
            switch kind.paging {
            case .none: .none
            case .cursor: .cursor
            case .number: .number
            }
        self.init(paging: paging, filters: filters, types: types, sorts: kind.sorts)
    }
}

extension StoreSnapshot {
    /// What an entity has for each filter that is asked for.
    func filterValues<Entity: Resource>(of entity: Entity, _ filters: [ListFilter]) throws -> [String: [String]] {
        guard !filters.isEmpty else { return [:] }
        var values: [String: [String]] = [:]
        for filter in Entity.kind.filters where filters.contains(where: { $0.field == filter.name }) {
            if let below = filter.below?() {
                values[filter.name] = try self.texts(filter, of: below.entity, below: entity.id)
            } else {
                values[filter.name] = filter.texts(try entity.object(), wanted: filters)
            }
        }
        return values
    }

    private func texts<Entity: Resource>(
        _ filter: KindFilter, of type: Entity.Type, below parent: String
    ) throws -> [String] {
        try self.list(type, in: parent).flatMap { filter.texts(try $0.object(), wanted: []) }
    }
}

extension KindFilter {
    fileprivate func texts(_ object: JSONObject, wanted: [ListFilter]) -> [String] {
        switch self.value {
        case .text, .uuid, .id:
            let path = (self.path ?? self.name).split(separator: ".").map(String.init)
            guard case .string(let text)? = object[path: path] else {
                // What has no name contains the empty text.
                return self.operators.contains(.contains) ? [""] : []
            }
            return [text]
        case .labels:
            // `filter[labels][eq]=env:dev`; without a colon, whether there is such a label at all.
            guard case .object(let labels)? = object[self.name] else { return [] }
            return wanted.filter { $0.field == self.name }.map(\.value).filter { wanted in
                let parts = wanted.split(separator: ":", maxSplits: 1).map(String.init)
                guard let key = parts.first else { return false }
                return parts.count == 2 ? labels.string(key) == parts[1] : labels[key] != nil
            }
        }
    }
}
