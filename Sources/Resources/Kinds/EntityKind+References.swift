internal import JSON

/// A field of a kind that names an entity of another.
package struct KindReference: Sendable {
    /// From the entity: `config`, `destination`.
    package var path: [String]
    package var target: EntityKind
    /// The store's column that holds the id: `destination_id`.
    package var column: String { (self.path.last ?? "") + "_id" }
}

extension EntityKind {
    /// The fields that hold one reference each, also inside objects.
    package var references: [KindReference] { self.fields.references(below: []) }

    /// The kinds with a reference to this one.
    package var referrers: [(kind: EntityKind, reference: KindReference)] {
        Self.all.flatMap { kind in kind.references.filter { $0.target == self }.map { (kind, $0) } }
    }
}

extension [Field] {
    fileprivate func references(below path: [String]) -> [KindReference] {
        self.flatMap { $0.type.references(at: path + [$0.name]) }
    }
}

extension FieldType {
    fileprivate func references(at path: [String]) -> [KindReference] {
        switch self {
        case .reference(let kind): [KindReference(path: path, target: kind)]
        case .object(let fields): fields.references(below: path)
        case .variants(_, let variants, _): variants.flatMap { $0.fields.references(below: path) }
        case .variantFields(_, let variants): variants.flatMap { $0.type.references(at: path) }
        case .string, .boolean, .integer, .choice, .list, .variantName, .labels, .siblingID, .either, .anything: []
        }
    }
}
