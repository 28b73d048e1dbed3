import Foundation
import TestSupport
import Testing

@testable import KafkaProtocolGenerator

@Suite("Generated code")
struct GeneratedCodeTests {
    private static let package = MessageSchema.specifications
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private func folders() throws -> [GeneratedFolder] {
        let paths = KafkaProtocolGenerator.packageFolders.map { "\(Self.package)/\($0)" }
        return try GeneratedFolder.all(specifications: paths[0], output: paths[1], testOutput: paths[2])
    }

    @Test
    func `the files in the package are what the specifications give`() throws {
        for folder in try self.folders() { #expect(folder.differences() == []) }
    }

    @Test
    func `a changed, a missing and a foreign file are named`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var folder = GeneratedFolder(path: path, files: ["A.swift": "a", "B.swift": "b", "C.swift": "c"])
        try folder.write()
        #expect(folder.differences() == [])

        folder.files["A.swift"] = "other"
        folder.files["B.swift"] = nil
        folder.files["D.swift"] = "d"
        #expect(folder.differences() == ["\(path)/A.swift", "\(path)/B.swift", "\(path)/D.swift"])
        try folder.write()
        #expect(folder.differences() == [])
    }

    @Test
    func `the same specifications give the same code`() throws {
        let first = try self.folders()
        let second = try self.folders()
        #expect(first.map(\.files) == second.map(\.files))
    }
}

@Suite("Constants of versions")
struct VersionConstantTests {
    private static func constants(_ text: String) throws -> [String] {
        var parser = try SpecificationParser(file: "Test.txt", text: text)
        var emitter = SwiftEmitter(try parser.parse())
        return try emitter.emit().split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.contains("firstVersionWith") }
    }

    @Test
    func `a field that came later than its message has the version that it came with`() throws {
        let text = "=== Test\ndata Test  versions 2-5  flexible none\n  Old: int8  0+\n  New: int8  4+"
        #expect(try Self.constants(text) == ["package static let firstVersionWithNew: Int16 = 4"])
    }

    @Test
    func `a field that came with its structure has none`() throws {
        let text = """
            === Test
            data Test  versions 0-5  flexible none
              Later: []Row  3+
                Same: int8  3+
                New: int8  5+
            """
        #expect(
            try Self.constants(text) == [
                "package static let firstVersionWithLater: Int16 = 3",
                "package static let firstVersionWithNew: Int16 = 5",
            ])
    }
}

@Suite("Specifications that cannot be understood")
struct SpecificationErrorTests {
    @Test(arguments: [
        ("x", "Test.txt:1: the file must start with '=== api KEY NAME' or '=== NAME'"),
        ("=== api ten Test", "Test.txt:1: expected '=== api KEY NAME'"),
        (
            "=== Test\ndata Test  versions 0",
            "Test.txt:2: expected 'request|response|data NAME  versions LOW-HIGH  flexible FIRST+|none'"
        ),
        (
            "=== Test\ndata Test  versions 3-1  flexible none",
            "Test.txt:2: '3-1' is not a version range such as 3+, 0-12 or 8"
        ),
        (
            "=== Test\n# note\ndata Test  versions 0  flexible none\n   A: int8  0+",
            "Test.txt:4: indentation must be a multiple of two"
        ),
        ("=== Test\ndata Test  versions 0  flexible none\n  A int8  0+", "Test.txt:3: expected 'NAME: TYPE  VERSIONS'"),
        ("=== Test\ndata Test  versions 0  flexible none\n  A: int7  0+", "Test.txt:3: unknown type 'int7'"),
        (
            "=== Test\ndata Test  versions 0  flexible none\n  A: int8  0+  | big",
            "Test.txt:3: unknown attribute ' big'"
        ),
        ("=== Test\ndata Test  versions 0  flexible none\n  A: B  0+", "Test.txt:3: structure B has no fields"),
        (
            "=== Test\ndata Test  versions 0  flexible none\n  A: int8  0+\n    C: int8  0+",
            "Test.txt:3: int8 cannot have fields"
        ),
        (
            "=== Test\ndata Test  versions 0  flexible none\n  A: int8  0+\n  A: int8  0+",
            "Test.txt:4: field A is there twice"
        ),
        (
            "=== Test\ndata Test  versions 0  flexible none\n  A: int8  0+  | default x",
            "Test.txt:3: 'x' is not a default of int8"
        ),
        (
            "=== Test\ndata Test  versions 0  flexible none\n  A: B  0+\n    C: int8  0+\n  D: []B  0+\n    C: int16  0+",
            "Test.txt:5: structure B was described before with other fields"
        ),
    ])
    func `a mistake is named with its line`(_ text: String, _ message: String) {
        let error = #expect(throws: SpecificationError.self) {
            var parser = try SpecificationParser(file: "Test.txt", text: text)
            var emitter = SwiftEmitter(try parser.parse())
            _ = try emitter.emit()
        }
        #expect(error?.description == message)
    }

    @Test
    func `an API whose response has other versions is refused`() throws {
        let text =
            "=== api 7 Test\nrequest TestRequest  versions 0-1  flexible 1+\nresponse TestResponse  versions 0-2  flexible 1+"
        var parser = try SpecificationParser(file: "Test.txt", text: text)
        let specification = try parser.parse()
        #expect(throws: SpecificationError.self) { try APITableEmitter([specification]).emit() }
    }
}
