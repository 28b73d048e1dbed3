package import JSON
import Resources

/// What a change is given: its path, its query and its body.
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

    /// The text of a field of the body; nil when it is none.
    package func text(ofBody field: String) -> String? {
        guard case .object(let body) = self.body, case .string(let text)? = body[field] else { return nil }
        return text
    }

    /// Refuses a field that names what another change makes where the change was prepared from its text, which is slow and
    /// comes before anything is made.
    ///
    /// - Parameter prepared: the field's text when the change was prepared.
    package func checkIsWrittenOut(_ field: String, as prepared: String?) throws(Problem) {
        guard self.text(ofBody: field) != prepared else { return }
        throw .badRequest(
            InvalidParameter(
                field: field, rule: .invalid,
                reason: "names what another change makes, and must be written out: it is needed before that is made"))
    }

    /// An id whose letters have a case, or a name.
    package func text(_ name: String) throws(Problem) -> String {
        guard let value = self.parameters[name] else { throw .notFound("No resource here") }
        return value
    }
}
