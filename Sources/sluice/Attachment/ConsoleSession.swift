import Console
import ConsoleTerminal
import EngineInterface
import Foundation

/// One run of the console: the screen on the main thread, the engine and its feed beside it.
struct ConsoleSession: Sendable {
    let engine: ConsoleEngine
    let files: ConsoleFiles
    let preferences: Preferences
    let terminal: TerminalOptions
    let theme: ThemeChoice
    let isReadOnly: Bool
    /// The data directory or the URL of the instance.
    let instance: String
    /// Shown at the start.
    var notices: [String] = []

    private var options: ConsoleOptions {
        var options = ConsoleOptions()
        options.instance = self.instance
        options.workingDirectory = FileManager.default.currentDirectoryPath
        if self.isReadOnly {
            options.readOnlyReason = "the console was started with --read-only."
            options.isReadOnlyForced = true
        }
        switch self.engine {
        case .own: options.canStartSandbox = true
        case .attached(let connection, _):
            options.attachedTo = connection.url
            options.managementURL = connection.url
        }
        return options
    }

    /// Returns when the user leaves, the terminal is gone, or the engine ended.
    func run() async throws {
        if case .attached(let connection, _) = self.engine { try await connection.requireAcceptedToken() }
        let mailbox = Mailbox<ConsoleEvent>(capacity: 4096) { event in
            switch event {
            case .feed(.snapshot): 1
            case .configuration: 2
            default: nil
            }
        }
        let gate = HostGate()
        let failure = try await self.show(mailbox: mailbox, gate: gate)
        if let failure { throw CommandFailure(failure) }
    }

    /// The screen, on the thread of the main actor from its opening to its end: the terminal library knows one thread.
    @MainActor
    private func show(mailbox: Mailbox<ConsoleEvent>, gate: HostGate) async throws -> String? {
        let screen: TerminalScreen
        do throws(TerminalError) { screen = try TerminalScreen.open(self.terminal) } catch {
            throw CommandFailure("\(error) Use `sluice console --plain` for the same facts as lines.", isWrongUse: true)
        }
        let work = Task.detached { await self.runEngine(mailbox: mailbox, gate: gate) }
        let themes = ConsoleThemes(
            wanted: self.theme, capabilities: screen.capabilities, environment: self.terminal.environment)
        var looks = themes.looks
        var options = self.options
        options.terminalFacts = screen.capabilities.facts
        var state = ConsoleState(
            size: screen.size, glyphs: screen.capabilities.glyphs, now: Date(), options: options,
            preferences: self.preferences)
        let program = ConsoleProgram<ConsoleEvent, Effect>(
            input: { .input($0) }, tick: { .tick(Date()) }, linkChanged: { .link(isSlow: $0) },
            update: { event in
                if case .tick = event, let change = themes.reloadIfChanged() {
                    looks = themes.looks
                    return state.update(change) + [.repaint] + state.update(event)
                }
                if case .input(.background(let isLight)) = event {
                    self.keepBackground(isLight: isLight, mailbox: mailbox)
                    guard let change = themes.backgroundBecameKnown(isLight: isLight) else { return [] }
                    looks = themes.looks
                    return state.update(change) + [.repaint]
                }
                if case .theme = event { looks = themes.looks }
                return state.update(event)
            },
            perform: { effect in
                self.perform(effect, themes: themes, mailbox: mailbox, gate: gate)
            },
            view: { _ in state.draw() }, look: { looks[$0] }, needsTicks: { true })
        var loop = ConsoleLoop(screen: screen, mailbox: mailbox, program: program)
        var first: [ConsoleEvent] = [themes.event]
        if let notice = screen.capabilities.notice { first.append(.notice(notice)) }
        first += self.notices.map { .notice($0) }
        _ = loop.run(first: first)
        mailbox.close()
        screen.close()
        await self.stopEngine(work)
        return state.failure
    }

    private func keepBackground(isLight: Bool?, mailbox: Mailbox<ConsoleEvent>) {
        guard isLight != self.terminal.rememberedBackground else { return }
        do { try self.files.keepBackground(isLight: isLight) } catch {
            mailbox.post(.notice("The terminal's background is not remembered: \(error)"))
        }
    }

    // MARK: Effects

    private func perform(
        _ effect: Effect, themes: ConsoleThemes, mailbox: Mailbox<ConsoleEvent>, gate: HostGate
    ) -> LoopAction<ConsoleEvent> {
        switch effect {
        case .quit: return .quit
        case .suspend: return .suspend
        case .repaint: return .repaint
        case .bell: return .bell
        case .useMouse(let on): return .useMouse(on)
        case .copy(let text):
            return .copy(text) { outcome in
                switch outcome {
                case .sent: nil
                case .tooLong(let characters):
                    .notice(
                        "\(characters) characters are too many for a terminal's clipboard; o opens them in a pager.")
                case .unsupported: .notice("This terminal has no clipboard that a program can set.")
                }
            }
        case .page(let title, let text):
            return .page(title: title, text: text) { problem in problem.map(ConsoleEvent.notice) }
        case .edit(let id, let owner, let name, let text):
            return .edit(name: name, text: text) { outcome in
                let result: Result<AnswerValue, EngineClientError> =
                    switch outcome {
                    case .changed(let text): .success(.edited(text))
                    case .unchanged: .success(.unedited)
                    case .failed(let reason): .failure(EngineClientError(reason))
                    }
                return .answer(Answer(id: id, owner: owner, result: result))
            }
        case .savePreferences(let preferences):
            do { try self.files.save(preferences) } catch {
                mailbox.post(.notice("Preferences are not kept: \(error)"))
            }
            return .none
        case .useTheme(let name):
            mailbox.post(themes.use(name))
            return .repaint
        case .ask(let request):
            mailbox.begin()
            Task.detached {
                if case .listThemes = request.question {
                    let answer = Answer(
                        id: request.id, owner: request.owner, result: .success(.themes(themes.summaries())))
                    return mailbox.end(.answer(answer))
                }
                do {
                    mailbox.end(.answer(try await gate.host().answer(request)))
                } catch {
                    let failure = error as? EngineClientError ?? EngineClientError("\(error)")
                    mailbox.end(.answer(Answer(id: request.id, owner: request.owner, result: .failure(failure))))
                }
            }
            return .none
        }
    }

    // MARK: The engine

    /// Until the task is cancelled or the engine ends.
    private func runEngine(mailbox: Mailbox<ConsoleEvent>, gate: HostGate) async {
        do {
            try await self.engine.run { services in
                let host = ConsoleHost(
                    engine: services.engine, management: services.management, files: self.files,
                    startSandbox: services.startSandbox, reconnect: services.reconnect,
                    deliver: { mailbox.post($0) })
                await gate.open(.success(host))
                if let sandbox = services.sandbox { mailbox.post(.sandbox(sandbox)) }
                await ConsoleFeed(
                    engine: services.engine, configuration: ConfigurationLoader(management: services.management),
                    deliver: { mailbox.post($0) }
                ).run()
            }
        } catch {
            let reason = (error as? CommandFailure)?.message ?? "\(error)"
            await gate.open(.failure(EngineClientError(reason)))
            mailbox.post(.ended(reason))
        }
    }

    private func stopEngine(_ work: Task<Void, Never>) async {
        switch self.engine {
        case .own(let instance): await instance.stop()
        case .attached: work.cancel()
        }
        await work.value
    }
}
