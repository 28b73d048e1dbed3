import Foundation
import GatewayModel

/// What the rules would mean, told by the engine's own authorizer before anything is applied.
struct SetupEffect: Equatable, Sendable {
    /// What was asked; another question makes the answers old.
    var question: AccessMatrixQuestion?
    var anonymousRequest: Int?
    var clientRequest: Int?
    var anonymous: AccessMatrix?
    var client: AccessMatrix?
    var problem: String?
}

extension SetupScreen {
    /// Asks for the effect of the rules, in the steps that show it.
    static func askEffect(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting, state.setup.step == .acl || state.setup.step == .review,
            state.setup.answers.makesACL
        else { return }
        let wrong = self.problems(state).contains { $0.step == .acl }
        guard !wrong else {
            state.setup.effect = SetupEffect()
            return
        }
        let plan = self.preview(state)
        let claims = [state.setup.answers.text(.claimName): state.setup.answers.text(.claimValue)]
        let policy = ClusterPolicy(
            id: "00000000-0000-0000-0000-000000000000", type: "acls", name: state.setup.answers.text(.aclName),
            condition: plan.condition, config: ACLConfiguration(rules: state.setup.answers.rules.map(\.rule)),
            createdAt: .distantPast, updatedAt: .distantPast)
        let isNew = state.setup.answers.makesVirtualCluster
        var question = AccessMatrixQuestion(
            virtualCluster: isNew ? "" : plan.id(of: .virtualCluster),
            subject: .assumed(
                principal: plan.principal,
                claims: state.setup.answers.makesClient ? claims.filter { $0.key != "" } : [:]),
            rules: isNew ? .only([policy]) : .inForceAnd([policy]), resources: self.sampleResources(state.setup.answers)
        )
        guard question != state.setup.effect.question else { return }
        state.setup.effect = SetupEffect(question: question)
        state.setup.effect.clientRequest = state.ask(.accessMatrix(question), for: .setup)
        question.subject = .anonymous
        state.setup.effect.anonymousRequest = state.ask(.accessMatrix(question), for: .setup)
    }

    /// The proof's topic, an example for each pattern, another topic, and one of each other type.
    private static func sampleResources(_ answers: SetupAnswers) -> [AccessMatrixQuestion.Resource] {
        var topics = [answers.text(.proofTopic)]
        for rule in answers.rules where rule.resourceType == .topic {
            switch rule.names {
            case .all: break
            case .these: topics += rule.globs.prefix(2).map { $0.replacing("*", with: "x").replacing("?", with: "x") }
            case .claim where rule.claim == answers.text(.claimName):
                topics.append(answers.text(.claimValue) + rule.suffix.replacing("*", with: "x"))
            case .claim: break
            }
        }
        topics.append("any-other")
        var resources: [AccessMatrixQuestion.Resource] = []
        for name in topics.prefix(6) where !name.isEmpty {
            let resource = AccessMatrixQuestion.Resource(type: .topic, name: name)
            if !resources.contains(resource) { resources.append(resource) }
        }
        return resources + [
            .init(type: .group, name: "any-group"), .init(type: .cluster, name: "kafka-cluster"),
            .init(type: .transactionalID, name: "any-transaction"),
        ]
    }

    static func receiveEffect(_ answer: Answer, _ state: inout ConsoleState) -> Bool {
        let isAnonymous = answer.id == state.setup.effect.anonymousRequest
        guard isAnonymous || answer.id == state.setup.effect.clientRequest else { return false }
        switch answer.result {
        case .success(.accessMatrix(let matrix)):
            if isAnonymous { state.setup.effect.anonymous = matrix } else { state.setup.effect.client = matrix }
        case .success: state.setup.effect.problem = EngineClientError.unexpected.message
        case .failure(let error): state.setup.effect.problem = error.message
        }
        return true
    }

    /// The effect in lines: words, not colours alone.
    static func effectLines(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let answers = state.setup.answers
        if !answers.makesACL { return [.init("No policy: with ACLs enforced nobody may do anything.", .stateWarn)] }
        if answers.makesVirtualCluster, !answers.enforcesACLs {
            return [.init("ACLs are off: the backend decides, not these rules.", .stateWarn)]
        }
        if let problem = state.setup.effect.problem {
            return CellText.wrapped(CellText.sanitised(problem), columns: max(1, columns)).map {
                .init($0, .inputError)
            }
        }
        guard let client = state.setup.effect.client, let anonymous = state.setup.effect.anonymous else {
            return [.init(state.setup.effect.question == nil ? "" : "asking the engine...", .statePending)]
        }
        let name = min(26, max(12, columns / 3))
        let cell = max(8, (columns - name) / 2)
        func padded(_ text: String, _ width: Int) -> String {
            let cut = CellText.cut(CellText.sanitised(text), to: max(0, width - 1), ellipsis: state.glyphs.ellipsis)
            return cut + String(repeating: " ", count: max(0, width - CellText.width(cut)))
        }
        let who = self.preview(state).principal
        var lines: [TextOverlay.Line] = [
            .init(
                padded("RESOURCE", name) + padded(answers.allowsAnonymous ? "anonymous" : "no token", cell)
                    + padded(who == "CLIENT_ID" ? "the new client" : who, cell), .tableHeader)
        ]
        for row in client.rows {
            let other = anonymous.rows.first { $0.resource == row.resource }
            lines.append(
                .init(runs: [
                    .init(padded("\(row.resource.type.rawValue) \(row.resource.name)", name)),
                    self.verdict(other?.cells ?? [], cell, isLetIn: answers.allowsAnonymous, padded),
                    self.verdict(row.cells, cell, isLetIn: true, padded),
                ]))
        }
        for warning in client.warnings {
            lines += CellText.wrapped("! " + CellText.sanitised(warning), columns: max(1, columns)).map {
                .init($0, .stateWarn)
            }
        }
        return lines
    }

    private static func verdict(
        _ cells: [AccessMatrix.Cell], _ width: Int, isLetIn: Bool, _ padded: (String, Int) -> String
    ) -> TextOverlay.Run {
        let allowed = cells.filter(\.allowed).map(\.operation.rawValue)
        if !isLetIn { return .init(padded("not let in", width), .decisionDeny) }
        if allowed.isEmpty { return .init(padded("DENY", width), .decisionDeny) }
        if allowed.count == cells.count { return .init(padded("ALLOW all", width), .decisionAllow) }
        let names = "ALLOW \(allowed.joined(separator: " "))"
        let short = "ALLOW \(allowed.count) of \(cells.count)"
        return .init(padded(CellText.width(names) < width ? names : short, width), .decisionAllow)
    }
}
