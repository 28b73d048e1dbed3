import CNCurses
package import Console
import Foundation

/// The screen of the terminal that controls this process.
///
/// There is one at a time. The main thread, which signals interrupt, opens, uses and closes it.
package final class TerminalScreen {
    package private(set) var capabilities: TerminalCapabilities
    package private(set) var size: Size
    private let options: TerminalOptions
    private let term: TerminalName
    private var painter: Painter
    private var decoder: InputDecoder
    private var queue: [InputEvent] = []
    private var isOpen = true
    private var wasLost = false

    private init(
        _ capabilities: TerminalCapabilities, options: TerminalOptions, keys: [[UInt8]: Key]
    ) {
        self.capabilities = capabilities
        self.options = options
        self.term = TerminalName(capabilities.term)
        self.size = Self.currentSize()
        self.painter = Painter(isUTF8: capabilities.isUTF8)
        let delay = options.escapeDelay ?? (options.isSet("SSH_CONNECTION") ? .milliseconds(100) : .milliseconds(25))
        self.decoder = InputDecoder(
            keys: keys, escapeDelay: delay, takesBurstsForPastes: !capabilities.bracketsPastes)
    }

    /// Opens the screen on the terminal.
    ///
    /// - Throws: ``TerminalError`` if there is no terminal to draw on. It is left unchanged then.
    package static func open(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) -> TerminalScreen {
        let isUTF8 = cnc_set_locale()
        let requested = TerminalName(options.environment["TERM"] ?? "")
        if requested.isDumb { throw .dumb(requested.name) }
        let named = BackgroundQuestion.isLight(colorfgbg: options.environment["COLORFGBG"])
        let isLight = named ?? (requested.answersQueries ? options.rememberedBackground : nil)
        let candidates = requested.candidates(truecolor: options.colour == .truecolor)
        for name in candidates {
            switch self.openTerminal(name, options: options) {
            case CNC_OPENED:
                let capabilities = TerminalCapabilities(
                    term: name, requestedTerm: requested.name, colours: Int(cnc_colours()), isUTF8: isUTF8,
                    attributes: CellLook.Attributes(rawValue: UInt8(truncatingIfNeeded: cnc_attributes())),
                    hasMouse: cnc_has_mouse(), hasClipboard: requested.takesClipboard,
                    bracketsPastes: cnc_terminal_string("BE") != nil && !requested.isGuessed(name), isLight: isLight,
                    glyphs: Glyphs.chosen(options.glyphs, isUTF8: isUTF8, term: requested))
                let screen = TerminalScreen(
                    capabilities, options: options, keys: TerminalKeys.described { cnc_terminal_string($0) })
                if options.asksBackground, requested.answersQueries { screen.askBackground(otherwise: named) }
                return screen
            case CNC_NO_TTY: throw .noTerminal
            default: continue
            }
        }
        throw .unknown(candidates)
    }

    private static func openTerminal(_ name: String, options: TerminalOptions) -> Int {
        name.withCString { term in
            var request = cnc_options(
                term: term, colour: options.wantsColour, mouse: options.mouse,
                capture_errors: options.capturesOutput, count_bytes: options.countsBytes)
            return Int(cnc_open(&request))
        }
    }

    /// Asks without waiting: the answer arrives as an event, after the first frame.
    private func askBackground(otherwise: Bool?) {
        let now = ContinuousClock.now
        self.decoder.asked(
            until: now.advanced(by: BackgroundQuestion.limit), lastEnd: now.advanced(by: BackgroundQuestion.lastLimit),
            otherwise: otherwise)
        self.sendRaw(BackgroundQuestion.text)
    }

    /// Waits for a pending answer, because one that arrives after the screen is closed would be typed into the shell.
    private func takeAnswer() {
        while !self.wasLost, self.decoder.awaitsAnswer(at: .now) {
            let found = cnc_wait(-1, 20)
            if found & UInt32(CNC_SIGNALLED) != 0 { self.readSignals() }
            if found & UInt32(CNC_INPUT) != 0 { self.readInput() }
            if found & UInt32(CNC_LOST) != 0 { self.terminalLost() }
        }
    }

    private static func currentSize() -> Size {
        var (rows, columns): (Int32, Int32) = (0, 0)
        cnc_size(&rows, &columns)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    /// Restores the terminal, and shows the output that was written to standard error meanwhile.
    package func close() {
        guard self.isOpen else { return }
        self.isOpen = false
        self.takeAnswer()
        cnc_close()
    }

    deinit {
        if self.isOpen { cnc_close() }
    }
}

// MARK: - Drawing

extension TerminalScreen: LoopScreen {
    /// Sends the differences between `grid` and the screen; nothing if the terminal accepts no output now.
    package func draw(_ grid: Grid, look: (Ink) -> CellLook) -> FrameReport {
        guard cnc_writable() else { return FrameReport(wasDrawn: false, blocked: .zero, bytes: nil) }
        self.painter.paint(grid, columns: self.size.columns, rows: self.size.rows, look: look)
        let microseconds = cnc_flush(Int32(grid.cursor?.row ?? -1), Int32(grid.cursor?.column ?? -1))
        let bytes = cnc_frame_bytes()
        return FrameReport(
            wasDrawn: true, blocked: .microseconds(microseconds),
            bytes: self.options.countsBytes && bytes >= 0 ? bytes : nil)
    }

    /// Sends everything with the next frame.
    package func repaint() {
        cnc_invalidate()
    }

    package func bell() {
        cnc_bell()
    }

    package func useMouse(_ on: Bool) {
        cnc_use_mouse(on)
    }

    /// Copies text to the terminal's clipboard, if the terminal allows it.
    package func copy(_ text: String) -> CopyOutcome {
        guard self.capabilities.hasClipboard else { return .unsupported }
        let wrapping = Clipboard.wrapping(term: self.term, environment: self.options.environment)
        guard let command = Clipboard.command(text, wrapping: wrapping) else {
            return .tooLong(characters: text.count)
        }
        self.sendRaw(command)
        return .sent(characters: text.count)
    }

    /// Sets the title, on terminals that can restore the old one on leaving.
    package func setTitle(_ title: String) {
        guard cnc_terminal_string("smcup").map({ String(cString: $0).contains("[22;0;0t") }) == true else { return }
        self.sendRaw("\u{1B}]2;\(CellText.sanitised(title))\u{1B}\\")
    }

    private func sendRaw(_ text: String) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { cnc_write_raw($0.baseAddress, $0.count) }
    }
}

// MARK: - Events

extension TerminalScreen {
    /// The next event, or nil when `timeout` passed or `wake` became readable.
    ///
    /// - Parameters:
    ///   - timeout: Nil waits forever.
    ///   - wake: A descriptor that ends the wait when it is readable, -1 for none. It is not read here.
    package func nextEvent(timeout: Duration?, wake: Int32 = -1) -> InputEvent? {
        let start = ContinuousClock.now
        while self.queue.isEmpty {
            let now = ContinuousClock.now
            let limits = [timeout.map { start.advanced(by: $0) }, self.decoder.deadline].compactMap(\.self)
            let found = cnc_wait(wake, limits.min().map { Self.milliseconds(from: now, to: $0) } ?? -1)
            if found & UInt32(CNC_SIGNALLED) != 0 { self.readSignals() }
            if found & UInt32(CNC_INPUT) != 0 { self.readInput() }
            if found & UInt32(CNC_LOST) != 0 { self.terminalLost() }
            let later = ContinuousClock.now
            self.decoder.timePassed(later, into: &self.queue)
            if !self.queue.isEmpty { break }
            if found & UInt32(CNC_WOKEN) != 0 { return nil }
            if let timeout, later >= start.advanced(by: timeout) { return nil }
        }
        return self.queue.removeFirst()
    }

    private static func milliseconds(from now: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Int32 {
        let left = now.duration(to: end)
        guard left > .zero else { return 0 }
        // Rounded up, so that the wait is over when it ends.
        let (seconds, attoseconds) = left.components
        return Int32(clamping: min(seconds, 1_000_000) * 1_000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    private func readInput() {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        // The number of reads is bounded, so that endless input does not keep frames from being drawn.
        for _ in 0..<32 {
            let count = cnc_read(&bytes, bytes.count)
            if count < 0 { return self.terminalLost() }
            if count == 0 { return }
            self.decoder.received(bytes.prefix(count), at: .now, into: &self.queue)
        }
    }

    private func readSignals() {
        let signals = Int(cnc_signals())
        if signals & CNC_CONTINUED != 0 {
            cnc_resume()
            self.queue.append(.resumed)
            self.sizeMayHaveChanged()
        }
        if signals & CNC_RESIZED != 0 {
            _ = cnc_resize()
            self.sizeMayHaveChanged()
        }
        if signals & CNC_INTERRUPTED != 0 { self.queue.append(.interrupt) }
        if signals & CNC_STOPPED != 0 { self.queue.append(.suspend) }
        if signals & CNC_TERMINATED != 0 { self.queue.append(.terminate) }
    }

    private func sizeMayHaveChanged() {
        let size = Self.currentSize()
        guard size != self.size else { return }
        self.size = size
        self.queue.append(.resize(size))
    }

    private func terminalLost() {
        guard !self.wasLost else { return }
        self.wasLost = true
        self.queue.append(.terminate)
    }

    /// Stops the job, as Ctrl-Z does in other programs, until it is in the foreground again. The next event is
    /// `.resumed`, or `.terminate` if a signal asked it to end meanwhile.
    package func suspend() {
        self.takeAnswer()
        self.queue.append(cnc_suspend() ? .resumed : .terminate)
        self.sizeMayHaveChanged()
    }

    /// Runs a program on the terminal until it ends.
    /// - Returns: Its exit status, or 128 plus the signal that ended it; nil if it could not be started.
    package func run(_ command: [String]) -> Int32? {
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        self.takeAnswer()
        let status = cnc_program(arguments)
        self.sizeMayHaveChanged()
        return status < 0 ? nil : status
    }
}
