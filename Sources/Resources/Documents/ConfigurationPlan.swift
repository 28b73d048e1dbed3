import JSON

/// What has to be done so that a document holds.
package struct ConfigurationPlan: Equatable, Sendable {
    /// What becomes of entities that the document's lists do not hold. Lists that it leaves out are left alone.
    package enum Pruning: Equatable, Sendable {
        case nothing
        /// Deletes them below the gateways and auth servers that the document names.
        case belowNamed
        /// Deletes gateways and auth servers too.
        case everything
    }

    /// The changes in the order in which they are made.
    package var changes: [PlannedChange]
    /// Gateways and auth servers that the document's lists do not hold, and that stay all the same.
    package var kept: [EntityKey] = []

    package var isEmpty: Bool { self.changes.allSatisfy { $0.action == .unchanged } }

    /// `2 to create, 1 to update, 0 to delete, 5 unchanged`.
    package var summary: String {
        func count(_ action: PlannedChange.Action) -> Int { self.changes.count { $0.action == action } }
        return "\(count(.create)) to create, \(count(.update)) to update, \(count(.delete)) to delete, "
            + "\(count(.unchanged)) unchanged"
    }

    /// The plan for people: one line for each change, with the difference below. `+` makes, `~` changes, `-` deletes.
    ///
    /// - Parameter context: unchanged lines around a difference.
    package func lines(context: Int = 2, showsUnchanged: Bool = false) -> [String] {
        self.changes.flatMap { change -> [String] in
            let mark: String
            switch change.action {
            case .create: mark = "+"
            case .update: mark = "~"
            case .delete: mark = "-"
            case .unchanged:
                return showsUnchanged ? ["= \(change.key.description)"] : []
            }
            let near = LineDiff.near(change.diff, context)
            return ["\(mark) \(change.title)"] + near.map { "    " + $0.marked } + change.losses.map { "    ! \($0)" }
        }
    }

    /// Compares what is with what is wanted. Entities are the same when their names are; clients also by id.
    ///
    /// - Throws: ``DocumentErrors`` for references to what neither is there nor will be.
    package static func make(
        current: ConfigurationTree, wanted: ConfigurationDocument, pruning: Pruning = .nothing
    ) throws(DocumentErrors) -> ConfigurationPlan {
        var planner = Planner(pruning: pruning)
        let now = ConfigurationDocument(current)
        for kind in EntityKind.roots { planner.level(kind, of: nil, now.roots[kind] ?? [], wanted.roots[kind]) }
        if !planner.errors.isEmpty { throw DocumentErrors(planner.errors) }
        return ConfigurationPlan(changes: planner.ordered, kept: planner.kept)
    }

    private struct Planner {
        /// When a step comes, among the others.
        enum Phase: Int, CaseIterable {
            /// Listeners, their policies and whole gateways go first: they hold ports and refer to virtual clusters.
            case release, build
            /// What may only go once nothing uses it.
            case tighten, order, clean
        }

        var pruning: Pruning
        var kept: [EntityKey] = []
        var errors: [DocumentError] = []
        var steps: [Phase: [PlannedChange]] = [:]

        var ordered: [PlannedChange] { Phase.allCases.flatMap { self.steps[$0] ?? [] } }

        mutating func add(_ change: PlannedChange, _ phase: Phase) { self.steps[phase, default: []].append(change) }

        mutating func level(
            _ kind: EntityKind, of parent: EntityKey?, _ current: [EntityNode], _ wanted: [EntityNode]?
        ) {
            guard let wanted else { return }
            func key(_ name: String) -> EntityKey { EntityKey(kind, (parent?.path ?? []) + [name]) }
            var left = current
            var names: [String] = []
            for node in wanted {
                let index =
                    node.id.flatMap { id in left.firstIndex { $0.id == id } }
                    ?? left.firstIndex { $0.name == node.name && (node.id == nil || $0.id == node.id) }
                let old = index.map { left.remove(at: $0) }
                self.plan(node, replacing: old, key(old?.name ?? node.name))
                names.append(node.name)
            }
            if parent == nil, self.pruning == .belowNamed {
                self.kept += left.map { key($0.name) }
            } else if self.pruning != .nothing {
                // From the end; what an undone deletion finds in its chain is what was there when it went.
                var chain = current.map { key($0.name) }
                var deletions: [PlannedChange] = []
                for node in left.reversed() {
                    deletions.append(.delete(node, key(node.name), chain: chain))
                    chain.removeAll { $0 == key(node.name) }
                }
                if kind == .gateway || kind.bindsPorts || kind.parent?.bindsPorts == true {
                    self.steps[.release, default: []] += deletions
                } else {
                    // What refers comes later in the document, and goes first.
                    self.steps[.clean] = deletions + (self.steps[.clean] ?? [])
                }
                left = []
            }
            guard let parent, kind.chain != nil else { return }
            // Where policies end up: those that stay where they are, new ones behind.
            let staying = current.map(\.name).filter { name in names.contains(name) || left.contains { $0.name == name }
            }
            let result = staying + names.filter { !staying.contains($0) }
            let order = names + left.map(\.name)
            if result.filter(names.contains) != names {
                self.add(
                    PlannedChange(
                        .update, parent, title: "order the policies of \(parent.title)",
                        diff: LineDiff.lines(from: result.joined(separator: "\n"), to: order.joined(separator: "\n")),
                        calls: [.order(order.map(key), of: parent, kind: kind)],
                        undo: [.order(result.map(key), of: parent, kind: kind)]), .order)
            }
        }

        private mutating func plan(_ node: EntityNode, replacing old: EntityNode?, _ key: EntityKey) {
            if let old {
                var node = node
                // The client's id is its own; a document may leave it out.
                if node.kind.hasChosenID, node.id == nil, let id = old.id {
                    node.fields = node.kind.filled(node.fields.setting("id", .string(id)))
                }
                if old.fields == node.fields {
                    self.add(PlannedChange(.unchanged, key, place: node.place), .build)
                } else {
                    let drops =
                        old.fields["insecure_allow_anonymous_virtual_cluster_auth"] == .bool(true)
                        && node.fields["insecure_allow_anonymous_virtual_cluster_auth"] == .bool(false)
                    self.add(.update(old, to: node, key), drops ? .tighten : .build)
                }
            } else {
                self.add(.create(node, key), .build)
            }
            self.checkSiblings(node, key, old)
            self.checkDestination(node, key)
            if node.kind.parent == nil {
                self.destinations = [:]
                for kind in node.kind.children {
                    let nodes = (old?.children[kind] ?? []) + (node.children[kind] ?? [])
                    self.destinations[kind] = Set(nodes.flatMap { [$0.name, $0.id ?? ""] })
                }
            }
            for kind in node.kind.children {
                self.level(kind, of: key, old?.children[kind] ?? [], node.children[kind])
                self.siblings[kind] = (old?.children[kind] ?? []).map(\.name) + (node.children[kind] ?? []).map(\.name)
            }
        }

        /// Names and ids of what can be referred to in the gateway in hand.
        private var destinations: [EntityKind: Set<String>] = [:]

        private mutating func checkDestination(_ node: EntityNode, _ key: EntityKey) {
            for reference in node.kind.references {
                guard case .object(let target)? = node.fields[path: reference.path],
                    let name = target.string("name") ?? target.string("id")
                else { continue }
                if self.destinations[reference.target]?.contains(name) != true {
                    self.errors.append(
                        DocumentError(
                            "\(key.title) leads to the \(reference.target.title) '\(name)', which is not there",
                            at: node.place))
                }
            }
        }

        /// Names of what entities below the same parent may name, by kind.
        private var siblings: [EntityKind: [String]] = [:]

        private mutating func checkSiblings(_ node: EntityNode, _ key: EntityKey, _ old: EntityNode?) {
            for (field, kind) in node.kind.siblingLists {
                guard case .array(let values) = node.fields[field] else { continue }
                for case .string(let name) in values where self.siblings[kind]?.contains(name) != true {
                    let owner = key.parent?.title ?? "the document"
                    self.errors.append(
                        DocumentError(
                            "\(key.title) names the \(kind.title) '\(name)', which \(owner) has not", at: node.place))
                }
            }
        }

        init(pruning: Pruning) {
            self.pruning = pruning
        }
    }
}
