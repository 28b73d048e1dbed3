import Console
import Foundation
import GatewayModel

/// The console's own files: preferences under the configuration directory, the draft of the walkthrough under the state
/// directory (XDG Base Directory Specification). Mode 0600.
struct ConsoleFiles: Sendable {
    let preferencesPath: String
    let draftPath: String
    let backgroundPath: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        func base(_ variable: String, _ fallback: String) -> String {
            environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/" + fallback
        }
        self.preferencesPath = base("XDG_CONFIG_HOME", ".config") + "/sluice/console.json"
        let stateDirectory = base("XDG_STATE_HOME", ".local/state") + "/sluice"
        self.draftPath = stateDirectory + "/setup-draft"
        self.backgroundPath = stateDirectory + "/terminal-background"
    }

    /// What was kept; the defaults when there is nothing, or nothing that can be read.
    func preferences() -> Preferences {
        guard let data = FileManager.default.contents(atPath: self.preferencesPath) else { return Preferences() }
        return (try? JSONDecoder().decode(Preferences.self, from: data)) ?? Preferences()
    }

    func save(_ preferences: Preferences) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try self.write(String(decoding: try encoder.encode(preferences), as: UTF8.self), to: self.preferencesPath)
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
        try self.write(isLight ? "light\n" : "dark\n", to: self.backgroundPath)
    }

    func draft() -> String? {
        guard let data = FileManager.default.contents(atPath: self.draftPath), data.count <= 1 << 20 else { return nil }
        return String(validating: data, as: UTF8.self)
    }

    func saveDraft(_ text: String?) throws {
        if let text { return try self.write(text, to: self.draftPath) }
        try? FileManager.default.removeItem(atPath: self.draftPath)
    }

    /// At most 1 MiB of UTF-8; `~` is the home directory.
    func read(_ path: String) throws -> String {
        let path = (path as NSString).expandingTildeInPath
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EngineClientError("The file '\(path)' cannot be read. Does it exist?")
        }
        guard data.count <= 1 << 20 else { throw EngineClientError("The file '\(path)' is larger than 1 MiB.") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw EngineClientError("The file '\(path)' is not text in UTF-8.")
        }
        return text
    }

    /// Writes beside and renames, so that a crash leaves the old file or the new one.
    func write(_ text: String, to path: String) throws {
        let path = (path as NSString).expandingTildeInPath
        let directory = (path as NSString).deletingLastPathComponent
        if !directory.isEmpty {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EngineClientError("The file '\(path)' cannot be written: \(String(cString: strerror(errno))).")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } catch {
            unlink(temporary)
            throw EngineClientError("The file '\(path)' cannot be written: \(error).")
        }
        guard rename(temporary, path) == 0 else {
            throw EngineClientError("The file '\(path)' cannot be replaced: \(String(cString: strerror(errno))).")
        }
    }
}
