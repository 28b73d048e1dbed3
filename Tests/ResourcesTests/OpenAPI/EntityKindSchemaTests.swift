import Foundation
import JSON
import ResourceFixtures
import Testing

@testable import Resources

@Suite struct EntityKindSchemaTests {
    /// A body with all fields that have an example.
    private static func body(_ kind: EntityKind) -> JSONObject {
        var body = JSONObject()
        for field in kind.fields where field.access == .readWrite || field.access == .atCreation {
            body[field.name] = field.example ?? field.defaultValue
            if case .variantFields(_, let variants) = field.type {
                body[field.name] = variants.first { $0.unsupported == nil }.map { Self.example($0.type) }
            }
        }
        return body
    }

    private static func example(_ type: FieldType) -> JSONValue {
        switch type {
        case .object(let fields): return .object(Self.example(fields))
        case .variants(let key, let variants, _):
            guard let variant = variants.first(where: { $0.unsupported == nil }) else { return .null }
            return .object(Self.example(variant.fields).setting(key, .string(variant.name)))
        default: return .null
        }
    }

    private static func example(_ fields: [Field]) -> JSONObject {
        var object = JSONObject()
        for field in fields { object[field.name] = field.example ?? field.defaultValue }
        return object
    }

    /// What the examples refer to.
    private static func surroundings() throws -> FixedSurroundings {
        var entities: [any Resource] = []
        for kind in [EntityKind.gateway, .backendCluster, .virtualCluster] {
            let stamp = EntityStamp(id: "0d4d5a54-8a37-4b5c-a9d3-5d2b3c0f8a11", createdAt: Date(), updatedAt: Date())
            let around = FixedSurroundings(entities, parents: [])
            let values = try kind.read(.object(Self.body(kind)), .create, in: around).values
            entities.append(try kind.entity.init(values, stamp: stamp))
        }
        return FixedSurroundings(entities, parents: [])
    }

    private static let strange: [JSONValue] = [
        .null, .bool(true), .bool(false), .integer(-1), .integer(0), .integer(1), .integer(.max), .number(1.5),
        .string(""), .string("a"), .string("ab"), .string("a b"), .string("Straße 7"), .string("-ab"), .string("a_b."),
        .string("a\u{7F}b"), .string(String(repeating: "a", count: 64)), .string(String(repeating: "a", count: 600)),
        .string(String(repeating: "a", count: 2000)), .string("http://a.example/x"), .string("https://a.example"),
        .string("ftp://a.example"), .string("localhost:9092"), .string("[::1]:9092"), .string("::1"),
        .string("1.1"), .string("9.9"), .string("5s"), .string("1.5h"), .string("9092-9094"), .string("99999999"),
        .string("iss"), .string("${x}"), .string("0D4D5A54-8A37-4B5C-A9D3-5D2B3C0F8A11"), .string("terminate"),
        .array([]), .array([.string("a"), .string("a")]), .array([.null]), .array([.integer(9092)]),
        .object([:]), .object(["a": .string("b")]), .object(["kong": .string("b")]), .object(["a": .string("")]),
        .object(["a": .null]), .object(["name": .string("my-backend"), "id": .string("x")]),
        .object(["type": .string("anonymous")]), .object(["type": .string("sasl_plain")]),
        .object(["type": .string("port_mapping")]), .object(["enabled": .bool(true)]),
    ]

    /// The value with something else at one place, for each place.
    private static func variations(of value: JSONValue) -> [JSONValue] {
        var results = Self.strange
        switch value {
        case .object(let object):
            results.append(.object(object.setting("nobody_knows", .integer(1))))
            for name in object.keys {
                results.append(.object(object.without(name)))
                results += Self.variations(of: object[name] ?? .null).map { .object(object.setting(name, $0)) }
            }
        case .array(let values):
            for (index, element) in values.enumerated() {
                results += Self.variations(of: element).map { other in
                    var values = values
                    values[index] = other
                    return .array(values)
                }
            }
        case .null, .bool, .integer, .unsigned, .number, .string: break
        }
        return results
    }

    /// Rules that a schema can say as the reader does.
    private static let sayable: Set<InvalidParameter.Rule> = [
        .required, .isArray, .isBoolean, .isInteger, .isObject, .isString, .isUUID, .unknownProperty, .minimumLength,
        .minimumItems, .minimum, .maximumLength, .maximum, .choice, .type,
    ]

    @Test(arguments: EntityKind.all)
    func `the schema of a body takes what the reader takes, and refuses what it refuses`(_ kind: EntityKind) throws {
        let around = try Self.surroundings()
        let checker = SchemaChecker(
            components: Dictionary(
                (Schema.shared + EntityKind.all.flatMap(\.schemas)).map { ($0.name, $0.schema.json) },
                uniquingKeysWith: { first, _ in first }))
        let whole = Self.body(kind)
        let previous = try kind.read(.object(whole), .create, in: around).values
        for use in kind.bodyUses {
            var start = whole
            if use == .patch {
                for field in kind.fields where field.access == .atCreation { start = start.without(field.name) }
            }
            let schema = JSONValue.object(kind.bodySchema(use).json)
            #expect(try checker.accepts(.object(start), schema), "\(kind.title) \(use)")
            var taken = 0
            for body in Self.variations(of: .object(start)) {
                let isValid = try checker.accepts(body, schema)
                do {
                    _ = try kind.read(body, use, previous: use == .create ? nil : previous, in: around)
                    taken += 1
                    #expect(isValid, "\(kind.title) \(use): the schema refuses \(body)")
                } catch let error as InvalidBody {
                    let said = error.invalidParameters.filter { Self.sayable.contains($0.rule) }
                    #expect(!isValid || said.isEmpty, "\(kind.title) \(use): the schema takes \(body), \(said)")
                }
            }
            #expect(taken > 5, "\(kind.title) \(use)")
        }
    }

    private static func all(_ fields: [Field]) -> [Field] { fields.flatMap { [$0] + Self.inside($0.type) } }

    private static func inside(_ type: FieldType) -> [Field] {
        switch type {
        case .object(let fields): Self.all(fields)
        case .list(let element, _): Self.inside(element)
        case .either(let string, let other, _, _): Self.inside(string) + Self.inside(other)
        case .variants(_, let variants, _), .variantFields(_, let variants):
            variants.flatMap { Self.inside($0.type) }
        case .string, .boolean, .integer, .choice, .variantName, .labels, .reference, .siblingID, .anything: []
        }
    }

    @Test(arguments: EntityKind.all)
    func `every field has help, and what is required has an example`(_ kind: EntityKind) {
        for field in Self.all(kind.fields) { #expect(!field.help.isEmpty, "\(kind.title) \(field.name)") }
        for field in kind.fields {
            guard case .required = field.presence else { continue }
            if case .variantFields = field.type { continue }
            #expect(field.example != nil, "\(kind.title) \(field.name)")
        }
    }
}
