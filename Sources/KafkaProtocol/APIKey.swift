/// The number of an API of the protocol.
package struct APIKey: RawRepresentable, Hashable, Sendable {
    package var rawValue: Int16

    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    struct Facts {
        var name: String
        var versions: ClosedRange<Int16>
        var firstFlexibleVersion: Int16
    }

    /// Whether this package has the API's messages.
    package var isKnown: Bool { Self.facts(of: self.rawValue) != nil }

    /// The API's name in Kafka, such as `Produce`; the number of an unknown API.
    package var name: String { Self.facts(of: self.rawValue)?.name ?? "\(self.rawValue)" }

    /// The versions that this package can decode; nil for an unknown API.
    package var versions: ClosedRange<Int16>? { Self.facts(of: self.rawValue)?.versions }

    package func isFlexible(_ version: Int16) -> Bool {
        version >= Self.facts(of: self.rawValue)?.firstFlexibleVersion ?? .max
    }

    package func requestHeaderVersion(for version: Int16) -> Int16 { self.isFlexible(version) ? 2 : 1 }

    /// ApiVersions keeps version 0, so that any client can read it (KIP-511).
    package func responseHeaderVersion(for version: Int16) -> Int16 {
        self != .apiVersions && self.isFlexible(version) ? 1 : 0
    }
}

extension APIKey: CustomStringConvertible {
    package var description: String { self.name }
}
