import Foundation

/// The available themes: those in folders, and the seven built-in ones.
///
/// If a name occurs twice, the later folder wins, in this order: built in; `Themes/` of the package the program was
/// built from; `../share/sluice/themes` beside the program; the folder in `SLUICE_THEMES_DIR`;
/// `$XDG_CONFIG_HOME/sluice/themes`. A theme may inherit the one of its own name that it hides.
package struct ThemeLibrary: Sendable {
    package enum Origin: String, Hashable, Sendable {
        case builtIn = "built in"
        case shipped
        case environment = "SLUICE_THEMES_DIR"
        case user = "yours"
    }

    package struct Folder: Hashable, Sendable {
        package var path: String
        package var origin: Origin

        package init(_ path: String, origin: Origin) {
            self.path = path
            self.origin = origin
        }
    }

    /// A theme by name, not read yet.
    package struct Entry: Hashable, Sendable {
        package var name: String
        package var origin: Origin
        /// Nil for a built-in theme.
        package var path: String?
    }

    /// The strongest first. A folder need not exist.
    package let folders: [Folder]

    package init(folders: [Folder]) {
        self.folders = folders
    }

    /// - Parameter executable: the running program's file.
    package init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String? = Bundle.main.executablePath
    ) {
        var folders: [Folder] = []
        func setting(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let configuration = setting("XDG_CONFIG_HOME") ?? setting("HOME").map({ "\($0)/.config" }) {
            folders.append(Folder("\(configuration)/sluice/themes", origin: .user))
        }
        if let path = setting("SLUICE_THEMES_DIR") { folders.append(Folder(path, origin: .environment)) }
        if let executable {
            let directory = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
            let share = directory.deletingLastPathComponent().appendingPathComponent("share/sluice/themes")
            folders.append(Folder(share.path, origin: .shipped))
            if let themes = Self.packageThemes(above: directory) { folders.append(Folder(themes, origin: .shipped)) }
        }
        self.folders = folders
    }

    private static func packageThemes(above directory: URL) -> String? {
        var directory = directory
        while directory.path.count > 1 {
            let themes = directory.appendingPathComponent("Themes").path
            let manifest = directory.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest), FileManager.default.fileExists(atPath: themes) {
                return themes
            }
            let parent = directory.deletingLastPathComponent()
            guard parent.path.count < directory.path.count else { return nil }
            directory = parent
        }
        return nil
    }

    /// One entry for each name, sorted.
    package func entries() -> [Entry] {
        var found: [String: Entry] = [:]
        for name in EmbeddedThemes.sources.keys { found[name] = Entry(name: name, origin: .builtIn) }
        for folder in self.folders.reversed() {
            for file in ThemeFolder.files(in: folder.path) {
                let name = String(file.dropLast(".toml".count))
                found[name] = Entry(name: name, origin: folder.origin, path: "\(folder.path)/\(file)")
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Reads a theme with its ancestors.
    package func theme(named name: String) throws(ThemeError) -> Theme {
        let reading = self.read(name)
        guard let theme = reading.theme, reading.problems.isEmpty else { throw ThemeError(reading.problems) }
        return theme
    }

    /// The theme of `choice`, or the built-in `harbor` with the problem.
    package func theme(for choice: ThemeChoice, mode: ThemeMode) -> (theme: Theme, message: String?) {
        do {
            return (try self.theme(named: choice.name(for: mode)), nil)
        } catch {
            return ((try? ThemeLibrary(folders: []).theme(named: "harbor")) ?? .plain, error.description)
        }
    }

    /// The theme as far as it can be read, and all its problems; no theme comes with at least one problem.
    func read(_ name: String) -> (theme: Theme?, problems: [ThemeProblem]) {
        var documents: [ThemeDocument] = []
        var problems: [ThemeProblem] = []
        var used: Set<Source> = []
        var wanted: String? = name
        while let next = wanted {
            wanted = nil
            do {
                let source = try self.source(of: next, child: documents.last, used)
                used.insert(source)
                let reader = ThemeReader(try source.text(), file: source.file)
                documents.append(reader.document)
                problems += reader.problems
                wanted = reader.document.inherits?.text
            } catch {
                problems += error.problems
            }
        }
        guard !documents.isEmpty else { return (nil, problems) }
        var assembly = ThemeAssembly()
        let theme = assembly.theme(named: name, documents)
        return (theme, problems + assembly.problems)
    }

    /// Where to read `name`, which `child` inherits. Only a theme that hides another of its name may ask for that
    /// name again, so a line of ancestors ends.
    private func source(of name: String, child: ThemeDocument?, _ used: Set<Source>) throws(ThemeError) -> Source {
        let sources = self.sources(of: name)
        let fresh = sources.first { !used.contains($0) }
        guard let child else {
            guard let fresh else {
                throw ThemeError([ThemeProblem(file: "\(name).toml", message: "there is no such theme")])
            }
            return fresh
        }
        let isCycle = child.file != "\(name).toml" && used.contains { $0.file == "\(name).toml" }
        if let fresh, !isCycle { return fresh }
        let message =
            sources.isEmpty
            ? "inherits unknown theme \"\(name)\"" : "inherits \"\(name)\", which inherits this theme"
        throw ThemeError([ThemeProblem(file: child.file, line: child.inherits?.line, message: message)])
    }

    private enum Source: Hashable {
        case file(path: String)
        case embedded(name: String, text: String)

        /// Its name in messages.
        var file: String {
            switch self {
            case .file(let path): (path as NSString).lastPathComponent
            case .embedded(let name, _): "\(name).toml"
            }
        }

        func text() throws(ThemeError) -> String {
            switch self {
            case .file(let path): try ThemeFolder.text(of: path)
            case .embedded(_, let text): text
            }
        }
    }

    /// The strongest first.
    private func sources(of name: String) -> [Source] {
        var sources: [Source] = []
        for folder in self.folders where ThemeFolder.files(in: folder.path).contains("\(name).toml") {
            let source = Source.file(path: "\(folder.path)/\(name).toml")
            if !sources.contains(source) { sources.append(source) }
        }
        if let text = EmbeddedThemes.sources[name] { sources.append(.embedded(name: name, text: text)) }
        return sources
    }
}

extension ThemeLibrary {
    /// The state of every theme file, to be compared a second later.
    package func stamps() -> ThemeStamps {
        var stamps = ThemeStamps()
        for folder in self.folders {
            for file in ThemeFolder.files(in: folder.path) {
                let path = "\(folder.path)/\(file)"
                stamps.files[path] = ThemeFolder.stamp(of: path)
            }
        }
        return stamps
    }
}
