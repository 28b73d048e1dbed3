import Foundation

@testable import ConsoleTerminal

/// The seven themes of the repository.
enum ShippedThemes {
    static let names = ["harbor", "paper", "high-contrast", "high-contrast-day", "tern", "ansi16", "mono"]

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let library = ThemeLibrary(folders: [
        .init(root.appendingPathComponent("Themes").path, origin: .shipped)
    ])

    static func source(_ name: String) throws -> String {
        try String(contentsOf: self.root.appendingPathComponent("Themes/\(name).toml"), encoding: .utf8)
    }
}

/// A folder of its own for one test, gone afterwards.
final class TemporaryThemes {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-themes-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
        for (name, text) in files { try self.write(name, text) }
    }

    func write(_ name: String, _ text: String) throws {
        try text.write(to: self.url.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    var folder: ThemeLibrary.Folder { .init(self.url.path, origin: .user) }
    var library: ThemeLibrary { ThemeLibrary(folders: [self.folder]) }

    deinit { try? FileManager.default.removeItem(at: self.url) }
}
