internal import JSON

extension EntityKind {
    /// The name of its schema, and the beginning of those of its bodies: `BackendCluster`.
    package var schemaName: String {
        self.title.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The name of the schema of a body: `BackendClusterCreate`.
    package func schemaName(of use: BodyUse) -> String {
        switch use {
        case .create: "\(self.schemaName)Create"
        case .replace: "\(self.schemaName)Replace"
        case .patch: "\(self.schemaName)Patch"
        }
    }

    /// The uses that bodies of the kind have: a kind is created by POST, and changed as ``change`` says.
    package var bodyUses: [BodyUse] {
        switch self.change {
        case .put: [.create, .replace]
        case .putAndPatch: [.create, .replace, .patch]
        case .patch: [.create, .patch]
        }
    }

    /// What a body may be.
    package func bodySchema(_ use: BodyUse) -> Schema {
        let place: FieldSchemas.Place =
            switch use {
            case .create: .whole
            case .replace: self.keepsAbsentOnPut ? .part(takesNull: false) : .whole
            case .patch: .part(takesNull: true)
            }
        let fields = self.fields.filter { field in
            switch field.access {
            case .readWrite, .writeOnly: true
            case .readOnly: false
            case .atCreation: place == .whole
            case .generated: use != .create
            }
        }
        return FieldSchemas(place: place).object(fields).described(self.help)
    }

    /// What an answer is: the fields that are not write-only, the id and the dates.
    package var answerSchema: Schema {
        let fields = self.fields.filter { $0.access != .writeOnly && $0.access != .generated }
        return FieldSchemas(place: .answer).object(fields, and: self.stamp).described(self.help)
    }

    /// What an answer is that shows, this once, what the server made up; nil when the kind has nothing of the kind.
    package var creationSchema: Schema? {
        guard self.fields.contains(where: { $0.access == .generated }) else { return nil }
        let fields = self.fields.filter { $0.access != .writeOnly }.map { field in
            var field = field
            if field.access == .generated { field.access = .readWrite }
            return field
        }
        return FieldSchemas(place: .answer).object(fields, and: self.stamp).described(self.help)
    }

    private var stamp: [(String, Schema)] {
        [
            ("id", (self.hasChosenID ? Schema.text() : Schema.uuid).setting("readOnly", .bool(true))),
            ("created_at", Schema.dateTime.setting("readOnly", .bool(true))),
            ("updated_at", Schema.dateTime.setting("readOnly", .bool(true))),
        ]
    }

    /// A page of the list, or the whole list when it is not cut.
    package var listSchema: Schema {
        let element = Schema.component(self.schemaName)
        return switch self.paging {
        case .none: .array(element)
        case .cursor: .cursorPage(element)
        case .number: .numberedPage(element)
        }
    }

    /// The schemas of a kind by their names.
    package var schemas: [(name: String, schema: Schema)] {
        [(self.schemaName, self.answerSchema), ("\(self.schemaName)List", self.listSchema)]
            + (self.creationSchema.map { [("\(self.schemaName)Created", $0)] } ?? [])
            + self.bodyUses.map { (self.schemaName(of: $0), self.bodySchema($0)) }
    }

    /// All that is configured below an entity, with tags, as one tree.
    package var treeSchema: Schema {
        var schema = Schema.anyObject
        schema.json["required"] = .array((["id", "etag"] + self.children.map(\.documentKey)).map(JSONValue.string))
        return schema
    }
}

extension Schema {
    package static func cursorPage(_ element: Schema) -> Schema {
        .object([
            "meta": .object([
                "page": .object([
                    "size": .integer(1...100), "next": Schema.string.orNull, "previous": Schema.string.orNull,
                    "first": .string,
                ])
            ]), "data": .array(element, maximum: 100),
        ])
    }

    package static func numberedPage(_ element: Schema) -> Schema {
        .object([
            "meta": .object([
                "page": .object([
                    "number": .integer(1...Int.max), "size": .integer(1...100), "total": .count,
                ])
            ]), "data": .array(element, maximum: 100),
        ])
    }

    /// The order of a chain.
    package static let chain = Schema.object(["policies": .array(.uuid, isUnique: true)])

    /// The schemas that all kinds share.
    package static let shared: [(name: String, schema: Schema)] = [
        ("Problem", Schema.object(Self.problemFields).described("An error (RFC 9457).")),
        (
            "InvalidRequest",
            Schema.object(
                Self.problemFields + [
                    ("invalid_parameters", .array(.component("InvalidParameter"), minimum: 1, maximum: 100))
                ]
            ).described("An error that names all that is wrong with the request (RFC 9457).")
        ),
        ("InvalidParameter", Self.invalidParameter),
        ("Chain", Self.chain),
        (
            "Reference",
            Schema.object(["id": .uuid, "name": .string]).described("An entity, by its id and its name.")
        ),
        (
            "ReferenceInput",
            Schema.oneOf([
                .object(["id": .uuid]), .object(["name": .text()]),
            ]).described("An entity, by its id or by its name.")
        ),
    ]

    private static let problemFields: [(String, Schema)] = [
        ("status", .integer(400...599)), ("title", .string),
        ("type", .string.setting("format", .string("uri"))),
        ("instance", .string), ("detail", .string),
    ]

    private static let invalidParameter = Schema.object(
        [
            "field": Schema.string.described("The path from the root of the body, or the parameter's name."),
            "rule": .choice(of: InvalidParameter.Rule.self), "source": .choice(of: InvalidParameter.Source.self),
            "reason": .string,
        ],
        optional: [
            "minimum": .integer, "maximum": .integer, "choices": .array(.string), "dependents": .array(.string),
        ])
}
