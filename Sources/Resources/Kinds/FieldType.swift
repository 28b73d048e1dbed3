/// What a field holds.
package indirect enum FieldType: Sendable {
    case string([StringRule])
    case boolean
    case integer(ClosedRange<Int>)
    case choice([String])
    case list(FieldType, ListBounds = ListBounds())
    case object([Field])
    /// An object whose other fields depend on the text of one: `{"type": "anonymous"}`.
    case variants(by: String, [FieldVariant], help: String)
    /// The name of one of these variants; another field of the same object has the variant's fields.
    case variantName([FieldVariant])
    /// An object with the fields of the variant that another field of the same object names.
    case variantFields(of: String, [FieldVariant])
    /// Names and values of an operator's own. A PATCH merges them, or replaces them whole.
    case labels(merges: Bool)
    /// `{"id": uuid}` or `{"name": text}`; stored and answered with both.
    case reference(EntityKind)
    /// The id of a sibling of that kind; documents name it.
    case siblingID(EntityKind)
    /// A string or something else, each read in its own way.
    case either(string: FieldType, or: FieldType, fault: InvalidParameter.Rule, String)
    /// Any JSON.
    case anything

    package static func string(_ rules: StringRule...) -> FieldType { .string(rules) }

    package static func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> FieldType {
        .choice(Choice.allCases.map(\.rawValue))
    }
}

/// How many elements a list has.
package struct ListBounds: Sendable {
    package var minimum: Int
    package var maximum: Int?
    /// The same element twice is a fault.
    package var isUnique: Bool

    package init(minimum: Int = 0, maximum: Int? = nil, isUnique: Bool = false) {
        self.minimum = minimum
        self.maximum = maximum
        self.isUnique = isUnique
    }

    package static let notEmpty = ListBounds(minimum: 1)
    package static let unique = ListBounds(isUnique: true)
}

/// One shape of an object that comes in several.
package struct FieldVariant: Sendable {
    package var name: String
    package var fields: [Field]
    package var help: String
    /// What it is, when this release refuses it: `sasl_plain authentication`.
    package var unsupported: String?

    /// When the object comes in several shapes itself: the field that names them, and the shapes.
    package var variants: (by: String, [FieldVariant])?

    package init(_ name: String, _ fields: [Field], _ help: String) {
        self.name = name
        self.fields = fields
        self.help = help
    }

    /// A variant that comes in several shapes itself.
    package init(_ name: String, by key: String, _ variants: [FieldVariant], _ help: String) {
        self.init(name, [], help)
        self.variants = (key, variants)
    }

    /// The type of an object of this shape, without the field that names the shape.
    package var type: FieldType {
        self.variants.map { .variants(by: $0.by, $0.1, help: self.help) } ?? .object(self.fields)
    }

    package static func unsupported(_ name: String, _ what: String) -> FieldVariant {
        var variant = FieldVariant(name, [], "Not supported yet.")
        variant.unsupported = what
        return variant
    }
}
