import Foundation

/// A name as it stands on the wire, in a token or in a configuration: equal, hashed and ordered by its bytes.
///
/// `String` compares by canonical equivalence: it takes `é` (U+00E9) and `e` with U+0301 for the same text. Kafka compares
/// bytes, so every key, set, comparison and sort of such names uses this type. It is also a property wrapper: a struct
/// that is a key marks its names with `@WireName` and gets byte equality by synthesis.
@propertyWrapper
package struct WireName: Sendable {
    package var wrappedValue: String

    package init(wrappedValue: String) {
        self.wrappedValue = wrappedValue
    }

    package init(_ text: String) {
        self.wrappedValue = text
    }

    /// The name as text, to be shown or encoded.
    package var text: String { self.wrappedValue }
}

extension WireName: Hashable {
    package static func == (left: WireName, right: WireName) -> Bool {
        left.wrappedValue.hasSameBytes(as: right.wrappedValue)
    }

    package func hash(into hasher: inout Hasher) {
        let isDone: Void? = self.wrappedValue.utf8.withContiguousStorageIfAvailable { bytes in
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if isDone == nil {
            Array(self.wrappedValue.utf8).withUnsafeBytes { hasher.combine(bytes: $0) }
        }
        // Ends the name, so that neighbouring names do not run into one another. UTF-8 has no such byte.
        hasher.combine(0xFF as UInt8)
    }
}

extension WireName: Comparable {
    /// The order of the bytes, which is that of the code points and of `kafka.utils`.
    package static func < (left: WireName, right: WireName) -> Bool {
        left.wrappedValue.utf8.lexicographicallyPrecedes(right.wrappedValue.utf8)
    }
}

extension WireName: CustomStringConvertible {
    package var description: String { self.wrappedValue }
}

extension WireName: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.wrappedValue = value
    }
}

extension WireName: Codable {
    package init(from decoder: any Decoder) throws {
        self.wrappedValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.wrappedValue)
    }
}

extension String {
    /// Whether both texts are the same bytes. `==` would take different spellings of a letter for one.
    package func hasSameBytes(as other: String) -> Bool {
        let count = self.utf8.count
        guard count == other.utf8.count else { return false }
        // Called for every name of every request: comparing memory is many times faster than comparing elements.
        let isEqual = self.utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                return memcmp(left, right, count) == 0
            }
        }
        return (isEqual ?? nil) ?? self.utf8.elementsEqual(other.utf8)
    }
}

extension Sequence<String> {
    /// Sorted by bytes.
    package func sortedByBytes() -> [String] {
        self.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Each name once, sorted by bytes.
    package func sortedUniquely() -> [String] {
        self.wireNames.sorted().map(\.text)
    }

    /// The names without repetitions.
    package var wireNames: Set<WireName> {
        Set(self.lazy.map(WireName.init(_:)))
    }
}
