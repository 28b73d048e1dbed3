package import Resources

/// The calls on a kind of entity, described by the kind.
extension APIOperation {
    package static func list(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "list\(kind.schemaName)", "All of the kind: \(kind.title).", tag: kind.schemaName,
            parameters: Self.parameters(ListQueryRules(kind)), .ok(.component("\(kind.schemaName)List")))
    }

    package static func read(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "get\(kind.schemaName)", "One \(kind.title).", tag: kind.schemaName,
            Answer.ok(.component(kind.schemaName)).withTag)
    }

    package static func create(_ kind: EntityKind) -> APIOperation {
        let answer = kind.creationSchema == nil ? kind.schemaName : "\(kind.schemaName)Created"
        let places = ["before", "after"].map { Parameter($0, .uuid, "The policy of the chain that it goes \($0).") }
        return APIOperation(
            "create\(kind.schemaName)", "Makes one \(kind.title).", tag: kind.schemaName,
            parameters: kind.chain == nil ? [] : places,
            body: .json(.component(kind.schemaName(of: .create))), Answer.created(.component(answer)).withTag,
            refusals: [409])
    }

    package static func change(_ kind: EntityKind, _ use: EntityKind.BodyUse) -> APIOperation {
        var operation = APIOperation(
            (use == .patch ? "update" : "replace") + kind.schemaName,
            use == .patch
                ? "Changes what the body names of one \(kind.title)." : "Replaces one \(kind.title).",
            tag: kind.schemaName,
            body: .json(.component(kind.schemaName(of: use))),
            use == .patch ? Answer.ok(.component(kind.schemaName)).withTag : .ok(.component(kind.schemaName)),
            refusals: [409])
        if use == .replace, kind.hasChosenID {
            operation.summary = "Makes or replaces one \(kind.title) of a chosen id."
            operation.answers.append(
                .created(.oneOf([.component(kind.schemaName), .component("\(kind.schemaName)Created")])))
        }
        return operation
    }

    package static func delete(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "delete\(kind.schemaName)", "Deletes one \(kind.title), and what lies below it.", tag: kind.schemaName,
            .noContent)
    }

    static func move(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "move\(kind.schemaName)", "Moves one \(kind.title) in its chain.", tag: kind.schemaName,
            body: .json(.object(["index": .integer(0...Int(Int32.max))])), .noContent)
    }

    static func order(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "get\(kind.schemaName)Chain", "The order of the chain.", tag: kind.schemaName,
            Answer.ok(.component("Chain")).withTag)
    }

    static func reorder(_ kind: EntityKind) -> APIOperation {
        APIOperation(
            "replace\(kind.schemaName)Chain", "Puts the chain in another order.", tag: kind.schemaName,
            body: .json(.component("Chain")), .ok(.component("Chain")))
    }
}
