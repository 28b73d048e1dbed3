import Foundation

/// Makes the messages of KafkaProtocol, and the list of them that its tests go through, from the specifications.
///
///     swift run KafkaProtocolGenerator [SPECIFICATIONS OUTPUT TEST-OUTPUT] [--check]
///
/// Without folders it uses those of the package in the current directory. With `--check` nothing is written: it fails and names the files that differ.
@main
struct KafkaProtocolGenerator {
    /// Specifications, messages, and the list of them.
    static let packageFolders = [
        "Sources/KafkaProtocolGenerator/Specifications", "Sources/KafkaProtocol/Generated",
        "Tests/KafkaProtocolTests/Generated",
    ]

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        var folders = arguments.filter { !$0.hasPrefix("--") }
        if folders.isEmpty { folders = Self.packageFolders }
        let options = arguments.filter { $0.hasPrefix("--") }
        guard folders.count == 3, options.allSatisfy({ $0 == "--check" }) else {
            self.fail("usage: KafkaProtocolGenerator [SPECIFICATIONS OUTPUT TEST-OUTPUT] [--check]", code: 2)
        }
        do {
            let outputs = try GeneratedFolder.all(
                specifications: folders[0], output: folders[1], testOutput: folders[2])
            if options.isEmpty {
                for output in outputs { try output.write() }
            } else {
                let differences = outputs.flatMap { $0.differences() }
                guard differences.isEmpty else {
                    self.fail("generated code is not up to date: \(differences.joined(separator: ", "))")
                }
            }
            print("\(outputs.reduce(0) { $0 + $1.files.count }) files are up to date")
        } catch let error as SpecificationError {
            self.fail(error.description)
        }
    }

    private static func fail(_ message: String, code: Int32 = 1) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(code)
    }
}
