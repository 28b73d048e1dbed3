import Console
import Foundation

/// The console's loop, on the main thread. Each turn waits, handles input and events, and draws the changes.
///
/// A frame that did not change is not drawn. The loop sleeps while there is no input, no event and no need for ticks.
/// The engine never waits for a turn: it posts to the mailbox and continues.
package struct ConsoleLoop<Event: Sendable, Effect> {
    package enum End: Equatable, Sendable {
        case quit
        /// A signal ended the loop, or the terminal was lost.
        case terminated
    }

    /// The most inputs that one turn handles before it draws.
    private static var inputsPerTurn: Int { 256 }

    private let screen: any LoopScreen
    private let mailbox: Mailbox<Event>
    private let program: ConsoleProgram<Event, Effect>
    private let environment: [String: String]
    private var idle: IdleReporter?
    private var pacer = FramePacer()
    /// The size that the program knows.
    private var size: Size
    /// The grid on the screen.
    private var drawn: Grid?
    /// The reason why a frame is due.
    private var due: FramePacer.Cause?
    private var end: End?
    /// Events dropped by the mailbox because there were too many.
    package private(set) var droppedEvents = 0

    package init(
        screen: any LoopScreen, mailbox: Mailbox<Event>, program: ConsoleProgram<Event, Effect>,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.screen = screen
        self.size = screen.size
        self.mailbox = mailbox
        self.program = program
        self.environment = environment
        self.idle = IdleReporter(environment: environment)
    }

    /// Runs until an effect quits or the terminal is lost. `first` is handled before the first frame.
    package mutating func run(first: [Event] = []) -> End {
        self.due = .input
        for event in first { self.handle(event) }
        var ticker = TickPacer()
        while true {
            self.drawIfDue()
            if let end = self.end { return end }
            if self.due == nil, self.mailbox.isQuiet { self.idle?.isIdle() }

            let ticks = self.program.needsTicks()
            let input = self.screen.nextEvent(
                timeout: self.patience(tick: ticks ? ticker.next ?? .now : nil), wake: self.mailbox.wakeDescriptor)
            if let input { self.handleInputs(from: input) }
            let (events, dropped) = self.mailbox.drain()
            self.droppedEvents += dropped
            if ticks, ticker.isDue(at: .now, withNews: !events.isEmpty) {
                self.handle(self.program.tick())
                self.becomesDue(.news)
            }
            for event in events {
                self.handle(event)
                self.becomesDue(.news)
            }
        }
    }

    /// The time to wait; nil is forever.
    private func patience(tick: ContinuousClock.Instant?) -> Duration? {
        var limits = [tick].compactMap(\.self)
        if let due = self.due, let earliest = self.pacer.earliest(due) { limits.append(earliest) }
        return limits.min().map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    }

    private mutating func becomesDue(_ cause: FramePacer.Cause) {
        self.due = self.due.map { max($0, cause) } ?? cause
    }

    // MARK: Events

    private mutating func handleInputs(from first: InputEvent) {
        var next: InputEvent? = first
        var count = 0
        while let input = next {
            self.handle(input)
            count += 1
            if self.end != nil || count == Self.inputsPerTurn { return }
            next = self.screen.nextEvent(timeout: .zero, wake: -1)
        }
    }

    private mutating func handle(_ input: InputEvent) {
        self.becomesDue(.input)
        switch input {
        case .resize(let size):
            self.size = size
            fallthrough
        case .resumed:
            // Each terminal moves or drops the old content in its own way.
            self.drawn = nil
            self.screen.repaint()
        default: break
        }
        self.idle?.inputHandled()
        if let event = self.program.input(input) { self.handle(event) }
        if input == .terminate { self.end = .terminated }
    }

    private mutating func handle(_ event: Event) {
        // An immediate answer of an effect is handled before later events.
        var events = [event]
        while !events.isEmpty, self.end == nil {
            for effect in self.program.update(events.removeFirst()) {
                if let answer = self.act(self.program.perform(effect)) { events.append(answer) }
            }
        }
    }

    private mutating func act(_ action: LoopAction<Event>) -> Event? {
        switch action {
        case .none: return nil
        case .quit:
            self.end = .quit
            return nil
        case .suspend:
            self.screen.suspend()
            self.drawEverything()
            return nil
        case .repaint:
            self.drawEverything()
            return nil
        case .bell:
            self.screen.bell()
            return nil
        case .useMouse(let on):
            self.screen.useMouse(on)
            return nil
        case .title(let title):
            self.screen.setTitle(title)
            return nil
        case .copy(let text, let then): return then(self.screen.copy(text))
        case .page(let title, let text, let then):
            defer { self.drawEverything() }
            return then(
                ForegroundText.page(title: title, text: text, environment: self.environment, run: self.screen.run))
        case .edit(let name, let text, let then):
            defer { self.drawEverything() }
            return then(
                ForegroundText.edit(name: name, text: text, environment: self.environment, run: self.screen.run))
        }
    }

    private mutating func drawEverything() {
        self.drawn = nil
        self.screen.repaint()
        self.becomesDue(.input)
    }

    // MARK: Frames

    private mutating func drawIfDue() {
        guard let due = self.due, self.end == nil else { return }
        if let earliest = self.pacer.earliest(due), ContinuousClock.now < earliest { return }
        // The program draws for a size only after it was told, so that the effects of the change are performed.
        if self.screen.size != self.size { self.handle(.resize(self.screen.size)) }
        guard self.end == nil else { return }
        let grid = self.program.view(self.size)
        self.due = nil
        guard grid != self.drawn else { return }
        let report = self.screen.draw(grid, look: self.program.look)
        if report.wasDrawn {
            self.drawn = grid
        } else {
            self.due = due
        }
        guard self.pacer.frameEnded(report, at: .now), let event = self.program.linkChanged(self.pacer.isSlow) else {
            return
        }
        self.handle(event)
        self.becomesDue(.news)
    }
}
