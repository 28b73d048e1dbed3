/// Changes that were refused; nothing was done.
package struct ChangesRefused: Error {
    /// The problems, each with the index of its change. Changes that need a refused one are not named.
    package var problems: [(index: Int, problem: Problem)]

    package init(problems: [(index: Int, problem: Problem)]) {
        self.problems = problems
    }

    /// Nil for what is the fault of the server.
    init?(_ error: any Error, at index: Int) {
        if let refused = error as? ChangesRefused {
            self = refused
            return
        }
        let problem = Problem(error, path: "")
        guard problem.status < 500 else { return nil }
        self.problems = [(index, problem)]
    }
}
