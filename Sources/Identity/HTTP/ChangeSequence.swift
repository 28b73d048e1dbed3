internal import GatewayModel
internal import HTTPTypes
package import Store

/// Several changes that are made together: what one makes, later ones name.
package struct ChangeSequence: Sendable {
    private let steps: [ChangeStep]
    private let performs: [ChangeRoute.Perform]

    /// Makes what the steps need beside the store.
    package init(_ steps: [ChangeStep], isTrial: Bool) async throws {
        var performs: [ChangeRoute.Perform] = []
        for (index, step) in steps.enumerated() {
            do {
                performs.append(try await step.route.prepare(step.input, isTrial))
            } catch {
                throw ChangesRefused(error, at: index) ?? error
            }
        }
        self.steps = steps
        self.performs = performs
    }

    /// Makes all changes. Those that fail do not keep the others from being judged.
    ///
    /// - Throws: ``ChangesRefused`` with all that is wrong; what is the server's fault as it is.
    package func run(in transaction: StoreTransaction) throws -> [ChangeAnswer] {
        var refused: [Int: Problem] = [:]
        func refuse(_ index: Int, _ error: any Error) throws {
            guard let refusal = ChangesRefused(error, at: index) else { throw error }
            refused[index] = refusal.problems.first?.problem
        }
        // Tags are those of before the first change: that is what the client has read.
        for (index, step) in self.steps.enumerated() where !step.preconditions.isEmpty {
            do {
                try step.preconditions.check(try step.route.current(step.input, transaction))
            } catch { try refuse(index, error) }
        }
        var names = ChangeNames(declared: self.steps.compactMap(\.name))
        let changedLater = self.changedLater
        var answers: [ChangeAnswer] = []
        for (index, (step, perform)) in zip(self.steps, self.performs).enumerated() {
            do {
                guard refused[index] == nil, var input = try names.resolved(step.input) else {
                    step.name.map { names.refuse($0) }
                    continue
                }
                input.changedLater = changedLater[index]
                let answer = try transaction.attempt { [input] in try perform(input, transaction) }
                if let name = step.name { names.learn(name, from: answer) }
                answers.append(answer)
            } catch {
                step.name.map { names.refuse($0) }
                try refuse(index, error)
            }
        }
        guard refused.isEmpty else {
            throw ChangesRefused(problems: refused.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return answers
    }
}

extension ChangeSequence {
    /// For each change, the ids of what later ones replace or delete.
    private var changedLater: [Set<String>] {
        var later: Set<String> = []
        var sets: [Set<String>] = []
        for step in self.steps.reversed() {
            sets.append(later)
            // The entity that the path ends with, and not one that it only leads through.
            guard step.route.method != .post, let own = step.route.path.split(separator: "/").last, own.hasPrefix(":"),
                let id = step.input.parameters[String(own.dropFirst())]
            else { continue }
            later.insert(id)
        }
        return sets.reversed()
    }
}
