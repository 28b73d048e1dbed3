import JSON

extension EntityKind {
    package static var listener: EntityKind { Listener.kind }
}

extension Listener: Resource {
    package var uniqueName: String? { self.name }

    /// Each port of each address is an open file, and a line in the listener's live view.
    package static let maximumPorts = 1_000
    static let maximumAddresses = 100

    package static let kind: EntityKind = {
        var kind = EntityKind(
            Listener.self, title: "listener", collection: "listeners", capture: "eventGatewayListenerId",
            table: "listeners", parent: .gateway,
            "Addresses and ports for clients: one port to start at, and one for each broker.",
            fields: [
                Field(
                    "name", .string(.entityName), .required, "Unique in the gateway.", example: .string("my-listener")),
                .description,
                Field(
                    "addresses",
                    .list(
                        .string(.minimumLength(1), .listenerAddress),
                        ListBounds(minimum: 1, maximum: Self.maximumAddresses)), .required,
                    "IPv4 addresses, IPv6 addresses without brackets or host names of this machine.",
                    example: .array([.string("127.0.0.1")]), check: Self.checkAddresses),
                Field(
                    "ports",
                    .list(
                        .either(
                            string: .string(.ports), or: .integer(1...65_535), fault: .type,
                            "must be an integer or a string"),
                        ListBounds(minimum: 1, maximum: Self.maximumPorts)), .required,
                    "Ports and ranges of ports.", example: .array([.string("19092-19095")]), check: Self.checkPorts),
                .labels,
            ])
        kind.filters.append(
            KindFilter(
                "virtual_cluster_id", [.equals], .uuid, path: "config.destination.id", below: { .listenerPolicy }))
        kind.bindsPorts = true
        kind.finalRules = [Self.checkOverlap]
        return kind
    }()

    private static let checkAddresses: Field.Check = { value, field, _ in
        guard case .array(let values) = value else { return }
        var known: Set<ListenerAddress> = []
        var wildcard: String?
        for (index, value) in values.enumerated() {
            guard case .string(let text) = value, let address = ListenerAddress(text: text) else { continue }
            if !known.insert(address).inserted { field.element(index).report(.invalid, "appears more than once") }
            if address.isWildcard, wildcard == nil { wildcard = text }
        }
        if let wildcard, known.count == values.count, values.count > 1 {
            field.report(
                .invalid,
                "[\(wildcard)] must be the only address; for IPv4 and IPv6 make two listeners, on [0.0.0.0] and on [::]"
            )
        }
    }

    private static let checkPorts: Field.Check = { value, field, _ in
        guard case .array(let values) = value else { return }
        var taken: [ClosedRange<Int>] = []
        for (index, value) in values.enumerated() {
            guard let range = PortSpecification(value)?.range else { continue }
            if let other = taken.first(where: { $0.overlaps(range) }) {
                field.element(index).report(.invalid, "overlaps with \(PortSpecification.text(other)) in this list")
            } else {
                taken.append(range)
            }
        }
        let count = taken.reduce(0) { $0 + $1.count }
        if count > Self.maximumPorts {
            field.report(
                .maximumItems,
                "has [\(count)] ports; a listener has at most [\(Self.maximumPorts)], ranges counted port by port",
                bound: .maximum(Self.maximumPorts))
        }
    }

    /// Ports must not overlap with those of any other listener of this instance, whatever its gateway.
    private static let checkOverlap: KindRule = { draft in
        guard case .array(let addresses)? = draft.values["addresses"], case .array(let ports)? = draft.values["ports"]
        else { return }
        let own = (
            addresses: addresses.compactMap { address in
                if case .string(let text) = address { text } else { nil }
            }, ports: ports.compactMap(PortSpecification.init)
        )
        let around = draft.around
        for other in try around.list(Listener.self, in: nil)
        where other.id != around.id && !around.checkedLater.contains(other.id) {
            guard
                let overlap = ListenerAddress.overlap(own.addresses, own.ports, with: other.addresses, other.ports)
            else { continue }
            draft.report(
                "ports", .invalid,
                "[\(PortSpecification.text(overlap.ports))] on [\(overlap.address)] belongs to the listener "
                    + "[\(other.name)] already")
        }
    }
}

extension PortSpecification {
    /// `9092`, or `9093-9095`.
    package static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }

    /// One port as a number, or ports as text.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self.init(text: text)
        case .integer(let port) where (1...65_535).contains(port): self.init(range: Int(port)...Int(port))
        case .null, .bool, .integer, .unsigned, .number, .array, .object: return nil
        }
    }
}

extension StringRule {
    fileprivate static let listenerAddress = StringRule(
        StringFacts(pattern: "^[a-zA-Z0-9.:-]*$")
    ) { text in
        guard !text.isEmpty, ListenerAddress(text: text) == nil else { return [] }
        return [
            Fault(
                rule: .invalid,
                reason: "must be an IPv4 address, an IPv6 address without brackets, or a host name, such as 127.0.0.1, "
                    + "::1 or broker.example.net")
        ]
    }

    fileprivate static let ports = StringRule.valid(
        "must be a port or a range low-high, 1 to 65535, such as 9092 or 9093-9095",
        facts: StringFacts(pattern: "^[0-9]{1,5}(-[0-9]{1,5})?$")
    ) { PortSpecification(text: $0) != nil }
}
