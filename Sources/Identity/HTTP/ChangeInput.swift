package import GatewayModel

/// What a change is told.
package struct ChangeInput: Equatable, Sendable {
    /// The path's captures, decoded.
    package var parameters: [String: String]
    package var query: QueryItems
    /// null when the call takes none.
    package var body: JSONValue

    package init(parameters: [String: String], query: QueryItems, body: JSONValue) {
        self.parameters = parameters
        self.query = query
        self.body = body
    }

    /// An id; a UUID in lower case, as ids are stored.
    package func parameter(_ name: String) throws(Problem) -> String { canonicalID(try self.text(name)) }

    /// An id whose letters have a case, or a name.
    package func text(_ name: String) throws(Problem) -> String {
        guard let value = self.parameters[name] else { throw .notFound("No resource here") }
        return value
    }
}
