/// A reference as a client writes it: `{"id": uuid}` or `{"name": string}`.
package enum ReferenceInput: Equatable, Sendable {
    case id(String)
    case name(String)

    package var text: String {
        switch self {
        case .id(let text), .name(let text): text
        }
    }
}

extension FieldReader {
    /// Reads a reference and binds it to what it names.
    ///
    /// - Parameters:
    ///   - what: such as `backend cluster`.
    ///   - resolve: finds the entity; nil reports `missing_reference`.
    package func reference(to what: String, _ resolve: (ReferenceInput) throws -> Reference?) rethrows -> Reference? {
        let input: ReferenceInput? = self.object { reader in
            let (id, name) = (reader["id"].ifPresent, reader["name"].ifPresent)
            switch (id, name) {
            case (let id?, nil):
                return id.string(.uuid).map { .id($0.lowercased()) }
            case (nil, let name?):
                return name.string(.minimumLength(1)).map { .name($0) }
            case (nil, nil):
                self.report(.required, "must name a \(what) by id or by name")
            case (.some, .some):
                self.report(.invalid, "must have either id or name, not both")
            }
            return nil
        }
        guard let input else { return nil }
        guard let reference = try resolve(input) else {
            self.report(.missingReference, "no \(what) [\(input.text)]")
            return nil
        }
        return reference
    }
}
