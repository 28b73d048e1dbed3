package import Foundation

/// Addresses and ports on which Kafka clients connect.
package struct Listener: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    package var description: String
    /// IPv4, IPv6 or host names; `0.0.0.0` or `::` alone.
    package var addresses: [String]
    package var ports: [PortSpecification]
    package var labels: [String: String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", addresses: [String], ports: [PortSpecification],
        labels: [String: String] = [:], createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.addresses = addresses
        self.ports = ports
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, addresses, ports, labels
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// Every port, in the order written, ranges spread out.
    package var allPorts: [Int] { self.ports.flatMap { Array($0.range) } }
}

/// One port (`9092`) or a range (`"9093-9095"`); written back as it was given.
package struct PortSpecification: Equatable, Hashable, Sendable {
    package var range: ClosedRange<Int>
    /// The text, when it was given as a string.
    package var text: String?

    package init(range: ClosedRange<Int>, text: String? = nil) {
        self.range = range
        self.text = text
    }

    /// - Parameter text: `9092` or `9092-9095`, 1 through 65,535, low ≤ high. Else nil.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ (1...5).contains($0.count) && $0.allSatisfy(\.isASCII) }),
            let low = Int(parts[0]), let high = Int(parts[parts.count - 1]),
            low >= 1, high <= 65_535, low <= high
        else { return nil }
        self.init(range: low...high, text: text)
    }
}

extension PortSpecification: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let port = try? container.decode(Int.self), (1...65_535).contains(port) {
            self.init(range: port...port)
            return
        }
        guard let specification = PortSpecification(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a port or a range of ports")
        }
        self = specification
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let text = self.text { try container.encode(text) } else { try container.encode(self.range.lowerBound) }
    }
}
