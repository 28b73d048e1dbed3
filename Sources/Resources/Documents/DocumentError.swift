/// A place in a text, as editors count: both from 1, columns in characters.
package struct DocumentPlace: Equatable, Hashable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: DocumentPlace, right: DocumentPlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One thing that is wrong with a document.
package struct DocumentError: Equatable, Sendable, CustomStringConvertible {
    /// Nil: the document as a whole.
    package var place: DocumentPlace?
    /// A sentence for people that starts in lower case and has no full stop.
    package var message: String

    package init(_ message: String, at place: DocumentPlace? = nil) {
        self.place = place
        self.message = message
    }

    /// `12:5: unknown property 'prot'`.
    package var description: String {
        guard let place = self.place else { return self.message }
        return "\(place.line):\(place.column): \(self.message)"
    }

    /// `FILE:12:5: unknown property 'prot'`.
    package func description(in file: String) -> String {
        "\(file):\(self.place == nil ? " " : "")\(self.description)"
    }
}

/// All that is wrong with a document, in its order. Holds at least one.
package struct DocumentErrors: Error, Equatable, Sendable, CustomStringConvertible {
    package var errors: [DocumentError]

    package init(_ errors: [DocumentError]) {
        self.errors = errors
    }

    package var description: String { self.errors.map(\.description).joined(separator: "\n") }
}
