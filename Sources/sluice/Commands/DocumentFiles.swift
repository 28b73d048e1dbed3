import Console
import Foundation

/// Configuration documents on the command line: `-f FILE`, again for more, `-` for standard input.
enum DocumentFiles {
    static func read(_ paths: [String]) throws -> ConfigurationDocument {
        var document = ConfigurationDocument()
        for path in paths {
            let text: String
            if path == "-" {
                text = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
            } else {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw CommandFailure("The file '\(path)' cannot be read. Does it exist?")
                }
                guard let content = String(validating: data, as: UTF8.self) else {
                    throw CommandFailure("The file '\(path)' is not text in UTF-8.")
                }
                text = content
            }
            do throws(DocumentErrors) {
                try document.add(try ConfigurationDocument(reading: text))
            } catch {
                throw CommandFailure(error.errors.map { "\(path):\($0)" }.joined(separator: "\n"))
            }
        }
        return document
    }
}
