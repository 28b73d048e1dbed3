import Console
import ConsoleTerminal
import Foundation
import Synchronization

/// A program on the console's screen and loop that a driver commands over standard input and that tells what it sees
/// on standard output (or in the file that `PROBE_LOG` names), one JSON object a line.
///
/// Keys: `q` and Ctrl-C quit, Ctrl-Z suspends. Everything else is only told.
@main
enum ConsoleProbe {
    enum Message: Sendable {
        case input(InputEvent)
        case tick
        case slow(Bool)
        case command(String)
        case flood(Int)
        case answer(String, String)
    }

    enum Effect {
        case quit, suspend, repaint
        case copy(String)
        case page(String)
        case edit(String)
    }

    static func main() {
        let environment = ProcessInfo.processInfo.environment
        let log = ProbeLog(environment["PROBE_LOG"])
        let options = TerminalOptions(
            colour: environment["PROBE_COLOUR"].flatMap(TerminalOptions.Colour.init(rawValue:)) ?? .automatic,
            mouse: environment["PROBE_MOUSE"] == "1", asksBackground: environment["PROBE_ASK"] == "1",
            countsBytes: true)
        do {
            let screen = try TerminalScreen.open(options)
            let probe = Probe(screen: screen, log: log, scene: environment["PROBE_SCENE"])
            let end = probe.run()
            screen.close()
            log.tell("end", ["how": "\(end)"])
        } catch {
            log.tell("error", ["text": "\(error)"])
            exit(2)
        }
    }
}

/// Where the probe tells what it sees.
final class ProbeLog: Sendable {
    private let descriptor: Int32

    /// A copy of standard output, which the screen may redirect.
    init(_ path: String?) {
        self.descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? dup(1)
    }

    func tell(_ event: String, _ facts: [String: Any] = [:]) {
        var object = facts
        object["event"] = event
        guard var data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]) else { return }
        data.append(10)
        data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = write(self.descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
                if count <= 0 { return }
                sent += count
            }
        }
    }
}

/// Its state, on the main thread.
final class Probe {
    typealias Message = ConsoleProbe.Message
    typealias Effect = ConsoleProbe.Effect

    private let screen: TerminalScreen
    private let log: ProbeLog
    private let mailbox = Mailbox<Message>(replacing: { if case .flood = $0 { 1 } else { nil } })
    private var scene: Scene
    private var turn = 0
    private var note = ""
    private var ticks = false
    private var tickCount = 0
    private var frames = 0
    private var tellsGrids = false

    init(screen: TerminalScreen, log: ProbeLog, scene: String?) {
        self.screen = screen
        self.log = log
        self.scene = scene.flatMap(Scene.init(rawValue:)) ?? .empty
    }

    func run() -> ConsoleLoop<Message, Effect>.End {
        let capabilities = self.screen.capabilities
        self.log.tell(
            "open",
            [
                "term": capabilities.term, "colours": capabilities.colours, "utf8": capabilities.isUTF8,
                "attributes": Int(capabilities.attributes.rawValue), "notice": capabilities.notice ?? "",
                "family": capabilities.glyphs.family.rawValue, "graph": capabilities.glyphs.graph.rawValue,
                "background": capabilities.isLight.map { $0 ? "light" : "dark" } ?? "",
                "columns": self.screen.size.columns, "rows": self.screen.size.rows, "pid": Int(getpid()),
                "brackets": capabilities.bracketsPastes,
            ])
        self.readCommands()
        var loop = ConsoleLoop(
            screen: self.screen, mailbox: self.mailbox,
            program: ConsoleProgram<Message, Effect>(
                input: { .input($0) }, tick: { .tick }, linkChanged: { .slow($0) },
                update: { self.update($0) }, perform: { self.perform($0) }, view: { self.view($0) },
                look: { Scene.look($0.role, colours: capabilities.colours) }, needsTicks: { self.ticks }))
        let end = loop.run()
        self.log.tell("counts", ["frames": self.frames, "ticks": self.tickCount, "dropped": loop.droppedEvents])
        return end
    }

    private func readCommands() {
        // A terminal as standard input is the user's keyboard.
        guard isatty(0) == 0 else { return }
        Thread.detachNewThread { [mailbox] in
            while let line = readLine() { mailbox.post(.command(line)) }
        }
    }

    private func view(_ size: Size) -> Grid {
        let grid = self.scene.grid(size, glyphs: self.screen.capabilities.glyphs, turn: self.turn, note: self.note)
        self.frames += 1
        if self.tellsGrids { self.tell(grid) }
        return grid
    }

    /// Each row as runs of text with colours and attributes.
    private func tell(_ grid: Grid) {
        let colours = self.screen.capabilities.colours
        let rows = (0..<grid.size.rows).map { row in
            (0..<grid.size.columns).map { column -> [Any] in
                let cell = grid[column, row]
                let look = Scene.look(cell.role, colours: colours)
                return [
                    cell.isContinuation ? "" : String(cell.character), look.foreground, look.background,
                    Int(look.attributes.rawValue),
                ]
            }
        }
        self.log.tell("grid", ["rows": rows])
    }

    private func perform(_ effect: Effect) -> LoopAction<Message> {
        switch effect {
        case .quit: return .quit
        case .suspend: return .suspend
        case .repaint: return .repaint
        case .copy(let text): return .copy(text) { .answer("copied", "\($0)") }
        case .page(let text): return .page(title: "page", text: text) { .answer("paged", $0 ?? "") }
        case .edit(let text): return .edit(name: "text.yaml", text: text) { .answer("edited", "\($0)") }
        }
    }

    private func update(_ message: Message) -> [Effect] {
        switch message {
        case .input(let input): return self.input(input)
        case .tick:
            self.tickCount += 1
            if self.scene == .numbers { self.turn += 1 }
            return []
        case .slow(let isSlow):
            self.log.tell("slow", ["slow": isSlow])
            return []
        case .flood(let number):
            self.turn = number
            return []
        case .answer(let what, let text):
            self.log.tell(what, ["text": text])
            return []
        case .command(let line):
            return self.command(line)
        }
    }

    private func input(_ input: InputEvent) -> [Effect] {
        switch input {
        case .key(let key):
            self.log.tell("key", ["key": key.description])
            return key == .character("q") ? [.quit] : []
        case .paste(let text):
            self.log.tell(
                "paste",
                [
                    "bytes": text.utf8.count,
                    "lines": text.split(separator: "\n", omittingEmptySubsequences: false).count,
                    "start": String(text.prefix(2_500)), "end": String(text.suffix(40)),
                ])
            return []
        case .mouse(let action):
            self.log.tell("mouse", ["kind": "\(action.kind)", "column": action.column, "row": action.row])
            return []
        case .resize(let size):
            self.log.tell("resize", ["columns": size.columns, "rows": size.rows])
            return []
        case .interrupt:
            self.log.tell("interrupt")
            return [.quit]
        case .suspend:
            self.log.tell("suspend")
            return [.suspend]
        case .resumed:
            self.log.tell("resumed")
            return [.repaint]
        case .background(let isLight):
            self.log.tell("background", ["background": isLight.map { $0 ? "light" : "dark" } ?? ""])
            return []
        case .terminate:
            self.log.tell("terminate")
            return []
        }
    }

    private func command(_ line: String) -> [Effect] {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let argument = parts.count > 1 ? parts[1] : ""
        defer { self.log.tell("done", ["line": line]) }
        switch parts.first {
        case "scene": self.scene = Scene(rawValue: argument) ?? .empty
        case "turn": self.turn += 1
        case "note": self.note = argument
        case "grids": self.tellsGrids = argument == "on"
        case "ticks": self.ticks = argument == "on"
        case "counts": self.log.tell("counts", ["frames": self.frames, "ticks": self.tickCount])
        case "mouse": self.screen.useMouse(argument == "on")
        case "title": self.screen.setTitle(argument)
        case "copy": return [.copy(argument == "huge" ? String(repeating: "x", count: 80_000) : argument)]
        case "page": return [.page(argument)]
        case "edit": return [.edit(argument)]
        case "repaint": return [.repaint]
        case "say":
            FileHandle.standardError.write(Data((argument + "\n").utf8))
        case "flood": self.flood(Int(argument) ?? 0)
        case "exit": exit(3)
        case "trap": Self.trap(self.turn)
        case "trap-elsewhere": Thread.detachNewThread { Self.trap(1) }
        case "overflow": self.turn = Self.dig(self.turn)
        case "signal": raise(Int32(argument) ?? SIGABRT)
        default: self.log.tell("unknown", ["line": line])
        }
        return []
    }

    private func flood(_ count: Int) {
        Thread.detachNewThread { [mailbox, log] in
            for number in 0..<count { mailbox.post(.flood(number)) }
            log.tell("flooded")
        }
    }

    /// What a mistake in our own code does.
    private static func trap(_ index: Int) {
        let empty: [Int] = []
        print(empty[index])
    }

    /// Ends with the stack.
    private static func dig(_ depth: Int) -> Int {
        depth < 0 ? depth : self.dig(depth + 1) + 1
    }
}
