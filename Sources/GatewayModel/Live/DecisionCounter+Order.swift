/// By gateway, virtual cluster, principal, resource type, operation, verdict and rule: where a counter is shown does not
/// depend on how it counts.
extension DecisionCounter {
    package static func precedes(_ left: DecisionCounter, _ right: DecisionCounter) -> Bool {
        let (a, b) = (left.key, right.key)
        if a.gateway != b.gateway { return a.gateway < b.gateway }
        if a.virtualCluster != b.virtualCluster { return a.virtualCluster < b.virtualCluster }
        if a.principal != b.principal { return a.principal < b.principal }
        if a.resourceType != b.resourceType { return a.resourceType.rawValue < b.resourceType.rawValue }
        if a.operation != b.operation { return a.operation.rawValue < b.operation.rawValue }
        if a.verdict != b.verdict { return a.verdict.rawValue < b.verdict.rawValue }
        return a.rule < b.rule
    }
}
