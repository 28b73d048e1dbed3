import Resources

/// Configuration documents on the command line: `-f FILE`, again for more, `-` for standard input.
enum DocumentFiles {
    static func read(_ paths: [String]) throws -> ConfigurationDocument {
        var document = ConfigurationDocument()
        for path in paths {
            let text = try Input.text(path)
            do throws(DocumentErrors) {
                try document.add(try ConfigurationDocument(reading: text))
            } catch {
                throw CommandFailure(error.errors.map { $0.description(in: path) }.joined(separator: "\n"))
            }
        }
        return document
    }
}
