import JSON
import Resources

/// Fields of any kind, as a pane of details and a row show them.
enum MapFieldText {
    /// A line for each field that is not as by default. Fields that answers leave out, such as secrets, are not among them.
    ///
    /// - Parameter told: fields that are shown in another way.
    static func lines(_ node: EntityNode, without told: Set<String>) -> [DetailLine] {
        self.fields(node, without: told).flatMap { name, value in self.lines(self.label(name), value) }
    }

    /// The first fields that say something, for the row.
    static func summary(_ node: EntityNode) -> String {
        self.fields(node, without: []).map { self.text($0.value) }.filter { !$0.isEmpty }.prefix(2).joined(
            separator: "  ")
    }

    /// What each kind has in one place: its name, its description, labels, and whether it is on.
    private static let common: Set<String> = ["name", "description", "labels", "enabled"]

    private static func fields(_ node: EntityNode, without told: Set<String>) -> [(name: String, value: JSONValue)] {
        node.kind.fields.compactMap { field in
            guard field.access == .readWrite || field.access == .atCreation, !self.common.contains(field.name),
                !told.contains(field.name), let value = node.fields[field.name], value != field.defaultValue,
                value != .null
            else { return nil }
            return (field.name, value)
        }
    }

    private static func lines(_ label: String, _ value: JSONValue) -> [DetailLine] {
        guard case .object(let object) = value, object.keys != ["name"] else {
            // A long name would leave no room for the values of all lines.
            return label.count > DetailLine.widestLabel
                ? [DetailLine("also", "\(label): \(self.text(value))")] : [DetailLine(label, self.text(value))]
        }
        let inner = object.keys.flatMap { name in
            object[name].map { [DetailLine("  " + self.label(name), self.text($0))] } ?? []
        }
        return [DetailLine(label, "")] + inner
    }

    private static func label(_ name: String) -> String { name.replacing("_", with: " ") }

    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: "none"
        case .bool(let isOn): isOn ? "yes" : "no"
        case .integer(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): text
        case .array(let values): values.isEmpty ? "none" : values.map(self.text).joined(separator: " ")
        case .object(let object):
            object.string("name").flatMap { object.keys.count <= 2 ? $0 : nil }
                ?? object.keys.sorted().map { "\($0)=\(object[$0].map(self.text) ?? "")" }.joined(separator: " ")
        }
    }
}
