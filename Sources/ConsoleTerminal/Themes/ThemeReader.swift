import Foundation
import TOMLKit

/// Reads one theme file. Whatever the text is, reading ends with a document and a list of problems.
struct ThemeReader {
    /// Larger files are not themes. It also bounds how deep a hostile file can nest.
    static let maximumBytes = 65_536
    static let maximumLineBytes = 1000

    private(set) var document: ThemeDocument
    private(set) var problems: [ThemeProblem] = []
    private let lines: ThemeLines

    /// - Parameter file: what messages call it.
    init(_ source: String, file: String) {
        self.document = ThemeDocument(file: file)
        guard source.utf8.count <= Self.maximumBytes else {
            self.lines = ThemeLines("")
            self.problems.append(ThemeProblem(file: file, message: "a theme has at most 64 KiB"))
            return
        }
        self.lines = ThemeLines(source)
        guard self.isFitForParsing(source) else { return }
        do {
            self.read(try TOMLTable(string: source))
        } catch let error as TOMLParseError {
            self.problems.append(
                ThemeProblem(
                    file: file, line: error.source.begin.line, column: error.source.begin.column,
                    message: error.description))
        } catch {
            self.problems.append(ThemeProblem(file: file, message: "not TOML: \(error)"))
        }
        self.problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// The parser takes a C string, so a NUL would hide the rest of the file; a line of thousands of dots would nest
    /// as many tables.
    private mutating func isFitForParsing(_ source: String) -> Bool {
        var line = 1
        var length = 0
        for byte in source.utf8 {
            switch byte {
            case 0x0A:
                line += 1
                length = 0
            case 0:
                self.problems.append(ThemeProblem(file: self.document.file, line: line, message: "a NUL character"))
                return false
            default:
                length += 1
                guard length <= Self.maximumLineBytes else {
                    self.problems.append(
                        ThemeProblem(
                            file: self.document.file, line: line,
                            message: "a line has at most \(Self.maximumLineBytes) bytes"))
                    return false
                }
            }
        }
        return true
    }

    private mutating func report(_ message: String, _ path: String...) {
        self.problems.append(
            ThemeProblem(file: self.document.file, line: self.lines.line(of: path), message: message))
    }

    private mutating func read(_ table: TOMLTable) {
        for key in table.keys {
            guard let value = table[key] else { continue }
            switch key {
            case "name": self.document.name = self.word(value, key)
            case "inherits": self.document.inherits = self.word(value, key)
            case "background": self.document.background = self.colourWord(value, key)
            case "mode":
                self.document.mode = value.string.flatMap(ThemeMode.init)
                if self.document.mode == nil { self.report("mode is \"dark\", \"light\" or \"any\"", key) }
            case "contrast":
                self.document.contrast = value.double ?? value.int.map(Double.init)
                if !(4.5...21).contains(self.document.contrast ?? 0) { self.report("contrast is 4.5 to 21", key) }
            case "palette": self.readPalette(value)
            case "role": self.readRoles(value)
            case "gradient": self.readGradients(value)
            default: self.report("unknown key \"\(key)\"", key)
            }
        }
    }

    private mutating func readPalette(_ value: any TOMLValueConvertible) {
        guard let table = value.table else { return self.report("[palette] is a table", "palette") }
        for name in table.keys {
            if ["default", "terminal", "inherit"].contains(name) {
                self.report("\"\(name)\" has a meaning of its own and cannot name a colour", "palette", name)
                continue
            }
            let text = table[name].flatMap { $0.string ?? $0.int.map(String.init) }
            guard let colour = text.flatMap(ThemeColour.init(word:)) else {
                self.report(Self.notAColour(text ?? name), "palette", name)
                continue
            }
            self.document.palette[name] = colour
        }
    }

    private mutating func readGradients(_ value: any TOMLValueConvertible) {
        guard let table = value.table else { return self.report("[gradient] is a table", "gradient") }
        for key in table.keys {
            guard let name = GradientName(rawValue: key) else {
                self.report("unknown gradient \"\(key)\": there are allow, deny and load", "gradient", key)
                continue
            }
            let stops = table[key]?.array.map { array in
                (0..<array.count).map { array[$0].string ?? array[$0].int.map(String.init) }
            }
            guard let stops, (2...3).contains(stops.count), !stops.contains(nil) else {
                self.report("a gradient has two or three colours", "gradient", key)
                continue
            }
            let line = self.lines.line(of: ["gradient", key])
            self.document.gradients[name] = stops.compactMap { stop in
                stop.map { ThemeDocument.Word(text: $0, line: line) }
            }
        }
    }
}

// MARK: Roles

extension ThemeReader {
    private static let properties: Set<String> = ["fg", "bg", "attrs", "ansi", "mono"]

    private mutating func readRoles(_ value: any TOMLValueConvertible) {
        guard let table = value.table else { return self.report("[role] is a table", "role") }
        for name in table.keys {
            if let value = table[name] { self.readRole(name, value) }
        }
    }

    /// `decision.allow` may be written in quotes or as TOML's own dotted key, which nests tables.
    private mutating func readRole(_ name: String, _ value: any TOMLValueConvertible) {
        guard let table = value.table else {
            guard self.isNew(name) else { return }
            self.document.roles[name] = ThemeDocument.Style(foreground: self.colourWord(value, "role", name))
            return
        }
        let keys = table.keys
        let own = keys.filter(Self.properties.contains)
        for key in keys where !own.contains(key) {
            let longer = "\(name).\(key)"
            if RoleName.all.contains(name), !RoleName.all.contains(longer) {
                let known = "a role has fg, bg, attrs, ansi and mono"
                self.report("unknown key \"\(key)\" in role \"\(name)\": \(known)", "role", name, key)
            } else if let value = table[key] {
                self.readRole(longer, value)
            }
        }
        guard !own.isEmpty || keys.isEmpty, self.isNew(name) else { return }
        var style = ThemeDocument.Style()
        for key in own {
            guard let value = table[key] else { continue }
            switch key {
            case "fg": style.foreground = self.colourWord(value, "role", name, key)
            case "bg": style.background = self.colourWord(value, "role", name, key)
            case "attrs": style.attributes = self.attributes(value, "role", name, key)
            case "mono": style.mono = self.attributes(value, "role", name, key)
            default:
                style.ansi = value.string.flatMap(AnsiLook.init(words:))
                if style.ansi == nil {
                    let example = "write such as \"bold white on red\", with the names of the sixteen colours"
                    self.report("ansi of \"\(name)\" is not a look: \(example)", "role", name, key)
                }
            }
        }
        self.document.roles[name] = style
    }

    private mutating func isNew(_ name: String) -> Bool {
        guard RoleName.all.contains(name) else {
            self.report("unknown role \"\(name)\"", "role", name)
            return false
        }
        guard self.document.roles[name] == nil else {
            self.report("role \"\(name)\" is set twice", "role", name)
            return false
        }
        return true
    }

    private mutating func attributes(_ value: any TOMLValueConvertible, _ path: String...) -> CellLook.Attributes? {
        let words: [String?]
        if let array = value.array {
            words = (0..<array.count).map { array[$0].string }
        } else {
            words = value.string.map { $0.split(separator: " ").map(String.init) } ?? [nil]
        }
        var attributes: CellLook.Attributes = []
        for word in words {
            guard let attribute = word.flatMap(CellLook.Attributes.init(word:)) else {
                let line = self.lines.line(of: path)
                let known = CellLook.Attributes.allWords.joined(separator: ", ")
                let message = "unknown attribute \"\(word ?? "")\": there are \(known)"
                self.problems.append(ThemeProblem(file: self.document.file, line: line, message: message))
                return nil
            }
            attributes.insert(attribute)
        }
        return attributes
    }
}

// MARK: Words

extension ThemeReader {
    static func notAColour(_ text: String) -> String {
        "\"\(text)\" is not a colour: write \"#5fb0d6\", 0 to 255, a name such as \"bright-red\", or one of [palette]"
    }

    private mutating func word(_ value: any TOMLValueConvertible, _ path: String...) -> ThemeDocument.Word? {
        guard let text = value.string else {
            let line = self.lines.line(of: path)
            let message = "\(path.joined(separator: ".")) is a string"
            self.problems.append(ThemeProblem(file: self.document.file, line: line, message: message))
            return nil
        }
        return ThemeDocument.Word(text: text, line: self.lines.line(of: path))
    }

    private mutating func colourWord(_ value: any TOMLValueConvertible, _ path: String...) -> ThemeDocument.Word? {
        let line = self.lines.line(of: path)
        guard let text = value.string ?? value.int.map(String.init) else {
            let message = "\(path.joined(separator: ".")) is not a colour"
            self.problems.append(ThemeProblem(file: self.document.file, line: line, message: message))
            return nil
        }
        return ThemeDocument.Word(text: text, line: line)
    }
}
