import Resources

/// An entity that is being written in the editor.
struct MapDraft: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        case add(below: EntityKey?)
        case edit(EntityKey)
    }

    var kind: EntityKind
    var purpose: Purpose
    /// The text as last written, without remarks.
    var text: String
    /// What was wrong with it, a line each.
    var problems: [String] = []
    /// It is open again after a refusal or a no: its text differs from what is in force even when nothing is typed.
    var isReopened = false
    /// The editor's request, while it is open.
    var requestID: Int?
    var places: LocatedValue?
    /// The versions of what there was when the editor was opened.
    var tags: [String: String] = [:]

    var fileName: String { self.kind.title.replacing(" ", with: "-") + ".yaml" }

    /// The text with its problems on top, as remarks.
    var textForEditor: String {
        let remarks = self.problems.isEmpty ? "" : self.problems.map { "#! \($0)\n" }.joined()
        return remarks + self.text
    }

    static func withoutRemarks(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.first?.hasPrefix("#!") == true { lines.removeFirst() }
        return lines.joined(separator: "\n")
    }
}
