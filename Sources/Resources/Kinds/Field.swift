package import JSON

/// One field of a kind of entity, or of an object inside one, described once.
///
/// Reading a body, its faults, the defaults, documents and their order, the editor's template, the walkthrough's questions and
/// the API's description are derived from it.
package struct Field: Sendable {
    /// Whether the field has to be there.
    package enum Presence: Sendable {
        case required
        /// Left out, the entity does not have it.
        case optional
        /// Left out, it has this value.
        case defaults(JSONValue)
        /// Required when another field of the same object has one of these values, otherwise optional.
        case requiredWhen(String, isOneOf: [String])
    }

    /// What `null` means.
    package enum Null: Sendable {
        /// A fault.
        case refused
        /// A PATCH goes back to the default, or to having none. An optional field takes it in every body.
        case resets
        /// A PATCH leaves the field as it is.
        case ignored
    }

    /// Where the field can be seen and set.
    package enum Access: Sendable {
        case readWrite
        /// Set at creation, never changed: a PATCH does not know it.
        case atCreation
        /// Bodies have it, answers do not.
        case writeOnly
        /// As ``writeOnly``, but POST makes one up and answers it this once.
        case generated
        /// Answers have it, bodies do not.
        case readOnly
    }

    /// A check of a value that was read well. It reports what is wrong.
    ///
    /// The reader is that of the field; the surroundings are the rest of the configuration.
    package typealias Check = @Sendable (JSONValue, FieldReader, any Surroundings) throws -> Void

    package var name: String
    package var type: FieldType
    package var presence: Presence
    package var null: Null
    package var access: Access
    /// One sentence for people: help, descriptions, remarks in templates.
    package var help: String
    package var example: JSONValue?
    /// Whether the editor's template shows it although it may be left out.
    package var isInTemplate: Bool
    /// False when documents leave it to the server.
    package var isInDocuments: Bool
    /// Release of the resource model that brought it, such as `1.1`.
    package var since: String?
    /// What the field is for, when this release refuses it: `namespaces`.
    package var unsupported: String?
    package var check: Check?
    /// The only values that ``check`` lets through; nil when it says nothing of the kind.
    package var taken: [JSONValue]?

    package init(
        _ name: String, _ type: FieldType, _ presence: Presence, null: Null = .refused,
        access: Access = .readWrite, _ help: String, example: JSONValue? = nil, isInTemplate: Bool = false,
        isInDocuments: Bool = true, since: String? = nil, check: Check? = nil
    ) {
        self.name = name
        self.type = type
        self.presence = presence
        self.null = null
        self.access = access
        self.help = help
        self.example = example
        self.isInTemplate = isInTemplate
        self.isInDocuments = isInDocuments
        self.since = since
        self.check = check
    }

    /// A field of the resource model that this release refuses with a sentence.
    package static func unsupported(_ name: String, _ what: String) -> Field {
        var field = Field(name, .anything, .optional, "Not supported yet: \(what).")
        field.unsupported = what
        return field
    }

    /// The field with the only values that its check lets through, for its schema.
    package func taking(_ values: [JSONValue]) -> Field {
        var field = self
        field.taken = values
        return field
    }

    package var defaultValue: JSONValue? {
        if case .defaults(let value) = self.presence { return value }
        return nil
    }
}

extension Field {
    /// A description of at most 512 characters, such as most kinds have.
    package static let description = Field(
        "description", .string(.description), .defaults(.string("")), null: .resets,
        "What it is for, in the operator's words.")

    /// Labels that a PATCH replaces whole.
    package static let labels = Field(
        "labels", .labels(merges: false), .defaults(.object([:])), null: .resets,
        "Names and values to find it by.")
}
