import Console
import EngineInterface
import Foundation

/// The console's own files: preferences under the configuration directory, the draft of the walkthrough under the state
/// directory (XDG Base Directory Specification). Mode 0600.
struct ConsoleFiles: Sendable {
    static let maximumBytes = 1 << 20

    let preferencesPath: String
    let draftPath: String
    let backgroundPath: String

    /// - Parameter instance: the data directory or the URL of the instance that the console shows: each has a draft of its
    ///   own, because answers name the instance's surroundings.
    init(instance: String = "", environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        func base(_ variable: String, _ fallback: String) -> String {
            environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/" + fallback
        }
        self.preferencesPath = base("XDG_CONFIG_HOME", ".config") + "/sluice/console.json"
        let stateDirectory = base("XDG_STATE_HOME", ".local/state") + "/sluice"
        self.draftPath = stateDirectory + "/setup-drafts/" + Self.fileName(of: instance)
        self.backgroundPath = stateDirectory + "/terminal-background"
    }

    /// A file name for a path or a URL: its end, for people, and a hash (FNV-1a) of all of it.
    private static func fileName(of instance: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in instance.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let end = instance.suffix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(end) + "-" + String(hash, radix: 16)
    }

    /// What was kept, and a sentence about what of it cannot be used: that is left as it is at first.
    func preferences() -> (preferences: Preferences, problem: String?) {
        guard FileManager.default.fileExists(atPath: self.preferencesPath) else { return (Preferences(), nil) }
        let reading: PreferencesReading
        do {
            reading = try PreferencesReading(try self.read(self.preferencesPath))
        } catch {
            let reason = (error as? EngineClientError)?.message ?? "\(error)"
            return (
                Preferences(),
                "\(reason) Preferences are as at first; delete '\(self.preferencesPath)' to keep new ones."
            )
        }
        guard !reading.problems.isEmpty else { return (reading.preferences, nil) }
        return (
            reading.preferences,
            "'\(self.preferencesPath)': \(reading.problems.joined(separator: "; ")). Delete what is wrong there."
        )
    }

    func save(_ preferences: Preferences) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try OutputFile.write(
            String(decoding: try encoder.encode(preferences), as: UTF8.self), to: self.preferencesPath, isPrivate: true)
    }

    /// Whether the terminal's background was light when one last answered; nil when it did not know or none was asked.
    func background() -> Bool? {
        switch FileManager.default.contents(atPath: self.backgroundPath) {
        case Data("light\n".utf8): true
        case Data("dark\n".utf8): false
        default: nil
        }
    }

    /// Kept for the first frame of the next start, which does not wait for the terminal's answer.
    func keepBackground(isLight: Bool?) throws {
        guard let isLight else {
            try? FileManager.default.removeItem(atPath: self.backgroundPath)
            return
        }
        try OutputFile.write(isLight ? "light\n" : "dark\n", to: self.backgroundPath, isPrivate: true)
    }

    /// - Throws: `EngineClientError` when there is one that cannot be read.
    func draft() throws -> String? {
        guard FileManager.default.fileExists(atPath: self.draftPath) else { return nil }
        return try self.read(self.draftPath)
    }

    func saveDraft(_ text: String?) throws {
        if let text { return try OutputFile.write(text, to: self.draftPath, isPrivate: true) }
        try? FileManager.default.removeItem(atPath: self.draftPath)
    }

    /// At most 1 MiB of UTF-8; `~` is the home directory.
    func read(_ path: String) throws -> String {
        do throws(CommandFailure) { return try Input.text(path, maximumBytes: Self.maximumBytes) } catch {
            throw EngineClientError(error.message)
        }
    }

    func write(_ text: String, to path: String) throws { try OutputFile.write(text, to: path) }

    /// Writes a file that only its user may read, whatever was there before.
    ///
    /// - Returns: false when there is something of that name and it is not to be replaced: it stays as it is.
    func writePrivate(_ text: String, to path: String, replacing: FileReplacement = .nothing) throws -> Bool {
        switch replacing {
        case .nothing: return try OutputFile.writeNew(text, to: path)
        case .unchanged(let fingerprint):
            if try OutputFile.writeNew(text, to: path) { return true }
            guard let current = try? self.read(path), TextFingerprint(current) == fingerprint else { return false }
        case .anything: break
        }
        try OutputFile.write(text, to: path, isPrivate: true)
        return true
    }
}
