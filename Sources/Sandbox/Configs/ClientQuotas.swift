import KafkaProtocol

/// Quotas of users, client IDs and addresses (KIP-546): kept and shown, and not enforced.
struct ClientQuotas {
    /// The name by entity type, such as `user`; nil for all entities without a quota of their own.
    typealias Entity = [String: String?]

    private static let types: Set<String> = ["client-id", "ip", "user"]
    private static let keysOfClients: Set<String> = [
        "consumer_byte_rate", "controller_mutation_rate", "producer_byte_rate", "request_percentage",
    ]
    private static let keysOfAddresses: Set<String> = ["connection_creation_rate"]

    private(set) var quotas: [Entity: [String: Double]] = [:]

    init() {}

    enum Match: Equatable {
        case exactly(String)
        case standard
        case any
    }

    static func isKnown(_ type: String) -> Bool { Self.types.contains(type) }

    /// The entities that a filter is true for, in a fixed order.
    ///
    /// - Parameter strict: Only entities that have no other parts.
    func matching(_ filter: [String: Match], strict: Bool) -> [(entity: Entity, values: [String: Double])] {
        self.quotas.filter { entity, _ in
            guard !strict || entity.count == filter.count else { return false }
            return filter.allSatisfy { type, match in
                guard let name = entity[type] else { return false }
                switch match {
                case .exactly(let wanted): return name == wanted
                case .standard: return name == nil
                case .any: return true
                }
            }
        }
        .map { (entity: $0.key, values: $0.value) }
        .sorted { Self.text($0.entity) < Self.text($1.entity) }
    }

    private static func text(_ entity: Entity) -> String {
        entity.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value ?? "")" }.joined(separator: ",")
    }

    /// The mistake in a change; nil when it may be made.
    static func fault(in entity: [(type: String, name: String?)], keys: [(key: String, value: Double?)]) -> TopicFault?
    {
        func refuse(_ message: String) -> TopicFault { TopicFault(code: .invalidRequest, message: message) }
        guard !entity.isEmpty else { return refuse("Invalid empty client quota entity") }
        guard Set(entity.map(\.type)).count == entity.count else { return refuse("Duplicate entity type") }
        for (type, name) in entity {
            guard Self.isKnown(type) else { return refuse("Unhandled client quota entity type: \(type)") }
            if name?.isEmpty == true { return refuse("Empty \(type) not supported") }
        }
        let isAddress = entity.contains { $0.type == "ip" }
        guard !isAddress || entity.count == 1 else {
            return refuse("Invalid quota entity combination, IP entity should not be combined with User or ClientId")
        }
        let allowed = isAddress ? Self.keysOfAddresses : Self.keysOfClients
        for (key, value) in keys {
            guard allowed.contains(key) else { return refuse("Invalid configuration key \(key)") }
            if let value, !(value > 0 && value.isFinite) { return refuse("Quota \(key) must be greater than 0") }
        }
        return nil
    }

    /// - Parameter value: Nil removes the quota.
    mutating func set(_ key: String, to value: Double?, of entity: Entity) {
        self.quotas[entity, default: [:]][key] = value
        if self.quotas[entity]?.isEmpty == true { self.quotas[entity] = nil }
    }
}
