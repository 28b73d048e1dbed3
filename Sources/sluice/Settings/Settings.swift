import ConsoleTerminal
import Foundation
import GatewayModel
import TOMLKit

/// Where a setting comes from, in order: flag, environment, configuration file, default.
struct Settings {
    private let environment: [String: String]
    private let file: TOMLTable

    /// - Parameter path: `--config`; nil reads `$XDG_CONFIG_HOME/sluice/config.toml` if it is there.
    init(configurationFile path: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        self.environment = environment
        let chosen = path ?? Self.defaultConfigurationFile(environment)
        guard FileManager.default.fileExists(atPath: chosen) else {
            if let path { throw CommandFailure("The configuration file '\(path)' does not exist.", isWrongUse: true) }
            self.file = TOMLTable()
            return
        }
        do {
            self.file = try TOMLTable(string: String(contentsOfFile: chosen, encoding: .utf8))
        } catch {
            throw CommandFailure("The configuration file '\(chosen)' cannot be read: \(error)")
        }
        let known = Set(
            ["data-dir", "api", "public-url", "log-level", "log-format", "theme"]
                + SandboxOptions.names + LimitSetting.allCases.map(\.rawValue))
        let unknown = self.file.keys.filter { !known.contains($0) }.sorted()
        if !unknown.isEmpty {
            throw CommandFailure(
                "The configuration file '\(chosen)' has unknown settings: \(unknown.joined(separator: ", ")). "
                    + "Known are \(known.sorted().joined(separator: ", ")).", isWrongUse: true)
        }
        // A value that cannot be used is not passed over.
        for name in self.file.keys.sorted() where name != "theme" && self.text(name) == nil {
            throw CommandFailure(
                "The configuration file '\(chosen)' has \(name) as \(self.file[name]?.type.rawValue ?? "nothing"); it must "
                    + "be a text, a number, true or false.", isWrongUse: true)
        }
    }

    func value(_ name: String, flag: String?) -> String? {
        if let flag { return flag }
        let variable = "SLUICE_" + name.uppercased().replacingOccurrences(of: "-", with: "_")
        if let value = self.environment[variable], !value.isEmpty { return value }
        return self.text(name)
    }

    /// What the file says, written as a flag would be.
    private func text(_ name: String) -> String? {
        guard let value = self.file[name] else { return nil }
        return value.string ?? value.int.map { String($0) } ?? value.bool.map { String($0) }
            ?? value.double.map { String($0) }
    }

    /// `theme = "harbor"`, or `theme = { dark = "harbor", light = "paper", fallback = "harbor" }`.
    ///
    /// - Parameter kept: what the user chose in the console; the file is asked only without it.
    func theme(flag: String?, kept: String?) -> ThemeChoice {
        if let flag { return .named(flag) }
        if let value = self.environment["SLUICE_THEME"], !value.isEmpty { return .named(value) }
        if let kept { return .named(kept) }
        if let name = self.file["theme"]?.string { return .named(name) }
        if let table = self.file["theme"]?.table {
            let dark = table["dark"]?.string ?? "harbor"
            return .byBackground(
                dark: dark, light: table["light"]?.string ?? "paper", fallback: table["fallback"]?.string ?? dark)
        }
        return .standard
    }

    func dataDirectory(flag: String?) -> String {
        if let chosen = self.value("data-dir", flag: flag) { return (chosen as NSString).expandingTildeInPath }
        let home = self.environment["HOME"] ?? NSHomeDirectory()
        let data = self.environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/share"
        return data + "/sluice"
    }

    private static func defaultConfigurationFile(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        return base + "/sluice/config.toml"
    }
}

extension HostPort {
    /// `HOST:PORT`, as flags write it.
    ///
    /// - Parameter setting: the setting's name, for the message.
    init(_ text: String, setting: String) throws {
        guard let place = HostPort(text: text) else {
            throw CommandFailure(
                "\(setting) is '\(text)', not HOST:PORT such as 127.0.0.1:9190 (port 0 takes any free one).",
                isWrongUse: true)
        }
        self = place
    }
}
