/// Makes random values for messages, the same ones for the same seed.
package struct ValueGenerator {
    private var random: SeededGenerator
    private let hasUnknownTags: Bool

    /// - Parameter hasUnknownTags: whether structures of flexible versions get tagged fields that no specification names.
    package init(seed: UInt64, hasUnknownTags: Bool) {
        self.random = SeededGenerator(seed: seed)
        self.hasUnknownTags = hasUnknownTags
    }

    package mutating func message(_ schema: MessageSchema, version: Int16) -> SchemaValue.Structure {
        self.structure(schema.fields, version: version, isFlexible: schema.isFlexible(version), depth: 0)
    }

    private mutating func structure(
        _ fields: [FieldSchema], version: Int16, isFlexible: Bool, depth: Int
    ) -> SchemaValue.Structure {
        var value = SchemaValue.Structure(defaultsOf: fields)
        for field in fields where field.versions.contains(version) {
            if field.isTagged(version), Int.random(in: 0..<3, using: &self.random) == 0 { continue }
            value.fields[field.name] = self.value(field, version: version, isFlexible: isFlexible, depth: depth)
        }
        if isFlexible, self.hasUnknownTags {
            for _ in 0..<max(0, Int.random(in: -4..<3, using: &self.random)) {
                value.unknownTags[.random(in: 100...100_000, using: &self.random)] = self.bytes(upTo: 150)
            }
        }
        return value
    }

    private mutating func value(
        _ field: FieldSchema, version: Int16, isFlexible: Bool, depth: Int
    ) -> SchemaValue {
        if field.isNullable(version), Int.random(in: 0..<4, using: &self.random) == 0 { return .null }
        guard field.isArray else {
            return self.element(field, version: version, isFlexible: isFlexible, depth: depth)
        }
        let count = Int.random(in: 0...(depth == 0 ? 3 : 2), using: &self.random)
        return .array(
            (0..<count).map { _ in self.element(field, version: version, isFlexible: isFlexible, depth: depth) })
    }

    private mutating func element(
        _ field: FieldSchema, version: Int16, isFlexible: Bool, depth: Int
    ) -> SchemaValue {
        switch field.type {
        case "bool": .bool(Bool.random(using: &self.random))
        case "int8": .integer(Int64(Int8.random(in: .min ... .max, using: &self.random)))
        case "int16": .integer(Int64(Int16.random(in: .min ... .max, using: &self.random)))
        case "uint16": .integer(Int64(UInt16.random(in: .min ... .max, using: &self.random)))
        case "int32": .integer(Int64(Int32.random(in: .min ... .max, using: &self.random)))
        case "uint32": .integer(Int64(UInt32.random(in: .min ... .max, using: &self.random)))
        case "int64": .integer(Int64.random(in: .min ... .max, using: &self.random))
        case "float64": .float(bits: Double.random(in: -1e9...1e9, using: &self.random).bitPattern)
        case "uuid": .uuid((0..<16).map { _ in UInt8.random(in: 0...255, using: &self.random) })
        case "string": .string(self.text())
        case "bytes", "records": .bytes(self.bytes(upTo: 200))
        default:
            .structure(self.structure(field.fields, version: version, isFlexible: isFlexible, depth: depth + 1))
        }
    }

    private mutating func text() -> String {
        let alphabet = ["a", "Z", "0", "-", ".", "_", " ", "é", "ß", "日", "🦀", "\u{0}", "\"", "\\", "e\u{301}"]
        // Now and then long enough for a length of two bytes in the compact form.
        let count = Int.random(in: 0..<6, using: &self.random) == 0 ? 140 : Int.random(in: 0...12, using: &self.random)
        return (0..<count).map { _ in alphabet.randomElement(using: &self.random) ?? "" }.joined()
    }

    private mutating func bytes(upTo limit: Int) -> [UInt8] {
        let count = Int.random(in: 0...limit, using: &self.random)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &self.random) }
    }
}

/// A generator of random numbers that repeats itself for a seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        self.state = seed
    }

    package mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
