import Resources
import Testing

@Suite struct ACLConfigurationTests {
    private static func rule(
        _ type: ResourceType, _ operations: [ACLOperation], _ action: ACLRule.Action = .allow
    ) -> ACLRule {
        ACLRule(resourceType: type, action: action, operations: operations, resourceNames: .globs(["*"]))
    }

    @Test(arguments: [
        ([], false), ([rule(.topic, [.read])], true), ([rule(.topic, [.all])], true),
        ([rule(.topic, [.read]), rule(.group, [.read])], false),
        ([rule(.topic, [.read]), rule(.group, [.all])], false),
        ([rule(.topic, [.read]), rule(.group, [.describe])], true),
        ([rule(.topic, [.read]), rule(.group, [.read], .deny)], true), ([rule(.topic, [.read], .deny)], false),
        ([rule(.topic, [.write, .describe])], false), ([rule(.group, [.read])], false),
    ])
    func `consumers that read topics need groups too`(_ rules: [ACLRule], _ isGap: Bool) {
        #expect(ACLConfiguration(rules: rules).readsTopicsWithoutGroups == isGap)
    }
}
