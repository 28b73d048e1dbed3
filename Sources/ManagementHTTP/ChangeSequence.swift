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
        var answers: [ChangeAnswer] = []
        var checks: [(index: Int, check: FinalCheck)] = []
        for (index, (step, perform)) in zip(self.steps, self.performs).enumerated() {
            do {
                guard refused[index] == nil, let input = try names.resolved(step.input) else {
                    step.name.map { names.refuse($0) }
                    continue
                }
                let answer = try transaction.attempt { try perform(input, transaction) }
                if let name = step.name { names.learn(name, from: answer) }
                if let check = answer.finalCheck { checks.append((index, check)) }
                answers.append(answer)
            } catch {
                step.name.map { names.refuse($0) }
                try refuse(index, error)
            }
        }
        var checked: Set<String> = []
        for (index, check) in checks.reversed() where checked.insert(check.id).inserted {
            do { try check.run(transaction, checked) } catch { try refuse(index, error) }
        }
        guard refused.isEmpty else {
            throw ChangesRefused(problems: refused.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return answers
    }
}
