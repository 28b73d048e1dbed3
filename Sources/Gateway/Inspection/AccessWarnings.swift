import EngineInterface
import Policies
import Resources

/// Warnings about rights of a subject that are likely unintended, a sentence each.
struct AccessWarnings {
    let judge: AccessJudge
    let rows: [AccessMatrix.Row]
    let subject: AccessSubject
    /// The virtual cluster; nil when it does not exist yet.
    let virtualCluster: VirtualCluster?
    /// Whether some listener forwards to it.
    let isReachable: Bool

    var all: [String] {
        var warnings: [String] = []
        if let virtualCluster = self.virtualCluster {
            let allowsAnonymous = virtualCluster.authentication.contains(.anonymous)
            if virtualCluster.aclMode == .passthrough, allowsAnonymous {
                warnings.append(
                    "Anonymous clients are let in and acl_mode is passthrough: whoever reaches the listener may do all that "
                        + "the backend cluster lets the gateway do.")
            }
            if self.subject == .anonymous, !allowsAnonymous {
                warnings.append(
                    "Virtual cluster '\(virtualCluster.name)' has no anonymous authentication rule: such a client is not "
                        + "let in at all.")
            }
            if case .assumed = self.subject, !virtualCluster.authentication.contains(where: \.takesTokens) {
                warnings.append(
                    "Virtual cluster '\(virtualCluster.name)' takes no tokens: only anonymous clients are let in.")
            }
            if !self.isReachable {
                warnings.append(
                    "No listener forwards to virtual cluster '\(virtualCluster.name)': clients cannot connect.")
            }
        }
        guard self.judge.rules != nil else { return warnings }
        warnings += self.judge.rules?.problems ?? []
        if ACLConfiguration.readsTopicsWithoutGroups({ self.judge.allowsAny(.read, on: $0) }) {
            warnings.append(
                "READ on topics without READ on any group: a consumer group cannot start. Add an allow rule for "
                    + "resource_type group.")
        }
        if self.judge.allowsAny(.read, on: .group), !self.judge.allowsAny(.read, on: .topic) {
            warnings.append(
                "READ on groups without READ on any topic: a consumer joins its group and is then refused every topic.")
        }
        if self.judge.allowsAny(.write, on: .transactionalID), !self.judge.allowsAny(.write, on: .topic) {
            warnings.append("WRITE on a transactional id without WRITE on any topic: a transaction can hold nothing.")
        }
        if self.subject == .anonymous, self.judge.allowsAny(.write, on: .topic) {
            warnings.append("Anonymous clients may WRITE to topics: nobody can say afterwards who wrote.")
        }
        return warnings
    }
}

extension AuthenticationRule {
    fileprivate var takesTokens: Bool {
        switch self {
        case .anonymous: false
        case .oauthBearer: true
        }
    }
}
