import ConsoleTerminal
import EngineInterface
import Foundation
import Resources
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
        let text = try Input.text(chosen, maximumBytes: 1 << 20)
        do {
            self.file = try TOMLTable(string: text)
        } catch {
            throw CommandFailure("The configuration file '\(chosen)' is not valid TOML: \(error)", isWrongUse: true)
        }
        let unknown = self.file.keys.filter { Self.known[$0] == nil }.sorted()
        if !unknown.isEmpty {
            throw CommandFailure(
                "The configuration file '\(chosen)' has unknown settings: \(unknown.joined(separator: ", ")). "
                    + "Known are \(Self.known.keys.sorted().joined(separator: ", ")).", isWrongUse: true)
        }
        // A value that cannot be used is not passed over.
        for name in self.file.keys.sorted() {
            guard let problem = Self.problem(name, self.file) else { continue }
            throw CommandFailure("The configuration file '\(chosen)' has \(problem).", isWrongUse: true)
        }
    }

    /// What a setting may be in the file, with an example.
    private enum Shape {
        case text(String)
        case textOrSwitch(String)
        case textOrNumber(String)
        case theme
    }

    private static let known: [String: Shape] = {
        var known: [String: Shape] = [
            "data-dir": .text("/var/lib/sluice"), "api": .text("127.0.0.1:9190"),
            "public-url": .text("https://id.example.net"), "sandbox": .textOrSwitch("127.0.0.1"),
            "log-level": .text("info"), "log-format": .text("text"), "theme": .theme,
            "sandbox-advertise": .text("192.0.2.10"), "sandbox-auto-create": .textOrSwitch("true"),
            "sandbox-memory": .textOrNumber("512MiB"),
        ]
        for limit in LimitSetting.allCases {
            switch limit {
            case .firstRequestTimeout, .idleTimeout: known[limit.rawValue] = .text("30s")
            case .connectionsPerListener, .connectionsPerAddress, .requestBytes, .requestElements:
                known[limit.rawValue] = .textOrNumber("10000")
            }
        }
        return known
    }()

    /// `api = 9190; it must be a text such as "127.0.0.1:9190"`; nil when the value can be used.
    private static func problem(_ name: String, _ file: TOMLTable) -> String? {
        guard let shape = self.known[name], let value = file[name] else { return nil }
        let found = "\(name) = \(self.shown(value))"
        switch shape {
        case .text(let example):
            return value.string == nil ? "\(found); it must be a text such as \"\(example)\"" : nil
        case .textOrSwitch(let example):
            guard value.string == nil, value.bool == nil else { return nil }
            return "\(found); it must be true, false or a text such as \"\(example)\""
        case .textOrNumber(let example):
            guard value.string == nil, value.int == nil else { return nil }
            return "\(found); it must be a number such as \(example)"
        case .theme:
            if value.string != nil { return nil }
            let members = ["dark", "light", "fallback"]
            guard let table = value.table else {
                return "\(found); it must be a name, or a table such as { dark = \"harbor\", light = \"paper\" }"
            }
            if let unknown = table.keys.sorted().first(where: { !members.contains($0) }) {
                return "theme.\(unknown), which is not known; theme holds \(members.joined(separator: ", "))"
            }
            guard let wrong = members.first(where: { table[$0] != nil && table[$0]?.string == nil }) else { return nil }
            return "theme.\(wrong) = \(table[wrong].map(self.shown) ?? ""); it must be the name of a theme"
        }
    }

    /// The value as the file writes it, or the kind of a longer one.
    private static func shown(_ value: any TOMLValueConvertible) -> String {
        if let text = value.string { return "\"\(OutsideText.escaped(text, maximumBytes: 80))\"" }
        return value.int.map { String($0) } ?? value.bool.map { String($0) } ?? value.double.map { String($0) }
            ?? "a value of type \(value.type.rawValue)"
    }

    func value(_ name: String, flag: String?) -> String? {
        if let flag { return flag }
        let variable = "SLUICE_" + name.uppercased().replacingOccurrences(of: "-", with: "_")
        if let value = self.environment[variable], !value.isEmpty { return value }
        return self.text(name)
    }

    /// The file's value, written as a flag writes it.
    private func text(_ name: String) -> String? {
        guard let value = self.file[name] else { return nil }
        return value.string ?? value.int.map { String($0) } ?? value.bool.map { String($0) }
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
