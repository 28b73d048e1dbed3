import EngineInterface
import JSON
import Resources

extension MapScreen {
    // MARK: Adding

    /// Kinds that can be added with the cursor where it is, the likeliest first, with the entity that they go below.
    static func addable(_ state: ConsoleState) -> [(kind: EntityKind, below: EntityKey?)] {
        let gateway = state.data.gateway.map { EntityKey(.gateway, [$0.name]) }
        var entries: [(EntityKind, EntityKey?)] = []
        if let key = state.map.selection?.node.key {
            switch key.kind {
            case .backendCluster: entries.append((.virtualCluster, gateway))
            case .virtualCluster: entries += [(.clusterPolicy, key), (.listener, gateway)]
            case .clusterPolicy: entries.append((.clusterPolicy, key.parent))
            case .listener: entries.append((.listenerPolicy, key))
            case .listenerPolicy: entries.append((.listenerPolicy, key.parent))
            case .authServer: entries += [(.client, key), (.scope, key), (.claim, key)]
            case .gateway: break
            default: entries.append((key.kind, key.parent))
            }
            // Whatever else can lie in what the cursor is on or in.
            var owner: EntityKey? = key
            while let current = owner {
                for kind in current.kind.children where !entries.contains(where: { $0.0 == kind }) {
                    entries.append((kind, current))
                }
                owner = current.parent
            }
        }
        if let gateway {
            for kind in EntityKind.gateway.children
            where !entries.contains(where: { $0.0 == kind }) {
                entries.append((kind, gateway))
            }
        }
        return entries.map { ($0.0, $0.1) } + [(.gateway, nil), (.authServer, nil)]
    }

    static func add(_ argument: String, _ state: inout ConsoleState) {
        let entries = Self.addable(state)
        guard !argument.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Add",
                        items: entries.map { kind, below in
                            let where_ = below.map { "to \($0.title)" } ?? ""
                            return .init(id: kind.title, title: kind.title, detail: where_)
                        }, command: "map add")))
        }
        let wanted = argument.lowercased().filter { $0 != " " && $0 != "-" }
        guard let kind = EntityKind.all.first(where: { $0.title.filter { $0 != " " } == wanted }) else {
            return state.say("There is nothing called '\(argument)' to add.", .error)
        }
        guard let entry = entries.first(where: { $0.kind == kind }) else {
            let parent = kind.parent?.title ?? "gateway"
            return state.say("Put the cursor on the \(parent) that the \(kind.title) is to belong to.", .warning)
        }
        var values: [String: String] = [:]
        for reference in kind.references {
            values[(reference.path + ["name"]).joined(separator: ".")] = Self.likely(reference.target, state)
        }
        if let server = state.data.configuration.identities.first?.server {
            values["authentication.jwks.endpoint"] = server.jwksURI
        }
        let text = kind.template(values)
        Self.openEditor(MapDraft(kind: kind, purpose: .add(below: entry.below), text: text + "\n"), &state)
    }

    /// What a new entity will most likely refer to: what the cursor is on or in, or the only one there is.
    private static func likely(_ kind: EntityKind, _ state: ConsoleState) -> String? {
        var id = state.map.table.selected
        while let row = id.flatMap({ state.map.rows[$0] }) {
            if row.node.key.kind == kind { return row.node.name }
            id = row.parent
        }
        guard let gateway = state.data.gateway else { return nil }
        return state.data.configuration.node(EntityKey(.gateway, [gateway.name]))?.children[kind]?.first?.name
    }

    // MARK: Editing

    static func edit(_ key: EntityKey?, _ state: inout ConsoleState) {
        guard let key, let node = state.data.configuration.node(key) else {
            return state.say("There is nothing under the cursor to edit.")
        }
        Self.openEditor(MapDraft(kind: key.kind, purpose: .edit(key), text: node.text), &state)
    }

    private static func openEditor(_ draft: MapDraft, _ state: inout ConsoleState) {
        var draft = draft
        draft.tags = state.data.configuration.tags
        draft.requestID = state.edit(draft.textForEditor, name: draft.fileName, for: .map)
        state.map.draft = draft
    }

    static func retry(_ state: inout ConsoleState) {
        guard var draft = state.map.draft else { return state.say("There is nothing that was refused.") }
        draft.isReopened = true
        Self.openEditor(draft, &state)
    }

    /// The editor was closed.
    static func receiveDraft(_ answer: Answer, _ state: inout ConsoleState) {
        guard var draft = state.map.draft, draft.requestID == answer.id else {
            if case .failure(let error) = answer.result { state.say(error.message, .error) }
            return
        }
        draft.requestID = nil
        switch answer.result {
        case .failure(let error):
            state.map.draft = draft.isReopened ? draft : nil
            state.say(error.message)
        case .success(.edited(let text)):
            draft.text = MapDraft.withoutRemarks(text)
            Self.judge(draft, &state)
        // The same text may be right by now, because another operator changed what it was refused for.
        case .success(.unedited) where draft.isReopened: Self.judge(draft, &state)
        case .success(.unedited):
            state.map.draft = nil
            state.say("Nothing was changed.")
        case .success:
            state.map.draft = nil
            state.say("The editor's answer was of another kind.", .error)
        }
    }

    /// Reads what was written, and shows what it would change of what is in force now.
    private static func judge(_ written: MapDraft, _ state: inout ConsoleState) {
        var draft = written
        draft.problems = []
        do throws(DocumentErrors) {
            let (node, places) = try EntityNode.reading(
                draft.kind, text: draft.text, unnamed: Self.nameOfUnnamed(draft, state))
            draft.places = places
            state.map.draft = draft
            try Self.propose(node, draft, &state)
        } catch {
            Self.refuse(error.errors.map(\.description), title: "not readable yet", &draft, &state)
        }
    }

    /// Policies without a name are counted: a new one comes last.
    private static func nameOfUnnamed(_ draft: MapDraft, _ state: ConsoleState) -> String {
        switch draft.purpose {
        case .edit(let key): return key.name.hasPrefix("#") ? key.name : "#1"
        case .add(let parent):
            let siblings = parent.flatMap { state.data.configuration.node($0)?.children[draft.kind] } ?? []
            return "#\(siblings.count { $0.name.hasPrefix("#") } + 1)"
        }
    }

    private static func propose(
        _ node: EntityNode, _ draft: MapDraft, _ state: inout ConsoleState
    ) throws(DocumentErrors) {
        switch draft.purpose {
        case .add(let parent):
            let key = parent.map { $0.child(draft.kind, node.name) } ?? EntityKey(draft.kind, [node.name])
            try Self.checkSiblings(node, key, state)
            Self.ask(.create(node, key), verb: "Create", isFromDraft: true, &state)
        case .edit(let key):
            guard let old = state.data.configuration.node(key) else {
                return state.say("\(key.title) is gone; :map retry opens what you wrote.", .error)
            }
            try Self.checkSiblings(node, key, state)
            let change = PlannedChange.update(old, to: node, key)
            guard old.fields != node.fields else {
                state.map.draft = nil
                return state.say("Nothing was changed in \(key.title).")
            }
            if draft.kind.hasChosenID, node.fields["id"] != old.fields["id"] {
                throw DocumentErrors([DocumentError("a \(draft.kind.title) keeps its id")])
            }
            Self.ask(change, verb: "Apply", isFromDraft: true, &state)
        }
    }

    private static func checkSiblings(
        _ node: EntityNode, _ key: EntityKey, _ state: ConsoleState
    ) throws(DocumentErrors) {
        guard let owner = key.parent.flatMap({ state.data.configuration.node($0) }) else { return }
        for (field, kind) in node.kind.siblingLists {
            guard case .array(let values) = node.fields[field] else { continue }
            let known = Set((owner.children[kind] ?? []).map(\.name))
            for case .string(let name) in values where !known.contains(name) {
                throw DocumentErrors([
                    DocumentError("\(owner.kind.title) '\(owner.name)' has no \(kind.title) '\(name)'")
                ])
            }
        }
    }

    /// Shows the change and asks.
    private static func ask(
        _ change: PlannedChange, verb: String, isFromDraft: Bool = false, _ state: inout ConsoleState
    ) {
        // A change that another operator makes while the editor is open must not be overwritten unseen.
        let tags = isFromDraft ? state.map.draft?.tags : nil
        state.map.proposal = Proposal(
            change: change, isFromDraft: isFromDraft, tags: tags ?? state.data.configuration.tags)
        let room = max(4, state.bodyArea.rows - 7)
        let all = change.diff.map(\.marked)
        // A new entity is shown whole, a changed one around what changed.
        var lines = all
        if lines.count > room, change.action == .update {
            lines = LineDiff.near(change.diff, 2).map(\.marked)
        }
        if lines.count > room {
            let rest = lines.count - room + 1
            lines = Array(lines.prefix(room - 1)) + ["  and \(rest) more lines"]
        }
        state.confirm(
            Confirmation(
                title: "\(change.title)?", lines: lines + Self.consequences(of: change, state), verb: verb,
                accept: CommandCall("map apply")))
        if isFromDraft { Self.rehearse(change, tags: tags ?? [:], &state) }
    }

    /// Asks the API whether it would accept the change, so that a refusal is shown before the operator says yes.
    private static func rehearse(_ change: PlannedChange, tags: [String: String], _ state: inout ConsoleState) {
        // A change that cannot even be asked about is refused when it is applied.
        guard let batch = try? ChangeBatch([change], ids: state.data.configuration.ids, tags: tags) else { return }
        state.map.rehearsal = (state.ask(.manage([batch.rehearsal]), for: .map), batch)
    }

    /// A refusal takes the place of the question, when that is still open. Without an answer the question stays.
    static func receiveRehearsal(_ answer: Answer, _ state: inout ConsoleState) {
        guard let batch = state.map.rehearsal?.batch else { return }
        state.map.rehearsal = nil
        guard case .success(.managed(let answers)) = answer.result, let last = answers.last, !last.isSuccess,
            case .refused(let refusals) = batch.outcome(of: last), let refusal = refusals.first,
            case .confirm(let question)? = state.overlays.last, question.accept == CommandCall("map apply"),
            state.map.proposal?.isFromDraft == true, var draft = state.map.draft
        else { return }
        state.overlays.removeLast()
        Self.refuse(Self.problems(refusal, draft), title: "refused", &draft, &state)
    }

    private static func problems(_ failure: ChangeBatch.Refusal, _ draft: MapDraft) -> [String] {
        let problems = failure.fields.map { field in
            let place = draft.places?.place(of: field.field)
            return (place.map { "\($0.line):\($0.column): " } ?? "") + "\(field.field) \(field.reason)"
        }
        return problems.isEmpty ? [failure.reason] : problems
    }

    /// Live connections that a change concerns.
    static func connections(_ key: EntityKey, _ state: ConsoleState) -> Int {
        let facts = state.map.facts
        let gateway = state.data.gatewayConfiguration
        switch key.kind {
        case .listener: return facts.listeners[key.name]?.connections ?? 0
        case .virtualCluster: return facts.virtualClusters[key.name]?.connections ?? 0
        case .backendCluster:
            return (gateway?.virtualClusters ?? []).filter { $0.virtualCluster.destination.name == key.name }
                .reduce(0) { $0 + (facts.virtualClusters[$1.virtualCluster.name]?.connections ?? 0) }
        case .gateway: return facts.listeners.values.reduce(0) { $0 + $1.connections }
        default:
            // What lies in a listener or a virtual cluster concerns its connections; what lies in the gateway is used by
            // other entities, and concerns none by itself.
            guard let parent = key.parent, parent.kind.parent != nil else { return 0 }
            return self.connections(parent, state)
        }
    }

    private static func consequences(of change: PlannedChange, _ state: ConsoleState) -> [String] {
        let count = change.action == .create ? 0 : Self.connections(change.key, state)
        guard count > 0 else { return [] }
        let clients = count == 1 ? "1 live connection" : "\(count) live connections"
        switch change.key.kind {
        case .clusterPolicy: return ["", "\(clients): holds for their next request."]
        default: return ["", "Concerns \(clients)."]
        }
    }

    // MARK: Deleting, on and off

    static func delete(_ state: inout ConsoleState) {
        guard let row = state.map.selection, let node = state.data.configuration.node(row.node.key) else {
            return state.say("There is nothing under the cursor to delete.")
        }
        let key = row.node.key
        if let user = Self.user(of: key, state) {
            return state.say("In use by \(user): that has to go first.", .warning)
        }
        let siblings = key.parent.flatMap { state.data.configuration.node($0)?.children[key.kind] } ?? []
        let chain = siblings.compactMap { sibling in key.parent?.child(key.kind, sibling.name) }
        let change = PlannedChange.delete(node, key, chain: chain)
        state.map.proposal = Proposal(
            change: change, isFromDraft: false, tags: state.data.configuration.tags)
        let count = Self.connections(key, state)
        var lines = ["Live connections concerned: \(count)"]
        var below: [String] = []
        node.walk(key) { inner, _ in if inner != key { below.append(inner.title) } }
        if !below.isEmpty {
            lines.append(
                "Goes with it: " + below.prefix(6).joined(separator: ", ")
                    + (below.count > 6 ? ", …".asciiOnly(state.glyphs) : ""))
        }
        lines.append(
            change.undo.contains(where: \.makesSecret)
                ? "This cannot be undone: secrets are not kept." : "u makes it again, with another id.")
        lines += change.losses
        state.confirm(
            Confirmation(
                title: "Delete \(key.title)?", lines: lines, level: .typeName(key.name), verb: "Delete",
                accept: CommandCall("map apply")))
    }

    /// What refers to an entity, in words.
    private static func user(of key: EntityKey, _ state: ConsoleState) -> String? {
        guard let (root, name) = key.steps.first, let tree = state.data.configuration.node(EntityKey(root, [name]))
        else { return nil }
        for (kind, reference) in key.kind.referrers {
            var user: String?
            tree.walk(EntityKey(root, [name])) { other, node in
                guard user == nil, other.kind == kind, case .object(let target)? = node.fields[path: reference.path],
                    target.string("name") == key.name
                else { return }
                user =
                    kind.chain == nil
                    ? other.title : "policy '\(other.name)'" + (other.parent.map { " of \($0.title)" } ?? "")
            }
            if let user { return user }
        }
        return nil
    }

    static func toggle(_ state: inout ConsoleState) {
        guard let key = state.map.selection?.node.key, let old = state.data.configuration.node(key),
            case .bool(let isOn) = old.fields["enabled"]
        else {
            let kinds = EntityKind.all.filter { $0[field: "enabled"] != nil }.map(\.title)
            return state.say("It has no 'enabled'. These can be turned on and off: \(kinds.joined(separator: ", ")).")
        }
        var new = old
        new.fields = old.fields.setting("enabled", .bool(!isOn))
        var change = PlannedChange.update(old, to: new, key)
        change.title = "turn \(isOn ? "off" : "on") \(key.title)"
        change.diff = [DiffLine(.removed, "enabled: \(isOn)"), DiffLine(.added, "enabled: \(!isOn)")]
        Self.ask(change, verb: isOn ? "Turn off" : "Turn on", &state)
    }

    // MARK: Outcomes

    static func apply(_ state: inout ConsoleState) {
        guard let proposal = state.map.proposal, state.changes.active == nil else {
            return state.say("A change is still under way.", .warning)
        }
        state.map.proposal = nil
        state.map.isApplyingDraft = proposal.isFromDraft
        state.perform(proposal.change, plannedFrom: proposal.tags)
    }

    static func changeFinished(_ state: inout ConsoleState) {
        if state.map.isApplyingDraft { state.map.draft = nil }
        state.map.isApplyingDraft = false
        let secrets = state.changes.lastSecrets
        state.changes.lastSecrets = []
        for secret in secrets {
            state.show(
                .text(
                    TextOverlay(
                        title: "Secret of \(secret.client.title), shown this once",
                        text: "client id      \(secret.id)\nclient secret  \(secret.secret)\n\n"
                            + "It is kept nowhere. Copy it now: select it with the mouse, or press c.")))
        }
    }

    /// The API refused what was written: it is kept for another try.
    static func changeFailed(_ failure: ChangeBatch.Refusal, _ state: inout ConsoleState) {
        guard state.map.isApplyingDraft, var draft = state.map.draft else { return }
        state.map.isApplyingDraft = false
        Self.refuse(Self.problems(failure, draft), title: "refused", &draft, &state)
    }

    private static func refuse(
        _ problems: [String], title: String, _ draft: inout MapDraft, _ state: inout ConsoleState
    ) {
        draft.problems = problems
        state.map.draft = draft
        state.flash = nil
        state.confirm(
            Confirmation(
                title: "The \(draft.kind.title) is \(title)",
                lines: problems + ["", "What you wrote is kept: ':map retry' opens it later."], verb: "Edit again",
                accept: CommandCall("map retry")))
    }
}
