import Foundation

/// The Swift files that belong in one folder.
struct GeneratedFolder {
    var path: String
    /// Contents by file name.
    var files: [String: String]

    /// What the specifications in a folder give.
    static func all(specifications: String, output: String, testOutput: String) throws -> [GeneratedFolder] {
        var files: [String: String] = [:]
        var parsed: [Specification] = []
        let names = try FileManager.default.contentsOfDirectory(atPath: specifications).filter { $0.hasSuffix(".txt") }
        for name in names.sorted() {
            let text = try String(contentsOfFile: "\(specifications)/\(name)", encoding: .utf8)
            var parser = try SpecificationParser(file: name, text: text)
            let specification = try parser.parse()
            var emitter = SwiftEmitter(specification)
            files["\(specification.name).swift"] = try emitter.emit()
            parsed.append(specification)
        }
        files["APIKey+Table.swift"] = try APITableEmitter(parsed.filter { $0.apiKey != nil }).emit()
        return [
            GeneratedFolder(path: output, files: files),
            GeneratedFolder(
                path: testOutput, files: ["MessageTypes.swift": MessageTypesEmitter(specifications: parsed).emit()]),
        ]
    }

    /// The paths of files that are missing, or differ, or do not belong there.
    func differences() -> [String] {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []
        return Set(present).union(self.files.keys).sorted().map { "\(self.path)/\($0)" }.filter { path in
            let wanted = self.files[String(path.dropFirst(self.path.count + 1))]
            return wanted == nil || (try? String(contentsOfFile: path, encoding: .utf8)) != wanted
        }
    }

    func write() throws {
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
        for path in self.differences() {
            if let text = self.files[String(path.dropFirst(self.path.count + 1))] {
                try text.write(toFile: path, atomically: true, encoding: .utf8)
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
        }
    }
}
