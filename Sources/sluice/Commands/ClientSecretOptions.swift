import ArgumentParser
import Foundation

/// Where a client's secret comes from. On the command line other users of the machine see it in the list of processes, and
/// the shell keeps it in its history.
struct ClientSecretOptions: ParsableArguments {
    @Option(help: "File with the client's secret; - is standard input.", completion: .file())
    var clientSecretFile: String?
    @Option(help: "The client's secret, which other users of this machine can see; - reads it from standard input.")
    var clientSecret: String?

    func validate() throws {
        guard self.clientSecret == nil || self.clientSecretFile == nil else {
            throw ValidationError("Give one of --client-secret-file and --client-secret.")
        }
    }

    /// - Throws: `CommandFailure` when there is none.
    func secret(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(CommandFailure) -> String {
        if let path = self.clientSecretFile ?? (self.clientSecret == "-" ? "-" : nil) {
            return try Secret.read(path, what: "client secret")
        }
        if let secret = self.clientSecret {
            Secret.warnOfArgument("--client-secret", instead: "--client-secret-file FILE or SLUICE_CLIENT_SECRET")
            return secret
        }
        if let secret = environment["SLUICE_CLIENT_SECRET"], !secret.isEmpty { return secret }
        throw CommandFailure(
            "The client's secret is missing: give --client-secret-file FILE (- is standard input) or set "
                + "SLUICE_CLIENT_SECRET.", isWrongUse: true)
    }
}

/// Secrets and tokens that commands are given.
enum Secret {
    private static let maximumBytes = 1 << 20

    /// The text of a file or of standard input (`-`), without the line break at its end.
    static func read(_ path: String, what: String) throws(CommandFailure) -> String {
        var text = try Input.text(path, maximumBytes: Self.maximumBytes)
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else {
            throw CommandFailure(
                path == "-" ? "Standard input holds no \(what)." : "The file '\(path)' holds no \(what).")
        }
        return text
    }

    /// A token as an argument gives it; `-` reads it from standard input.
    static func token(_ argument: String, of option: String) throws(CommandFailure) -> String {
        if argument == "-" {
            return try self.read("-", what: "token").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        self.warnOfArgument(option, instead: "- and standard input")
        return argument.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    static func warnOfArgument(_ option: String, instead: String) {
        Output.warning("\(option) is on the command line, where others on this machine can read it; use \(instead).")
    }
}
