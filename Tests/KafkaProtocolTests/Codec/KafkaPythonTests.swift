import Foundation
import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// The codec of PyPI `kafka-python`, run as a program: it was written by others, from Kafka's own descriptions.
private enum KafkaPython {
    /// Whether it can run here; with SLUICE_REQUIRE_CLIENTS=1 it must.
    static let isUsable: Bool = {
        if ProcessInfo.processInfo.environment["SLUICE_REQUIRE_CLIENTS"] == "1" { return true }
        return (try? KafkaPython.run(["-c", "from kafka.protocol.schemas import load_json"], input: "")) != nil
    }()

    struct Failure: Error {
        var status: Int32
        var output: String
    }

    /// What Python prints for an input: `python3`, or the one that SLUICE_PYTHON names.
    static func run(_ arguments: [String], input: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: nobody has to read while the other writes.
        let inputFile = folder.appending(path: "in")
        let outputFile = folder.appending(path: "out")
        try Data(input.utf8).write(to: inputFile)
        try Data().write(to: outputFile)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["SLUICE_PYTHON"] ?? "python3"] + arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let output = try String(contentsOf: outputFile, encoding: .utf8)
        guard process.terminationStatus == 0 else {
            throw Failure(status: process.terminationStatus, output: output)
        }
        return output
    }
}

@Suite(
    "An independent codec",
    .enabled(
        if: KafkaPython.isUsable,
        "python3 or its package kafka-python (3 or later) is missing: pip install kafka-python"))
struct KafkaPythonTests {
    private struct Question: Encodable {
        var message: String
        var version: Int16
        var hex: String
        var values: PythonValue
    }

    private struct Answer: Decodable {
        var absent: Bool?
        var built: String?
        var again: String?
        var error: String?
    }

    @Test
    func `kafka-python writes the same bytes, and reads ours, in every version that it has`() throws {
        var questions: [Question] = []
        var lines = ""
        for sample in MessageSample.all {
            for version in sample.schema.versions {
                // It does not keep unknown tagged fields.
                for (value, bytes) in sample.filled(version: version, count: 5, hasUnknownTags: false) {
                    let decoded = try DecodedMessage(sample.type, from: bytes, version: version)
                    let question = Question(
                        message: sample.schema.name, version: version, hex: decoded.encoded(version: version).hex,
                        values: PythonValue(value, sample.schema.fields, version: version))
                    questions.append(question)
                    lines += String(decoding: try JSONEncoder().encode(question), as: UTF8.self) + "\n"
                }
            }
        }

        let script = try #require(Bundle.module.path(forResource: "Fixtures/kafka_python_codec", ofType: "py"))
        let output = try KafkaPython.run([script], input: lines)
        let answers = try output.split(separator: "\n").map {
            try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
        }
        try #require(answers.count == questions.count)

        var absent: Set<String> = []
        for (question, answer) in zip(questions, answers) {
            if answer.absent == true {
                absent.insert("\(question.message) \(question.version)")
                continue
            }
            #expect(answer.error == nil, "\(question.message) \(question.version): \(question.hex)")
            #expect(answer.built == question.hex, "\(question.message) \(question.version), written from values")
            #expect(answer.again == question.hex, "\(question.message) \(question.version), read and written again")
        }
        #expect(absent == Self.absent)
    }

    /// The APIs that kafka-python 3.0 does not have, with their versions: no check by an independent codec there.
    private static let absent: Set<String> = Set(
        [
            "CreateDelegationToken": 1...3,
            "RenewDelegationToken": 1...2,
            "ExpireDelegationToken": 1...2,
            "DescribeDelegationToken": 1...3,
            "UnregisterBroker": 0...0,
            "ConsumerGroupHeartbeat": 0...1,
            "ConsumerGroupDescribe": 0...1,
            "GetTelemetrySubscriptions": 0...0,
            "PushTelemetry": 0...0,
            "ShareGroupHeartbeat": 1...1,
            "ShareGroupDescribe": 1...1,
            "ShareFetch": 1...2,
            "ShareAcknowledge": 1...2,
            "AddRaftVoter": 0...1,
            "RemoveRaftVoter": 0...0,
            "StreamsGroupHeartbeat": 0...0,
            "StreamsGroupDescribe": 0...0,
            "DescribeShareGroupOffsets": 0...1,
            "AlterShareGroupOffsets": 0...0,
            "DeleteShareGroupOffsets": 0...0,
        ].flatMap { (name, versions: ClosedRange<Int>) in
            versions.flatMap { ["\(name)Request \($0)", "\(name)Response \($0)"] }
        })
}

/// A value as the script takes it: only what the version carries.
private indirect enum PythonValue: Encodable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case list([PythonValue])
    case object([String: PythonValue])

    init(_ value: SchemaValue.Structure, _ fields: [FieldSchema], version: Int16) {
        var object: [String: PythonValue] = [:]
        for field in fields where field.versions.contains(version) {
            let content = value.fields[field.name] ?? field.defaultValue
            if field.isTagged(version), content == field.defaultValue { continue }
            object[field.name] = PythonValue(content, field, version: version)
        }
        self = .object(object)
    }

    private init(_ value: SchemaValue, _ field: FieldSchema, version: Int16) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .float(let bits): self = .text(withUnsafeBytes(of: bits.bigEndian) { Array($0) }.hex)
        case .uuid(let bytes), .bytes(let bytes): self = .text(bytes.hex)
        case .string(let text): self = .text(text)
        case .array(let elements): self = .list(elements.map { PythonValue($0, field, version: version) })
        case .structure(let value): self = PythonValue(value, field.fields, version: version)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}
