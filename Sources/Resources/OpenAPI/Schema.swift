package import JSON

/// A JSON Schema (draft 2020-12), as OpenAPI 3.1 has it.
package struct Schema: Equatable, Sendable {
    package var json: JSONObject

    package init(_ json: JSONObject) {
        self.json = json
    }

    package static let string = Schema(["type": .string("string")])
    package static let boolean = Schema(["type": .string("boolean")])
    package static let integer = Schema(["type": .string("integer")])
    package static let number = Schema(["type": .string("number")])
    /// RFC 3339.
    package static let dateTime = Schema(["type": .string("string"), "format": .string("date-time")])
    package static let uuid = Schema.string([.uuid])
    package static let anyObject = Schema(["type": .string("object")])
    /// Any JSON.
    package static let anything = Schema([:])

    package static func text(_ minimum: Int = 1, atMost maximum: Int? = nil) -> Schema {
        .string([maximum.map { .length(minimum...$0) } ?? .minimumLength(minimum)])
    }

    package static func integer(_ range: ClosedRange<Int>) -> Schema {
        var json: JSONObject = ["type": .string("integer"), "minimum": .integer(Int64(range.lowerBound))]
        if range.upperBound != .max { json["maximum"] = .integer(Int64(range.upperBound)) }
        return Schema(json)
    }

    package static let count = Schema.integer(0...Int.max)

    package static func choice(_ choices: [String]) -> Schema {
        Schema(["type": .string("string"), "enum": .array(choices.map(JSONValue.string))])
    }

    package static func const(_ text: String) -> Schema { Schema(["const": .string(text)]) }

    package static func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> Schema {
        .choice(Choice.allCases.map(\.rawValue))
    }

    package static func array(_ element: Schema, minimum: Int = 0, maximum: Int? = nil, isUnique: Bool = false)
        -> Schema
    {
        var json: JSONObject = ["type": .string("array"), "items": .object(element.json)]
        if minimum > 0 { json["minItems"] = .integer(Int64(minimum)) }
        if let maximum { json["maxItems"] = .integer(Int64(maximum)) }
        if isUnique { json["uniqueItems"] = .bool(true) }
        return Schema(json)
    }

    /// An object with these properties and no others.
    package static func object(
        _ required: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:], isClosed: Bool = true
    ) -> Schema {
        .object(Array(required.map { ($0, $1) }), optional: optional.map { ($0, $1) }, isClosed: isClosed)
    }

    package static func object(
        _ required: [(String, Schema)], optional: [(String, Schema)] = [], isClosed: Bool = true
    ) -> Schema {
        var properties = JSONObject()
        for (name, schema) in required + optional { properties[name] = .object(schema.json) }
        var json: JSONObject = ["type": .string("object"), "properties": .object(properties)]
        if !required.isEmpty { json["required"] = .array(required.map { .string($0.0) }) }
        if isClosed { json["additionalProperties"] = .bool(false) }
        return Schema(json)
    }

    /// An object whose names are data.
    package static func map(_ value: Schema) -> Schema {
        Schema(["type": .string("object"), "additionalProperties": .object(value.json)])
    }

    package static func oneOf(_ schemas: [Schema]) -> Schema {
        schemas.count == 1 ? schemas[0] : Schema(["oneOf": .array(schemas.map { .object($0.json) })])
    }

    /// A schema of the document's components.
    package static func component(_ name: String) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(name)")])
    }

    package var orNull: Schema {
        if case .string(let type)? = self.json["type"], self.json["enum"] == nil {
            return Schema(self.json.setting("type", .array([.string(type), .string("null")])))
        }
        return Schema(["anyOf": .array([.object(self.json), .object(["type": .string("null")])])])
    }

    package func described(_ help: String) -> Schema { Schema(self.json.setting("description", .string(help))) }

    package func setting(_ name: String, _ value: JSONValue) -> Schema { Schema(self.json.setting(name, value)) }

    /// A text that fulfils all of these rules.
    package static func string(_ rules: [StringRule]) -> Schema {
        var schema = Schema.string
        let facts = rules.map(\.facts)
        if let minimum = facts.compactMap(\.minimumLength).max(), minimum > 0 {
            schema.json["minLength"] = .integer(Int64(minimum))
        }
        if let maximum = facts.compactMap(\.maximumLength).min() { schema.json["maxLength"] = .integer(Int64(maximum)) }
        if let format = facts.compactMap(\.format).first { schema.json["format"] = .string(format) }
        let patterns = facts.compactMap(\.pattern)
        if let pattern = patterns.first { schema.json["pattern"] = .string(pattern) }
        if patterns.count > 1 {
            schema.json["allOf"] = .array(patterns.dropFirst().map { .object(["pattern": .string($0)]) })
        }
        return schema
    }
}
