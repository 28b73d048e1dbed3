package import JSON

/// A kind of entity, described once: where it lies, what its fields are, what is true between them.
///
/// Derived from this: validation of a body with all its faults, defaults, routes, the store's columns for references, the order
/// in which entities are made, documents, plans, the editor's template, the walkthrough's questions, and the API's description.
/// Not derived: the entity itself (a plain struct is what code reads), advice, and migrations of the past.
package struct EntityKind: Sendable {
    /// How lists of it are cut into pages.
    package enum Paging: Sendable { case none, cursor, number }

    /// How a change of one is written.
    package enum Change: Sendable {
        /// PUT replaces all fields.
        case put
        /// PUT and PATCH; what an absent field means is ``EntityKind/keepsAbsentOnPut``.
        case putAndPatch
        /// PATCH only.
        case patch
    }

    /// The entity's type.
    package let entity: any Resource.Type
    /// The singular for sentences: `backend cluster`.
    package let title: String
    /// The part of the path behind the parent's: `backend-clusters`. A root has the whole path: `/v1/event-gateways`.
    package let collection: String
    /// The name of its id in paths: `backendClusterId`.
    package let capture: String
    /// The key of its list in documents: `backend_clusters`.
    package let documentKey: String
    /// The table that keeps it.
    package let table: String
    package let help: String
    package let fields: [Field]

    private let parentBox: Indirect<EntityKind>?
    /// The order of a chain, beside the collection, for kinds whose order is the operator's: `policy-chain`.
    package var chain: String?
    package var change = Change.put
    /// A PUT leaves fields that it does not name as they are.
    package var keepsAbsentOnPut = false
    package var paging = Paging.cursor
    /// Filters of the list.
    package var filters: [KindFilter] = [KindFilter("name", [.contains])]
    package var sorts: [String] = []
    /// The id is chosen by who creates it (PUT), and documents carry it.
    package var hasChosenID = false
    /// The engine works by it: a change is one of the gateway's configuration.
    package var isEngineConfiguration = true
    /// Tokens that were issued may be good no longer after a change.
    package var carriesTokens = false
    /// A change may need ports.
    package var bindsPorts = false
    /// Columns for values that must be unique, beside the name: fields by column.
    package var columns: [String: String] = [:]
    /// What must hold between fields, and with the rest of the configuration.
    package var rules: [KindRule] = []
    /// The same, checked once all changes of a request are made.
    package var finalRules: [KindRule] = []

    package init(
        _ entity: any Resource.Type, title: String, collection: String, capture: String, table: String,
        documentKey: String? = nil, parent: EntityKind? = nil, _ help: String, fields: [Field]
    ) {
        self.entity = entity
        self.title = title
        self.collection = collection
        self.capture = capture
        self.table = table
        self.documentKey = documentKey ?? collection.replacing("-", with: "_")
        self.parentBox = parent.map(Indirect.init)
        self.help = help
        self.fields = fields
    }

    package var parent: EntityKind? { self.parentBox?.value }

    package subscript(field name: String) -> Field? { self.fields.first { $0.name == name } }

    /// The field at a path: `config`, `min_broker_id`.
    package func field(at path: [String]) -> Field? { self.fields.field(at: path[...]) }
}

/// A value that holds another of its own type.
private final class Indirect<Value: Sendable>: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension EntityKind: Hashable {
    package static func == (left: EntityKind, right: EntityKind) -> Bool { left.table == right.table }
    package func hash(into hasher: inout Hasher) { hasher.combine(self.table) }
}

/// A filter of a list: `filter[name][contains]=ord`.
package struct KindFilter: Sendable {
    package enum Operator: String, Sendable {
        case equals = "eq"
        case contains
    }

    package enum Value: Sendable { case text, uuid, id, labels }

    package var name: String
    package var operators: [Operator]
    package var value: Value
    /// The field whose text is compared, as a path; nil is the field of the filter's name.
    package var path: String?
    /// The kind whose entities below are compared in place of this one. A closure, since kinds know what they lie below.
    package var below: (@Sendable () -> EntityKind)?

    package init(
        _ name: String, _ operators: [Operator], _ value: Value = .text, path: String? = nil,
        below: (@Sendable () -> EntityKind)? = nil
    ) {
        self.name = name
        self.operators = operators
        self.value = value
        self.path = path
        self.below = below
    }
}

/// What must hold between fields. It reports what is wrong by the draft's reader.
package typealias KindRule = @Sendable (EntityDraft) throws -> Void

/// An entity that is being read.
package struct EntityDraft {
    /// The fields that were read well, with defaults.
    package var values: JSONObject
    /// The entity before the change; nil for a new one.
    package var previous: JSONObject?
    package let reader: BodyReader
    package let around: any Surroundings

    /// Reports a fault of a field, such as `authentication[0]`.
    package func report(
        _ path: String, _ rule: InvalidParameter.Rule, _ reason: String, bound: InvalidParameter.Bound = .none
    ) {
        self.reader.report(path, rule, reason, bound: bound)
    }
}

extension EntityKind: CustomStringConvertible {
    package var description: String { self.title }
}

extension [Field] {
    fileprivate func field(at path: ArraySlice<String>) -> Field? {
        guard let name = path.first else { return nil }
        let rest = path.dropFirst()
        return self.lazy.filter { $0.name == name }.compactMap { rest.isEmpty ? $0 : $0.type.field(at: rest) }.first
    }
}

extension FieldType {
    fileprivate func field(at path: ArraySlice<String>) -> Field? {
        switch self {
        case .object(let fields): fields.field(at: path)
        case .variants(_, let variants, _): variants.lazy.compactMap { $0.fields.field(at: path) }.first
        case .variantFields(_, let variants): variants.lazy.compactMap { $0.type.field(at: path) }.first
        case .string, .boolean, .integer, .choice, .list, .variantName, .labels, .reference, .siblingID, .either,
            .anything:
            nil
        }
    }
}
