import Foundation
import Resources

/// A text in a temporary file while another program shows or edits it. The file has mode 0600 in a folder that only the
/// user can enter, and is deleted when the program has ended.
struct ForegroundText {
    private let folder: URL
    private let file: URL

    init(name: String, text: String) throws {
        let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" }
        let base = String(safe.suffix(80)).drop { $0 == "." || $0 == "-" }
        self.folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("sluice-\(UUID().uuidString)", isDirectory: true)
        self.file = self.folder.appendingPathComponent(base.isEmpty ? "text" : String(base))
        try FileManager.default.createDirectory(
            at: self.folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        guard
            FileManager.default.createFile(
                atPath: self.file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            try? FileManager.default.removeItem(at: self.folder)
            throw CocoaError(.fileWriteUnknown)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(at: self.folder)
    }

    func read() throws -> String {
        String(decoding: try Data(contentsOf: self.file), as: UTF8.self)
    }

    /// The user's program with the file as its last argument, as git runs it: the shell reads the value, so that it may
    /// have arguments, set variables for the program or join commands.
    private func command(_ program: String) -> [String] {
        ["/bin/sh", "-c", "\(program) \"$@\"", program, self.file.path]
    }

    /// - Returns: A sentence if it failed.
    static func page(
        title: String, text: String, environment: [String: String], run: ([String]) -> Int32?
    ) -> String? {
        let program = environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
        do {
            // A pager may pass escape sequences on, as less -R and cat do.
            let shown = try ForegroundText(name: title, text: OutsideText.escapedLines(text))
            defer { shown.remove() }
            return self.failure(program, run(shown.command(program)), variable: "PAGER")
        } catch {
            return "The text could not be written to a file for \(program): \(error.localizedDescription)."
        }
    }

    static func edit(
        name: String, text: String, environment: [String: String], run: ([String]) -> Int32?
    ) -> EditOutcome {
        let program = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
        do {
            let edited = try ForegroundText(name: name, text: text)
            defer { edited.remove() }
            if let failure = self.failure(program, run(edited.command(program)), variable: "EDITOR") {
                return .failed("\(failure) Nothing was changed.")
            }
            let result = try edited.read()
            return result == text ? .unchanged : .changed(result)
        } catch {
            return .failed("The text could not be handed to \(program): \(error.localizedDescription).")
        }
    }

    private static func failure(_ program: String, _ status: Int32?, variable: String) -> String? {
        switch status {
        case 0: nil
        case 127, nil: "\"\(program)\" was not found: set \(variable) to a program that is installed."
        // A shell reports a program that a signal ended in this way.
        case .some(let status) where status > 128: "\"\(program)\" was ended by signal \(status - 128)."
        case .some(let status): "\"\(program)\" ended with status \(status)."
        }
    }
}
