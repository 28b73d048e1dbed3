import Console
import Foundation
import Testing

@testable import ConsoleTerminal

/// A screen that types what a test wrote down, and remembers what was drawn.
final class ScriptedScreen: LoopScreen {
    enum Step {
        case input(InputEvent)
        /// Nothing is typed; the loop waits for what it waits for.
        case pause
        case act(() -> Void)
    }

    var size = Size(columns: 20, rows: 2)
    var script: [Step]
    var frames: [String] = []
    var timeouts: [Duration?] = []
    var calls: [String] = []
    var reports: [FrameReport] = []

    init(_ script: [Step]) {
        self.script = script
    }

    func nextEvent(timeout: Duration?, wake: Int32) -> InputEvent? {
        // Whether there is more at once is another question than what comes next.
        if timeout == .zero, wake == -1 { return nil }
        self.timeouts.append(timeout)
        guard !self.script.isEmpty else { return .terminate }
        switch self.script.removeFirst() {
        case .input(let input):
            if case .resize(let size) = input { self.size = size }
            return input
        case .pause:
            if let timeout {
                var nothing = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
                let (seconds, attoseconds) = timeout.components
                poll(&nothing, 1, Int32(seconds * 1_000 + attoseconds / 1_000_000_000_000_000) + 1)
            }
            return nil
        case .act(let action):
            action()
            return nil
        }
    }

    func draw(_ grid: Grid, look: (Ink) -> CellLook) -> FrameReport {
        let report = self.reports.isEmpty ? FrameReport() : self.reports.removeFirst()
        if report.wasDrawn { self.frames.append(grid.lines[0].trimmingCharacters(in: .whitespaces)) }
        return report
    }

    func repaint() { self.calls.append("repaint") }
    func suspend() { self.calls.append("suspend") }
    func bell() { self.calls.append("bell") }
    func useMouse(_ on: Bool) { self.calls.append("mouse \(on)") }
    func setTitle(_ title: String) { self.calls.append("title \(title)") }

    func run(_ command: [String]) -> Int32? {
        self.calls.append("run \(command[2])")
        return 0
    }

    func copy(_ text: String) -> CopyOutcome {
        self.calls.append("copy \(text)")
        return .sent(characters: text.count)
    }
}

/// A program that shows the last event; keys are commands.
final class SmallProgram {
    enum Event: Equatable, Sendable {
        case input(InputEvent)
        case tick
        case slow(Bool)
        case news(Int)
        case answer(String)
    }

    typealias Effect = String

    var text = "start"
    var events: [Event] = []
    var ticks = false

    var program: ConsoleProgram<Event, Effect> {
        ConsoleProgram(
            input: { .input($0) }, tick: { .tick }, linkChanged: { .slow($0) },
            update: { self.update($0) }, perform: { self.perform($0) },
            view: { size in
                var grid = Grid(size)
                grid.write(self.text, column: 0, row: 0)
                return grid
            }, look: { _ in CellLook() }, needsTicks: { self.ticks })
    }

    private func update(_ event: Event) -> [Effect] {
        self.events.append(event)
        switch event {
        case .input(.key(.character(let key))):
            if key == "=" { return [] }
            self.text = String(key)
            return [self.text]
        case .news(let number): self.text = "news \(number)"
        case .answer(let answer): self.text = answer
        case .slow(let isSlow): self.text = "slow \(isSlow)"
        case .input, .tick: break
        }
        return []
    }

    private func perform(_ effect: Effect) -> LoopAction<Event> {
        switch effect {
        case "q": .quit
        case "z": .suspend
        case "r": .repaint
        case "b": .bell
        case "m": .useMouse(true)
        case "t": .title("title")
        case "c": .copy("text") { .answer("\($0)") }
        case "p": .page(title: "t", text: "text") { .answer($0 ?? "paged") }
        case "e": .edit(name: "n", text: "text") { .answer("\($0)") }
        default: .none
        }
    }
}

struct ConsoleLoopTests {
    /// Runs a script to its end.
    private func run(
        _ script: [ScriptedScreen.Step], mailbox: Mailbox<SmallProgram.Event> = Mailbox(),
        reports: [FrameReport] = [], ticks: Bool = false, environment: [String: String] = [:]
    ) -> (screen: ScriptedScreen, program: SmallProgram, end: ConsoleLoop<SmallProgram.Event, String>.End) {
        let screen = ScriptedScreen(script)
        screen.reports = reports
        let program = SmallProgram()
        program.ticks = ticks
        var loop = ConsoleLoop(
            screen: screen, mailbox: mailbox, program: program.program, environment: environment)
        return (screen, program, loop.run())
    }

    private func key(_ character: Character) -> ScriptedScreen.Step { .input(.key(.character(character))) }

    @Test func `a size that changes while another program has the screen is an event before the next frame`() {
        let mailbox = Mailbox<SmallProgram.Event>()
        let screen = ScriptedScreen([])
        let size = Size(columns: 10, rows: 1)
        screen.script = [.act { screen.size = size }, self.key("a"), .pause]
        let program = SmallProgram()
        var loop = ConsoleLoop(screen: screen, mailbox: mailbox, program: program.program, environment: [:])
        _ = loop.run()
        #expect(program.events.filter { $0 == .input(.resize(size)) }.count == 1)
        #expect(screen.calls == ["repaint"])
        #expect(screen.frames.last == "a")
    }

    @Test func `what a key changes is drawn, and what it does not is not`() {
        let (screen, _, end) = self.run([
            self.key("a"), .pause, self.key("="), .pause, self.key("b"), .pause, self.key("q"),
        ])
        #expect(screen.frames == ["start", "a", "b"])
        #expect(end == .quit)
    }

    @Test func `without ticks and news it waits for ever`() {
        let (screen, program, end) = self.run([self.key("="), .pause])
        #expect(screen.timeouts.first == .some(nil))
        #expect(!program.events.contains(.tick))
        #expect(end == .terminated)
    }

    @Test func `news is handled at once, and drawn at its own pace at most`() {
        let mailbox = Mailbox<SmallProgram.Event>()
        let start = ContinuousClock.now
        let (screen, program, _) = self.run(
            [.act { mailbox.post(.news(1)) }, .act { mailbox.post(.news(2)) }, .pause, .pause, self.key("q")],
            mailbox: mailbox)
        #expect(program.events.prefix(2) == [.news(1), .news(2)])
        #expect(screen.frames == ["start", "news 2"])
        #expect(start.duration(to: .now) >= .milliseconds(190))
    }

    @Test func `a key is drawn at once though news waits`() {
        let mailbox = Mailbox<SmallProgram.Event>()
        let (screen, _, _) = self.run(
            [.act { mailbox.post(.news(1)) }, self.key("a"), .pause, self.key("q")], mailbox: mailbox)
        #expect(screen.frames == ["start", "a"])
        #expect(screen.timeouts.compactMap(\.self).allSatisfy { $0 <= .milliseconds(300) })
    }

    @Test func `ticks come while they are needed`() {
        let (_, program, _) = self.run([.pause, .pause, .pause, self.key("q")], ticks: true)
        #expect((2...4).contains(program.events.filter { $0 == .tick }.count))
    }

    @Test func `another size and coming back draw though nothing changed`() {
        let (screen, _, _) = self.run([
            .input(.resize(Size(columns: 30, rows: 3))), .pause, .input(.resumed), .pause, self.key("q"),
        ])
        #expect(screen.frames == ["start", "start", "start"])
    }

    @Test func `suspending and repainting draw everything`() {
        let (screen, _, _) = self.run([self.key("z"), .pause, self.key("r"), .pause, self.key("q")])
        #expect(screen.calls == ["suspend", "repaint", "repaint"])
        #expect(screen.frames == ["start", "z", "r"])
    }

    @Test func `bell, mouse, title and clipboard are the screen's`() {
        let (screen, program, _) = self.run([self.key("b"), self.key("m"), self.key("t"), self.key("c"), self.key("q")])
        #expect(screen.calls == ["bell", "mouse true", "title title", "copy text"])
        #expect(program.events.contains(.answer("sent(characters: 4)")))
    }

    @Test func `the pager and the editor are the user's`() {
        let (screen, program, _) = self.run(
            [self.key("p"), self.key("e"), self.key("q")],
            environment: ["PAGER": "less -R", "EDITOR": "ed", "VISUAL": "code -w"])
        #expect(screen.calls == ["run less -R \"$@\"", "repaint", "run code -w \"$@\"", "repaint"])
        #expect(program.events.contains(.answer("paged")))
        #expect(program.events.contains(.answer("unchanged")))
    }

    @Test func `a slow line is told of, and a refused frame is tried again`() {
        let (screen, program, _) = self.run(
            [self.key("="), .pause, .pause, .pause, self.key("q")],
            reports: [FrameReport(wasDrawn: false), FrameReport(blocked: .milliseconds(400))])
        #expect(program.events.contains(.slow(true)))
        #expect(screen.frames.prefix(1) == ["start"])
    }

    @Test func `the end of the terminal ends the loop after the program heard of it`() {
        let (_, program, end) = self.run([.input(.terminate), self.key("a")])
        #expect(program.events == [.input(.terminate)])
        #expect(end == .terminated)
    }

    @Test func `a driver is told when nothing is left to do`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let mailbox = Mailbox<SmallProgram.Event>()
        mailbox.begin()
        _ = self.run(
            [self.key("a"), .pause, .act { mailbox.end(.answer("done")) }, .pause, .pause, self.key("q")],
            mailbox: mailbox, environment: [IdleReporter.variable: "\(ends[1])"])
        close(ends[1])
        let lines = try FileHandle(fileDescriptor: ends[0]).readToEnd().map { String(decoding: $0, as: UTF8.self) }
        // Not before the effect ended and what came of it was drawn.
        #expect(lines == "idle 1\n" || lines == "idle 1\nidle 1\n")
    }
}
