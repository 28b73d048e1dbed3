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

extension FieldReader {
    fileprivate func listenerAddresses() -> [String]? {
        let addresses = self.uniqueArray(1...) { field -> String? in
            guard let text = field.string(.minimumLength(1)) else { return nil }
            guard ListenerAddress(text: text) != nil else {
                field.report(.invalid, "must be an IPv4 address, an IPv6 address or a host name")
                return nil
            }
            return text
        }
        guard let addresses else { return nil }
        let wildcards = addresses.filter { ListenerAddress(text: $0)?.isWildcard ?? false }
        if let wildcard = wildcards.first, addresses.count > 1 {
            self.report(.invalid, "[\(wildcard)] takes every address: no other may be listed beside it")
            return nil
        }
        return addresses
    }

    fileprivate func listenerPorts() -> [PortSpecification]? {
        var taken: [ClosedRange<Int>] = []
        return self.array(1...) { field -> PortSpecification? in
            guard let ports = field.portSpecification() else { return nil }
            if let other = taken.first(where: { $0.overlaps(ports.range) }) {
                field.report(.invalid, "overlaps with \(PortSpecification.text(other)) in this list")
                return nil
            }
            taken.append(ports.range)
            return ports
        }
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
