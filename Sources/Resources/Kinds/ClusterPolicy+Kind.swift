extension EntityKind {
    package static var clusterPolicy: EntityKind { ClusterPolicyConfiguration.kind }
}

extension ClusterPolicyConfiguration {
    package static let kind: EntityKind = {
        var kind = EntityKind(
            ClusterPolicy.self, title: "cluster policy", collection: "cluster-policies", capture: "policyId",
            table: "cluster_policies", parent: .virtualCluster,
            "Who may do what. A rule that denies wins; what no rule allows is denied.",
            fields: Field.ofPolicy(Self.types, hasCondition: true))
        kind.chain = "cluster-policy-chain"
        kind.change = .putAndPatch
        kind.paging = .none
        kind.filters = [KindFilter("parent_policy_id", [.equals], .id)]
        return kind
    }()
}
