import Resources

/// The API's refusal: why, and which answer it is about.
extension SetupPlan.Failure {
    init(_ step: SetupPlan.Step, _ answer: ManagementAnswer) {
        let problem = ProblemText(answer)
        let isLabel = answer.status == 409 && problem.reason.contains("dns_label") && step.object == .virtualCluster
        // The first field that is one of our questions decides where the cursor goes.
        let field = problem.fields.lazy.compactMap { step.object.field(behind: $0.field) }.first
        self.init(
            object: step.object, name: step.name,
            field: field ?? (isLabel ? SetupField.virtualClusterLabel : step.object.nameField).rawValue,
            reason: problem.reason)
    }
}

extension SetupPlan.Object {
    var nameField: SetupField {
        self.fields.first { $0.entityField?.path == ["name"] } ?? .signInName
    }

    /// The answer behind a field of the API's body; nil when none was asked for.
    fileprivate func field(behind path: String) -> String? {
        if self == .aclPolicy, path.hasPrefix("config.rules") {
            // config.rules[1].operations[0].name -> acl.rules[1].operations
            let rest = path.dropFirst("config.rules".count)
            guard let end = rest.firstIndex(of: "]") else { return SetupField.aclRules.rawValue }
            let member = rest[rest.index(after: end)...].dropFirst().prefix { $0.isLetter || $0 == "_" }
            let name = member == "resource_names" ? "names" : String(member)
            return SetupField.aclRules.rawValue + rest[...end] + (name.isEmpty ? "" : "." + name)
        }
        return self.fields.first { path.hasPrefix($0.entityField?.path.joined(separator: ".") ?? "-") }?.rawValue
    }
}
