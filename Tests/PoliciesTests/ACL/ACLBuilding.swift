import Foundation
import Policies
import PolicyExpressions
import Resources

func policy(
    _ rules: [ACLRule], name: String? = "acl_policy", condition: String? = nil, enabled: Bool = true
) -> ClusterPolicy {
    ClusterPolicy(
        id: "1f0c", name: name, enabled: enabled, condition: condition,
        config: .acls(ACLConfiguration(rules: rules)), createdAt: Date(timeIntervalSince1970: 0),
        updatedAt: Date(timeIntervalSince1970: 0))
}

func allow(_ operations: [ACLOperation], _ globs: [String], on type: ResourceType = .topic) -> ACLRule {
    ACLRule(resourceType: type, action: .allow, operations: operations, resourceNames: .globs(globs))
}

func deny(_ operations: [ACLOperation], _ globs: [String], on type: ResourceType = .topic) -> ACLRule {
    ACLRule(resourceType: type, action: .deny, operations: operations, resourceNames: .globs(globs))
}

func rule(
    _ action: ACLRule.Action, _ operations: [ACLOperation], names expression: String, on type: ResourceType = .topic
) -> ACLRule {
    ACLRule(resourceType: type, action: action, operations: operations, resourceNames: .expression(expression))
}

func ruleSet(
    _ policies: [ClusterPolicy], for context: AuthenticationContext = .anonymous
) throws -> ACLRuleSet {
    try CompiledACL(policies: policies).ruleSet(for: context)
}

func ruleSet(_ rules: ACLRule...) throws -> ACLRuleSet {
    try ruleSet([policy(rules)])
}

func oauth(_ name: String, claims: ExpressionValue = [:]) -> AuthenticationContext {
    AuthenticationContext(type: "sasl_oauth_bearer", principalName: name, claims: claims)
}

extension ACLRuleSet {
    func allows(_ operation: ACLOperation, _ name: String, on type: ResourceType = .topic) -> Bool {
        self.decide(operation, on: type, named: name).isAllowed
    }
}
