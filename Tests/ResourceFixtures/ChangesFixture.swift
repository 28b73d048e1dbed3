package import JSON
package import Resources

extension ManagementCall {
    /// The changes of a request, as calls of their own.
    package var changes: [ManagementCall] {
        guard self.path.hasPrefix("/v1/changes"), case .object(let body)? = self.body,
            case .array(let changes)? = body["changes"]
        else { return [self] }
        return changes.compactMap { change in
            guard case .object(let change) = change, let method = change.string("method"),
                let path = change.string("path")
            else { return nil }
            return ManagementCall(Method(rawValue: method) ?? .get, path, body: change["body"])
        }
    }

    /// What `if_match` says in each change.
    package var tags: [String?] {
        guard case .object(let body)? = self.body, case .array(let changes)? = body["changes"] else { return [] }
        return changes.map { change in
            if case .object(let change) = change { return change.string("if_match") }
            return nil
        }
    }

    /// The names of changes.
    package var names: [String?] {
        guard case .object(let body)? = self.body, case .array(let changes)? = body["changes"] else { return [] }
        return changes.map { change in
            if case .object(let change) = change { return change.string("as") }
            return nil
        }
    }
}

extension ManagementAnswer {
    /// What the API answers when the changes of a request would answer so on their own.
    package static func changes(_ answers: [ManagementAnswer]) -> ManagementAnswer {
        if let index = answers.firstIndex(where: { !$0.isSuccess }) {
            let refused = answers[index]
            var problem = JSONObject()
            if case .object(let object)? = refused.body { problem = object }
            problem = problem.setting("status", .integer(Int64(refused.status)))
            return ManagementAnswer(
                status: refused.status,
                body: .object([
                    "status": .integer(Int64(refused.status)), "detail": .string("Nothing was changed"),
                    "changes": .array([
                        .object(["index": .integer(Int64(index)), "problem": .object(problem)])
                    ]),
                ]))
        }
        return ManagementAnswer(
            status: 200,
            body: .object([
                "changes": .array(
                    answers.map { answer in
                        var change: JSONObject = ["status": .integer(Int64(answer.status))]
                        if let body = answer.body { _ = change.insert(body, forKey: "body") }
                        if let tag = answer.tag { _ = change.insert(.string(tag), forKey: "etag") }
                        return .object(change)
                    })
            ]))
    }
}

extension JSONValue {
    package func mappingStrings(_ transform: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): return .string(transform(text))
        case .array(let values): return .array(values.map { $0.mappingStrings(transform) })
        case .object(let object):
            var result = JSONObject()
            for key in object.keys {
                if let value = object[key] { _ = result.insert(value.mappingStrings(transform), forKey: key) }
            }
            return .object(result)
        case .null, .bool, .integer, .unsigned, .number: return self
        }
    }
}
