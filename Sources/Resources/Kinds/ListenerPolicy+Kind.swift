import JSON

extension EntityKind {
    package static var listenerPolicy: EntityKind { ListenerPolicyConfiguration.kind }
}

extension ListenerPolicyConfiguration {
    package static let kind: EntityKind = {
        var kind = EntityKind(
            ListenerPolicy.self, title: "listener policy", collection: "policies", capture: "policyId",
            table: "listener_policies", parent: .listener,
            "What happens to the listener's connections.", fields: Field.ofPolicy(Self.types, hasCondition: false))
        kind.chain = "policy-chain"
        kind.change = .putAndPatch
        kind.paging = .none
        kind.rules = [Self.checkOnlyMapping]
        return kind
    }()

    /// A listener has one port mapping.
    private static let checkOnlyMapping: KindRule = { draft in
        guard case .object(let config)? = draft.values["config"], config["type"] == .string("port_mapping")
        else { return }
        let others = try draft.around.list(ListenerPolicy.self, in: draft.around.parents.last)
        if let other = others.first(where: { $0.id != draft.around.id && $0.portMapping != nil }) {
            draft.report(
                "config.type", .invalid, "the listener has a port_mapping policy already: [\(other.name ?? other.id)]")
        }
    }
}
