package import GatewayModel

/// What a change is told.
package struct ChangeInput: Equatable, Sendable {
    /// The path's captures.
    package var parameters: [String: String]
    package var query: QueryItems
    /// null when the call takes none.
    package var body: JSONValue
    /// Ids of what later changes of the same request replace or delete: what those hold now, they may give up.
    package var changedLater: Set<String> = []

    package init(parameters: [String: String], query: QueryItems, body: JSONValue) {
        self.parameters = parameters
        self.query = query
        self.body = body
    }

    package func parameter(_ name: String) throws(Problem) -> String {
        guard let value = self.parameters[name] else { throw .notFound("No resource here") }
        return value
    }
}
