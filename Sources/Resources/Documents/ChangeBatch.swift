import JSON

/// The one request that carries planned changes out, all of them or none (`POST /v1/changes`).
///
/// A pure value: someone else makes the call and shows what came.
package struct ChangeBatch: Equatable, Sendable {
    /// A secret that was made on the way. It is shown once and kept nowhere.
    package struct NewSecret: Equatable, Sendable {
        package var client: EntityKey
        package var id: String
        package var secret: String
    }

    /// One change that the API refuses.
    package struct Refusal: Equatable, Sendable {
        /// What was to be done: `create listener 'edge'`.
        package var title: String
        package var key: EntityKey?
        /// A sentence: what the API or the network says.
        package var reason: String
        /// Fields of the body with what is wrong with them.
        package var fields: [FieldProblem] = []
        package var place: DocumentPlace?
        /// What it is about is gone, or is another by now (404, 412): the same change cannot go later either.
        package var isFinal = false

        package init(
            title: String, key: EntityKey? = nil, reason: String, fields: [FieldProblem] = [],
            place: DocumentPlace? = nil,
            isFinal: Bool = false
        ) {
            self.title = title
            self.key = key
            self.reason = reason
            self.fields = fields
            self.place = place
            self.isFinal = isFinal
        }
    }

    package struct Done: Equatable, Sendable {
        /// The ids of what was there before and of what was made.
        package var ids: [EntityKey: String]
        package var secrets: [NewSecret]
        /// The versions that were made, by path.
        package var tags: [String: String]
        /// Paths of all that was made, changed or deleted.
        package var paths: [String]
    }

    package enum Outcome: Equatable, Sendable {
        case done(Done)
        /// Nothing was changed; there is at least one.
        case refused([Refusal])
    }

    private struct Item: Equatable {
        var change: PlannedChange
        var call: PlannedCall
        /// The path, with names for entities that are not made yet.
        var path: String
        /// What later calls name its entity.
        var name: String?
    }

    private var items: [Item] = []
    private var entries: [JSONValue] = []
    private let ids: [EntityKey: String]

    /// - Parameters:
    ///   - ids: of what is there, by key: `ConfigurationTree.ids`.
    ///   - tags: the versions that were planned from, by path; what has none is changed whatever its version is.
    /// - Throws: when a change needs something that is not there.
    package init(
        _ changes: [PlannedChange], ids: [EntityKey: String], tags: [String: String]
    ) throws(MissingEntity) {
        self.ids = ids
        var ids = ids
        let prefix = Self.prefix(changes)
        for change in changes {
            for planned in change.calls {
                let call = try planned.call(ids: ids)
                var item = Item(change: change, call: planned, path: call.path)
                var entry: JSONObject = ["method": .string(call.method.rawValue), "path": .string(call.path)]
                if let body = call.body { _ = entry.insert(body, forKey: "body") }
                switch planned.target {
                case .entity(let key):
                    if let tag = tags[Self.withoutQuery(call.path)] {
                        _ = entry.insert(.string(tag), forKey: "if_match")
                    }
                    if planned.method == .delete {
                        ids[key] = nil
                    } else if let renamed = planned.creates {
                        ids[renamed] = ids[key]
                    }
                case .chain:
                    if let tag = tags[call.path] { _ = entry.insert(.string(tag), forKey: "if_match") }
                case .client(let id, _):
                    _ = entry.insert(.string("*"), forKey: "if_none_match")
                    if let key = planned.creates { ids[key] = id }
                case .collection:
                    let name = "\(prefix)\(self.items.count + 1)"
                    item.name = name
                    _ = entry.insert(.string(name), forKey: "as")
                    if let key = planned.creates { ids[key] = "{\(name)}" }
                case .path: break
                }
                self.items.append(item)
                self.entries.append(.object(entry))
            }
        }
    }

    package var isEmpty: Bool { self.items.isEmpty }

    /// Puts the changes in force.
    package var call: ManagementCall {
        ManagementCall(.post, "/v1/changes", body: .object(["changes": .array(self.entries)]))
    }

    /// Asks whether ``call`` would go well, and changes nothing.
    package var rehearsal: ManagementCall {
        ManagementCall(.post, "/v1/changes?dry_run=true", body: .object(["changes": .array(self.entries)]))
    }

    package func outcome(of answer: ManagementAnswer) -> Outcome {
        guard answer.isSuccess else { return .refused(self.refusals(answer)) }
        var done = Done(ids: self.ids, secrets: [], tags: [:], paths: [])
        var answers: [JSONValue] = []
        if case .object(let body) = answer.body, case .array(let changes) = body["changes"] { answers = changes }
        var names: [String: String] = [:]
        for (index, item) in self.items.enumerated() {
            var body = JSONObject()
            var tag: String?
            if answers.indices.contains(index), case .object(let change) = answers[index] {
                if case .object(let object) = change["body"] { body = object }
                tag = change.string("etag")
            }
            var path = Self.withoutQuery(item.path)
            for (name, id) in names { path = path.replacing("{\(name)}", with: id) }
            defer { done.paths.append(path) }
            if item.call.method == .delete {
                if case .entity(let key) = item.call.target { done.ids[key] = nil }
                continue
            }
            if let key = item.call.creates, let id = body.string("id") {
                done.ids[key] = id
                if let name = item.name {
                    names[name] = id
                    path += "/\(id)"
                }
                if key.kind == .client, let secret = body.string("client_secret") {
                    done.secrets.append(NewSecret(client: key, id: id, secret: secret))
                }
            }
            done.tags[path] = tag
        }
        return .done(done)
    }

    /// No answer came: it was done whole or not at all.
    package func lost(_ reason: String) -> Refusal {
        Refusal(
            title: self.items.count == 1 ? self.items[0].change.title : "say whether the changes were made",
            key: self.items.first?.change.key,
            reason: "\(reason) All of it is in force, or nothing: look before you try again.")
    }

    private func refusals(_ answer: ManagementAnswer) -> [Refusal] {
        var refusals: [Refusal] = []
        if case .object(let body) = answer.body, case .array(let changes) = body["changes"] {
            for case .object(let change) in changes {
                guard case .integer(let index) = change["index"], let problem = change["problem"],
                    self.items.indices.contains(Int(clamping: index))
                else { continue }
                let item = self.items[Int(clamping: index)]
                var status = answer.status
                if case .object(let object) = problem, case .integer(let number) = object["status"] {
                    status = Int(clamping: number)
                }
                refusals.append(
                    Self.refusal(item.change, ProblemText(ManagementAnswer(status: status, body: problem)), status))
            }
        }
        guard refusals.isEmpty else { return refusals }
        let text = ProblemText(answer)
        if self.items.count == 1 { return [Self.refusal(self.items[0].change, text, answer.status)] }
        return [Refusal(title: "make the changes", reason: text.reason)]
    }

    private static func refusal(_ change: PlannedChange, _ problem: ProblemText, _ status: Int) -> Refusal {
        let reason =
            status == 412
            ? "somebody else changed it since it was read. Plan again from what is there now. (\(problem.reason))"
            : problem.reason
        return Refusal(
            title: change.title, key: change.key, reason: reason, fields: problem.fields, place: change.place,
            isFinal: status == 404 || status == 412)
    }

    private static func withoutQuery(_ path: String) -> String {
        path.split(separator: "?", maxSplits: 1).first.map(String.init) ?? path
    }

    /// The begin of names that no text of the changes holds, so that only names are replaced.
    private static func prefix(_ changes: [PlannedChange]) -> String {
        let bodies = changes.flatMap(\.calls).compactMap(\.body)
        var prefix = "new"
        while bodies.contains(where: { $0.holds("{" + prefix) }) { prefix += "_" }
        return prefix
    }
}

extension JSONValue {
    fileprivate func holds(_ text: String) -> Bool {
        switch self {
        case .string(let string): string.contains(text)
        case .array(let values): values.contains { $0.holds(text) }
        case .object(let object): object.keys.contains { object[$0]?.holds(text) == true }
        case .null, .bool, .integer, .unsigned, .number: false
        }
    }
}
