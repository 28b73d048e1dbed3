/// The reason why there is no screen.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
    case noTerminal
    case dumb(String)
    case unknown([String])

    package var description: String {
        switch self {
        case .noTerminal:
            "There is no terminal to draw on: neither /dev/tty nor standard input and output is a terminal."
        case .dumb(let term):
            "TERM is \"\(term)\", a terminal without a movable cursor."
        case .unknown(let names):
            "No description of this terminal was found (tried \(names.joined(separator: ", "))): "
                + "set TERM to one that `infocmp` knows."
        }
    }
}
