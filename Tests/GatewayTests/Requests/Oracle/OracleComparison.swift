import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// Compares two answers as the recordings' README says: what is volatile and what people read aside, rows as sets.
struct OracleComparison {
    let record: OracleRecord

    /// - Returns: nil when they are equal, else both.
    func difference(_ ours: ByteBuffer, _ theirs: ByteBuffer) throws -> String? {
        let schema = try #require(MessageSchema.responses[self.record.api], "\(self.record) has no specification")
        let left = self.canonical(try schema.decode(ours, version: self.record.version))
        let right = self.canonical(try schema.decode(theirs, version: self.record.version))
        return left == right ? nil : "ours:   \(left)\ntheirs: \(right)"
    }

    private var masked: Set<String> {
        var paths = Set((self.record.mask ?? []) + (self.record.text ?? []) + (self.record.unstable ?? []))
        // The gateway has sessions of its own where nothing may be read.
        if self.record.key == .fetch { paths.insert("SessionId") }
        return paths
    }

    private func canonical(_ value: SchemaValue.Structure) -> String {
        let masked = self.masked
        return CanonicalAnswer(isMasked: masked.contains).text(.structure(self.withoutClusterAction(value)))
    }

    /// Cluster action is not an operation of the gateway's rules.
    private func withoutClusterAction(_ value: SchemaValue.Structure) -> SchemaValue.Structure {
        let field = "ClusterAuthorizedOperations"
        guard self.record.principal == "erin", case .integer(let bits)? = value.fields[field], bits > 0 else {
            return value
        }
        var value = value
        value.fields[field] = .integer(bits & ~(1 << 9))
        return value
    }
}
