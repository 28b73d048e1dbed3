internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension RouteTable {
    /// Adds a change as a call of its own, and keeps it for batches.
    package mutating func add(_ change: ChangeRoute, to committer: any ChangeCommitter) {
        self.changes.append(change)
        let captures = change.captures
        var operation = change.operation
        operation.isChange = true
        self.on(change.method, change.path, operation) { request, context in
            var parameters: [String: String] = [:]
            for name in captures { parameters[name] = try context.pathText(name) }
            let input = ChangeInput(
                parameters: parameters, query: request.queryItems,
                body: change.takesBody ? try await request.json() : .null)
            let step = ChangeStep(change, input, Preconditions(request.headers))
            do {
                return try await committer.commit([step]).first?.response(to: change.method) ?? .noContent
            } catch let error as ChangesRefused {
                throw error.problems.first?.problem ?? .internalError()
            }
        }
    }
}
