package import GatewayModel

/// Carries out planned calls one by one: ask for the next call, tell its answer, until it is finished. When a call
/// fails, what was done before can be taken back the same way.
///
///     running ──received──▶ running … ──▶ finished
///        └──a call fails──▶ undoing … ──▶ failed
///
/// A pure value: someone else makes the calls.
package struct ConfigurationRun: Equatable, Sendable {
    package enum Step: Equatable, Sendable {
        /// Make this call and tell ``received(_:)`` or ``lost(_:)``.
        case call(ManagementCall, title: String)
        case finished
        case failed(Failure)
    }

    package struct Failure: Equatable, Sendable {
        /// What was to be done: `create listener 'edge'`.
        package var title: String
        package var key: EntityKey?
        /// A sentence: what the API or the network says.
        package var reason: String
        /// Fields of the body with what is wrong with them.
        package var fields: [FieldProblem]
        package var place: DocumentPlace?
        /// What was done before and taken back again.
        package var undone: [String]
        /// What was done before and could not be taken back, with why.
        package var remaining: [String]

        package init(title: String, key: EntityKey?, reason: String, fields: [FieldProblem], place: DocumentPlace?) {
            self.title = title
            self.key = key
            self.reason = reason
            self.fields = fields
            self.place = place
            self.undone = []
            self.remaining = []
        }
    }

    /// A secret that was made on the way. It is shown once and kept nowhere.
    package struct NewSecret: Equatable, Sendable {
        package var client: EntityKey
        package var id: String
        package var secret: String
    }

    private struct Item: Equatable {
        var title: String
        var key: EntityKey?
        var call: PlannedCall
        /// The change that it belongs to.
        var change: Int
        var isLast: Bool
        var place: DocumentPlace?
    }

    private let changes: [PlannedChange]
    private var items: [Item]
    private var position = 0
    /// Of what was there and what was made.
    package private(set) var ids: [EntityKey: String]
    private let undoesOnFailure: Bool
    private let makeSecret: SecretMaker
    private var failure: Failure?
    /// Changes that are done, oldest first.
    package private(set) var done: [PlannedChange] = []
    package private(set) var secrets: [NewSecret] = []

    /// - Parameters:
    ///   - ids: of what is there, by key: `ConfigurationTree.ids`.
    ///   - secrets: secrets for clients whose id is chosen, taken one after the other.
    package init(
        _ changes: [PlannedChange], ids: [EntityKey: String], undoesOnFailure: Bool = true, secrets: [String] = []
    ) {
        self.changes = changes
        self.ids = ids
        self.undoesOnFailure = undoesOnFailure
        self.makeSecret = SecretMaker(secrets: secrets)
        self.items = changes.enumerated().flatMap { index, change in
            change.calls.enumerated().map { number, call in
                Item(
                    title: change.title, key: change.key, call: call, change: index,
                    isLast: number == change.calls.count - 1, place: change.place)
            }
        }
    }

    /// How many secrets a plan needs.
    package static func secretsNeeded(_ changes: [PlannedChange]) -> Int {
        changes.flatMap { $0.calls + $0.undo }.count(where: \.needsSecret)
    }

    private struct SecretMaker: Equatable {
        var secrets: [String]
        func secret(_ number: Int) -> String? { self.secrets.indices.contains(number) ? self.secrets[number] : nil }
    }

    private var usedSecrets = 0

    /// What to do now. Asking twice gives the same.
    package mutating func next() -> Step {
        while self.position < self.items.count {
            let item = self.items[self.position]
            do throws(EngineClientError) {
                let call = try item.call.call(ids: self.ids, secret: self.makeSecret.secret(self.usedSecrets))
                return .call(call, title: item.title)
            } catch {
                self.fail(item, reason: error.message, fields: [])
            }
        }
        return self.failure.map(Step.failed) ?? .finished
    }

    package mutating func received(_ answer: ManagementAnswer) {
        guard self.items.indices.contains(self.position) else { return }
        let item = self.items[self.position]
        guard answer.isSuccess else {
            let problem = ProblemText(answer)
            return self.fail(item, reason: problem.reason, fields: problem.fields)
        }
        self.learn(from: answer, item)
        self.position += 1
        if item.isLast {
            if self.failure == nil {
                self.done.append(self.changes[item.change])
            } else {
                self.failure?.undone.append(self.changes[item.change].title)
            }
        }
    }

    /// No answer came.
    package mutating func lost(_ reason: String) {
        guard self.items.indices.contains(self.position) else { return }
        self.fail(self.items[self.position], reason: reason, fields: [])
    }

    private mutating func learn(from answer: ManagementAnswer, _ item: Item) {
        if item.call.method == .delete, case .entity(let key) = item.call.target { self.ids[key] = nil }
        guard case .object(let body) = answer.body else {
            if item.call.needsSecret { self.usedSecrets += 1 }
            return
        }
        if let key = item.call.creates, let id = body.string("id") {
            self.ids[key] = id
            if key.kind == .client {
                let made = item.call.needsSecret ? self.makeSecret.secret(self.usedSecrets) : nil
                if let secret = body.string("client_secret") ?? made {
                    self.secrets.append(NewSecret(client: key, id: id, secret: secret))
                }
            }
        }
        if item.call.needsSecret { self.usedSecrets += 1 }
    }

    private mutating func fail(_ item: Item, reason: String, fields: [FieldProblem]) {
        if self.failure != nil {
            // Undoing goes on: what can be taken back is taken back.
            self.failure?.remaining.append("\(self.changes[item.change].title): \(reason)")
            let change = item.change
            while self.items.indices.contains(self.position), self.items[self.position].change == change {
                self.position += 1
            }
            return
        }
        self.failure = Failure(title: item.title, key: item.key, reason: reason, fields: fields, place: item.place)
        self.position = 0
        guard self.undoesOnFailure else {
            self.failure?.remaining = self.done.map(\.title)
            self.items = []
            return
        }
        self.items = self.changes.indices.filter { $0 < item.change }.reversed().flatMap { index -> [Item] in
            let change = self.changes[index]
            return change.undo.enumerated().map { number, call in
                Item(
                    title: "undo: \(change.title)", key: change.key, call: call, change: index,
                    isLast: number == change.undo.count - 1, place: change.place)
            }
        }
    }
}
