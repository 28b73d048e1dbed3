import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

/// What holds for every kind that there is, and for each that comes.
@Suite struct EntityKindTests {
    private static let wrong: [JSONValue] = [
        .null, .bool(true), .integer(-1), .number(1.5), .string(""), .string("\u{0}"), .array([]), .array([.null]),
        .object([:]), .object(["": .null]), .string(String(repeating: "x", count: 3000)),
    ]

    private static let around = FixedSurroundings([
        BackendCluster(
            id: "0d6f1a3e-5a0f-4c0e-9b55-9b6d3b1f7a10", name: "my-backend", bootstrapServers: ["a:1"], createdAt: .now,
            updatedAt: .now),
        VirtualCluster(
            id: "0d6f1a3e-5a0f-4c0e-9b55-9b6d3b1f7a11", name: "my-virtual-cluster",
            destination: Reference(id: "b", name: "b"), authentication: [.anonymous], aclMode: .passthrough,
            dnsLabel: "v", createdAt: .now, updatedAt: .now),
    ])

    private static func faults(_ kind: EntityKind, _ body: JSONObject, _ use: EntityKind.BodyUse = .create) throws
        -> [String]
    {
        do {
            _ = try kind.read(.object(body), use, in: Self.around)
            return []
        } catch let error as InvalidBody {
            return error.invalidParameters.map(\.field)
        }
    }

    /// A body with an example for each field that has one.
    private static func example(_ kind: EntityKind) -> JSONObject {
        var body = JSONObject()
        for field in kind.fields where field.access == .readWrite || field.access == .atCreation {
            if field.unsupported == nil, let example = field.example { body[field.name] = example }
            if case .variantFields(_, let variants) = field.type,
                let variant = variants.first(where: { $0.unsupported == nil })
            {
                body[field.name] = Self.example(variant)
            }
        }
        return body
    }

    private static func example(_ variant: FieldVariant) -> JSONValue {
        var object = JSONObject()
        var fields = variant.fields
        if let (key, shapes) = variant.variants, let shape = shapes.first(where: { $0.unsupported == nil }) {
            object[key] = .string(shape.name)
            fields = shape.fields
        }
        for field in fields { if let example = field.example { object[field.name] = example } }
        return .object(object)
    }

    @Test(arguments: EntityKind.all)
    func `its examples make an entity, and the entity makes the same document`(_ kind: EntityKind) throws {
        let body = Self.example(kind)
        #expect(try Self.faults(kind, body) == [])
        #expect(try Self.faults(kind, body, .replace) == [])
        var values = try kind.read(.object(body), .create, in: Self.around).values
        if kind == .authServer { values["issuer"] = .string("http://localhost/x/auth") }
        func made<Entity: Resource>(_ type: Entity.Type) throws -> JSONObject {
            try Entity(values, stamp: .new()).object()
        }
        let (stored, read) = (kind.filled(try made(kind.entity)), kind.filled(values))
        for field in kind.documentFields { #expect(stored[field.name] == read[field.name], "\(field.name)") }
        #expect(kind.stripped(kind.filled(body)) == kind.stripped(body))
        #expect(kind.filled(kind.stripped(values)) == kind.filled(values))
    }

    @Test(arguments: EntityKind.all)
    func `each field is known by its name, and nothing else is`(_ kind: EntityKind) throws {
        let names = kind.fields.map(\.name)
        #expect(Set(names).count == names.count)
        for field in kind.fields { #expect(!field.help.isEmpty, "\(field.name)") }
        var body = Self.example(kind)
        body["no_such_field"] = .integer(1)
        #expect(try Self.faults(kind, body) == ["no_such_field"])
        for field in kind.fields where field.access == .readOnly {
            var body = Self.example(kind)
            body[field.name] = .string("x")
            #expect(try Self.faults(kind, body) == [field.name])
        }
    }

    @Test(arguments: EntityKind.all)
    func `a required field that is missing is named`(_ kind: EntityKind) throws {
        for field in kind.fields {
            guard case .required = field.presence else { continue }
            var body = Self.example(kind)
            body[field.name] = nil
            #expect(try Self.faults(kind, body).contains(field.name), "\(field.name)")
        }
    }

    /// Whatever stands where: a fault of that field, of something inside it, or none at all. Never a trap.
    @Test(arguments: EntityKind.all)
    func `what is wrong is said of the field that it is in`(_ kind: EntityKind) throws {
        for field in kind.fields where field.access != .readOnly && field.access != .generated {
            for value in Self.wrong {
                for use in [EntityKind.BodyUse.create, .replace, .patch] {
                    var body = Self.example(kind)
                    body[field.name] = value
                    for fault in try Self.faults(kind, body, use) {
                        let isInside = fault.hasPrefix(field.name + ".") || fault.hasPrefix(field.name + "[")
                        // A policy's other fields depend on its type.
                        #expect(fault == field.name || isInside || field.name == "type", "\(field.name): \(fault)")
                    }
                }
            }
        }
    }

    @Test func `every kind has its place`() {
        let all = EntityKind.all
        #expect(Set(all).count == all.count)
        #expect(Set(all.map(\.path)).count == all.count)
        for (index, kind) in all.enumerated() {
            if let parent = kind.parent { #expect(all[..<index].contains(parent), "\(kind.title)") }
            for reference in kind.references { #expect(all[..<index].contains(reference.target), "\(kind.title)") }
            for (_, sibling) in kind.siblingLists { #expect(all[..<index].contains(sibling), "\(kind.title)") }
        }
    }

    @Test(arguments: EntityKind.all)
    func `its template is a document with what has to be there`(_ kind: EntityKind) throws {
        let (node, _) = try EntityNode.reading(kind, text: kind.template())
        for field in kind.documentFields {
            guard case .required = field.presence else { continue }
            #expect(node.fields[field.name] != nil, "\(field.name)")
        }
        let named = kind.template(["destination.name": "orders: eu"])
        if kind.references.contains(where: { $0.path == ["destination"] }) {
            let (node, _) = try EntityNode.reading(kind, text: named)
            #expect(node.fields[path: ["destination", "name"]] == .string("orders: eu"))
        }
    }
}
