import JSON

extension Listener {
    /// Reads the body of a create or replace call.
    ///
    /// - Parameter others: every other listener of this instance, whatever its gateway: ports must not overlap.
    package init?(reading reader: BodyReader, stamp: EntityStamp, others: [Listener]) {
        let name = reader["name"].string(.entityName)
        let description = reader["description"].ifPresent.flatMap { $0.string(.description) } ?? ""
        let addresses = reader["addresses"].listenerAddresses()
        let ports = reader["ports"].listenerPorts()
        if let addresses, let ports {
            for other in others {
                let overlap = ListenerAddress.overlap(
                    addresses, ports, with: other.addresses, other.ports)
                guard let overlap else { continue }
                let text = PortSpecification.text(overlap.ports)
                reader["ports"].report(
                    .invalid, "[\(text)] on [\(overlap.address)] belongs to the listener [\(other.name)] already")
            }
        }
        let labels = reader["labels"].ifPresent.flatMap { $0.labels() } ?? [:]
        guard let name, let addresses, let ports else { return nil }
        self.init(
            id: stamp.id, name: name, description: description, addresses: addresses, ports: ports, labels: labels,
            createdAt: stamp.createdAt, updatedAt: stamp.updatedAt)
    }
}

extension Listener {
    /// Each port of each address is an open file, and a line in what tells of the listener.
    package static let maximumPorts = 1_000
    /// Addresses of one listener.
    static let maximumAddresses = 100
}

extension FieldReader {
    fileprivate func listenerAddresses() -> [String]? {
        var known: Set<ListenerAddress> = []
        let addresses = self.array(1..., atMost: Listener.maximumAddresses) { field -> String? in
            guard let text = field.string(.minimumLength(1)) else { return nil }
            guard let address = ListenerAddress(text: text) else {
                field.report(
                    .invalid,
                    "must be an IPv4 address, an IPv6 address without brackets, or a host name, such as 127.0.0.1, "
                        + "::1 or broker.example.net")
                return nil
            }
            guard known.insert(address).inserted else {
                field.report(.invalid, "appears more than once")
                return nil
            }
            return text
        }
        guard let addresses else { return nil }
        let wildcards = addresses.filter { ListenerAddress(text: $0)?.isWildcard ?? false }
        if let wildcard = wildcards.first, addresses.count > 1 {
            self.report(
                .invalid,
                "[\(wildcard)] must be the only address; for IPv4 and IPv6 make two listeners, on [0.0.0.0] and on [::]"
            )
            return nil
        }
        return addresses
    }

    fileprivate func listenerPorts() -> [PortSpecification]? {
        var taken: [ClosedRange<Int>] = []
        let ports = self.array(1..., atMost: Listener.maximumPorts) { field -> PortSpecification? in
            guard let ports = field.portSpecification() else { return nil }
            if let other = taken.first(where: { $0.overlaps(ports.range) }) {
                field.report(.invalid, "overlaps with \(PortSpecification.text(other)) in this list")
                return nil
            }
            taken.append(ports.range)
            return ports
        }
        let count = taken.reduce(0) { $0 + $1.count }
        guard count <= Listener.maximumPorts else {
            self.report(
                .maximumItems,
                "has [\(count)] ports; a listener has at most [\(Listener.maximumPorts)], ranges counted port by port",
                bound: .maximum(Listener.maximumPorts))
            return nil
        }
        return ports
    }

    private func portSpecification() -> PortSpecification? {
        switch self.value {
        case .string(let text):
            if let ports = PortSpecification(text: text) { return ports }
            self.report(.invalid, "must be a port or a range low-high, 1 to 65535, such as 9092 or 9093-9095")
            return nil
        case .integer, .number:
            return self.integer(in: 1...65_535).map { PortSpecification(range: $0...$0) }
        case nil, .null, .bool, .array, .object:
            self.report(.type, "must be an integer or a string")
            return nil
        }
    }
}

extension PortSpecification {
    /// `9092`, or `9093-9095`.
    package static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
}
