import Foundation
package import JSON

extension Resource {
    /// The entity that a body describes, with what the server adds.
    ///
    /// - Parameters:
    ///   - values: the fields, as ``EntityKind/read(_:_:previous:in:)`` gives them.
    ///   - stamp: its id and dates.
    package init(_ values: JSONObject, stamp: EntityStamp) throws {
        var object = values
        object["id"] = .string(stamp.id)
        object["created_at"] = .string(Timestamp.text(stamp.createdAt))
        object["updated_at"] = .string(Timestamp.text(stamp.updatedAt))
        try self.init(object)
    }

    /// The entity that ``object()`` wrote.
    package init(_ object: JSONObject) throws {
        self = try EntityCoding.decode(Self.self, from: try EntityCoding.encode(JSONValue.object(object)))
    }

    /// The fields as the API writes them, id and dates included.
    package func object() throws -> JSONObject {
        let value = try JSONValue(parsing: Array(try EntityCoding.encode(self)))
        guard case .object(let object) = value else { return JSONObject() }
        return object
    }
}
