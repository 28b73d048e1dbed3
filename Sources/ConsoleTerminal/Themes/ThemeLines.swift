/// On which line of a TOML text each key stands; the parser keeps places only for syntax errors.
///
/// Paths are joined with dots, so `"tabel.row"` under `[role]` and `role.tabel.row` are the same place.
struct ThemeLines {
    private var lines: [String: Int] = [:]

    init(_ source: String) {
        var table = ""
        for (index, line) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var rest = line.drop { $0 == " " || $0 == "\t" }
            let isHeader = rest.first == "["
            if isHeader { rest = rest.drop { $0 == "[" } }
            guard let path = Self.keyPath(&rest), rest.first == (isHeader ? "]" : "=") else { continue }
            if isHeader {
                table = path
                self.lines[path] = self.lines[path] ?? index + 1
            } else {
                let whole = table.isEmpty ? path : "\(table).\(path)"
                self.lines[whole] = self.lines[whole] ?? index + 1
            }
        }
    }

    /// The line of the key at `path`, else of the nearest key around it.
    func line(of path: [String]) -> Int? {
        var names = path.joined(separator: ".")[...]
        while !names.isEmpty {
            if let line = self.lines[String(names)] { return line }
            guard let dot = names.lastIndex(of: ".") else { return nil }
            names = names[..<dot]
        }
        return nil
    }

    /// Reads `a`, `a.b`, `"a.b"`, `'a'.b` and the blanks behind them. Escapes in quotes are left as they are.
    private static func keyPath(_ rest: inout Substring) -> String? {
        var parts: [Substring] = []
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return nil }
            if first == "\"" || first == "'" {
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: first) else { return nil }
                parts.append(rest[..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                let bare = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                guard !bare.isEmpty else { return nil }
                parts.append(bare)
                rest = rest[bare.endIndex...]
            }
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard rest.first == "." else { return parts.joined(separator: ".") }
            rest = rest.dropFirst()
        }
    }
}
