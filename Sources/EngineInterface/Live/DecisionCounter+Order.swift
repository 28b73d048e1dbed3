import Resources

/// By gateway, virtual cluster, principal, resource type, operation, verdict and rule: where a counter is shown does not
/// depend on how it counts.
extension DecisionCounter {
    package static func precedes(_ left: DecisionCounter, _ right: DecisionCounter) -> Bool {
        let (a, b) = (left.key, right.key)
        if !a.gateway.hasSameBytes(as: b.gateway) { return WireName(a.gateway) < WireName(b.gateway) }
        if !a.virtualCluster.hasSameBytes(as: b.virtualCluster) {
            return WireName(a.virtualCluster) < WireName(b.virtualCluster)
        }
        if !a.principal.hasSameBytes(as: b.principal) { return WireName(a.principal) < WireName(b.principal) }
        if a.resourceType != b.resourceType { return a.resourceType.rawValue < b.resourceType.rawValue }
        if a.operation != b.operation { return a.operation.rawValue < b.operation.rawValue }
        if a.verdict != b.verdict { return a.verdict.rawValue < b.verdict.rawValue }
        return WireName(a.rule) < WireName(b.rule)
    }
}
