/// A function or method of the language, except `has`, which the checker makes a node of its own.
enum Function: String, CaseIterable, Sendable {
    // Methods; the receiver is the first argument.
    case includes, contains, startsWith, endsWith, substring, match, matches, lowerAscii, upperAscii, split, join
    // A method and a function.
    case size
    // Functions.
    case glob, string, int, double

    static let methods: [Function] = [
        .includes, .contains, .startsWith, .endsWith, .substring, .match, .matches, .lowerAscii, .upperAscii, .split,
        .join, .size,
    ]
    static let functions: [Function] = [.glob, .size, .string, .int, .double]

    /// How many arguments it takes, without a receiver.
    func argumentCounts(isMethod: Bool) -> ClosedRange<Int> {
        switch self {
        case .includes, .contains, .startsWith, .endsWith, .match, .matches, .split, .join: 1...1
        case .substring: 1...2
        case .lowerAscii, .upperAscii: 0...0
        case .size: isMethod ? 0...0 : 1...1
        case .glob, .string, .int, .double: 1...1
        }
    }
}
