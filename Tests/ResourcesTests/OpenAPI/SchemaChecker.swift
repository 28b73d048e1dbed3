import Foundation
import JSON

/// Judges values by the part of JSON Schema that the API's description uses: of a vocabulary that it does not know it says so.
struct SchemaChecker {
    struct UnknownKeyword: Error { var name: String }

    /// The document's schemas by name.
    var components: [String: JSONObject]

    private static let remarks: Set = ["description", "examples", "default", "readOnly", "writeOnly", "format"]

    func accepts(_ value: JSONValue, _ schema: JSONValue?) throws -> Bool {
        guard case .object(let schema)? = schema else { return schema == .bool(true) }
        return try schema.keys.allSatisfy { try self.accepts(value, $0, schema) }
    }

    private func accepts(_ value: JSONValue, _ keyword: String, _ schema: JSONObject) throws -> Bool {
        let rule = schema[keyword] ?? .null
        switch (keyword, value, rule) {
        case (let name, _, _) where Self.remarks.contains(name): return true
        case ("$ref", _, .string(let path)):
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            return try self.accepts(value, self.components[name].map(JSONValue.object))
        case ("type", _, .string(let name)): return Self.isOf(name, value)
        case ("type", _, .array(let names)):
            return names.contains { if case .string(let name) = $0 { Self.isOf(name, value) } else { false } }
        case ("enum", _, .array(let values)): return values.contains(value)
        case ("const", _, _): return value == rule
        case ("oneOf", _, .array(let all)): return try all.count { try self.accepts(value, $0) } == 1
        case ("anyOf", _, .array(let all)): return try all.contains { try self.accepts(value, $0) }
        case ("allOf", _, .array(let all)): return try all.allSatisfy { try self.accepts(value, $0) }
        case ("if", _, _): return try !self.accepts(value, rule) || self.accepts(value, schema["then"])
        case ("then", _, _): return true
        case ("minLength", .string(let text), _): return text.unicodeScalars.count >= Self.number(rule)
        case ("maxLength", .string(let text), _): return text.unicodeScalars.count <= Self.number(rule)
        case ("pattern", .string(let text), .string(let pattern)):
            let expression = try NSRegularExpression(pattern: pattern)
            return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
        case ("minimum", .integer(let number), _): return number >= Self.number(rule)
        case ("maximum", .integer(let number), _): return number <= Self.number(rule)
        case ("minItems", .array(let values), _): return values.count >= Self.number(rule)
        case ("maxItems", .array(let values), _): return values.count <= Self.number(rule)
        case ("uniqueItems", .array(let values), _):
            return values.indices.allSatisfy { !values[..<$0].contains(values[$0]) }
        case ("items", .array(let values), _): return try values.allSatisfy { try self.accepts($0, rule) }
        case ("maxProperties", .object(let object), _): return object.keys.count <= Self.number(rule)
        case ("propertyNames", .object(let object), _):
            return try object.keys.allSatisfy { try self.accepts(.string($0), rule) }
        case ("required", .object(let object), .array(let names)):
            return names.allSatisfy { if case .string(let name) = $0 { object[name] != nil } else { false } }
        case ("properties", .object(let object), .object(let properties)):
            return try properties.keys.allSatisfy { name in
                try object[name].map { try self.accepts($0, properties[name]) } ?? true
            }
        case ("additionalProperties", .object(let object), _):
            var known: [String] = []
            if case .object(let properties)? = schema["properties"] { known = properties.keys }
            return try object.keys.allSatisfy { try known.contains($0) || self.accepts(object[$0] ?? .null, rule) }
        case ("minLength", _, _), ("maxLength", _, _), ("pattern", _, _), ("minimum", _, _), ("maximum", _, _),
            ("minItems", _, _), ("maxItems", _, _), ("uniqueItems", _, _), ("items", _, _), ("maxProperties", _, _),
            ("propertyNames", _, _), ("required", _, _), ("properties", _, _), ("additionalProperties", _, _):
            return true
        default: throw UnknownKeyword(name: keyword)
        }
    }

    private static func isObject(_ value: JSONValue) -> Bool {
        if case .object = value { true } else { false }
    }

    private static func number(_ value: JSONValue) -> Int64 { value.integerValue ?? 0 }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("integer", .integer), ("object", .object), ("array", .array),
            ("null", .null), ("number", .integer), ("number", .number):
            true
        case ("integer", .number): value.integerValue != nil
        default: false
        }
    }
}
