import EngineInterface
import Resources

/// A file that the walkthrough writes.
struct SetupFile: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case answers
        case client(ClientConfiguration.Client)
    }

    var content: Content
    var path: String
    /// What is written, once that is asked for.
    var written = WrittenFile(fingerprint: TextFingerprint(""), lacksSecret: false)
    /// The request under way; nil while the user is asked whether to replace what is there.
    var request: Int?
}

/// A file that the walkthrough wrote.
struct WrittenFile: Equatable, Sendable {
    var fingerprint: TextFingerprint
    /// A word stands where the client's secret belongs.
    var lacksSecret: Bool
}

/// Answers files: the same as `sluice setup --answers` reads. And the configurations for clients.
extension SetupScreen {
    static func export(_ path: String, _ state: inout ConsoleState) {
        if !path.isEmpty { state.setup.exportPath = path }
        guard !state.setup.exportPath.isEmpty else { return state.say("Name the file to write.", .warning) }
        self.write(SetupFile(content: .answers, path: state.setup.exportPath), replacing: false, &state)
    }

    /// Writes the configuration of the client that is chosen, with the secret.
    static func writeClient(_ path: String, _ state: inout ConsoleState) {
        let client = state.setup.connecting.client
        if !path.isEmpty { state.setup.paths[client] = path }
        self.write(SetupFile(content: .client(client), path: state.setup.path(of: client)), replacing: false, &state)
    }

    /// - Parameter replacing: the user said so. What the walkthrough wrote itself is replaced unasked, unless somebody changed
    ///   it since. A file without the secret replaces none that may hold it: there may be no other copy.
    private static func write(_ file: SetupFile, replacing: Bool, _ state: inout ConsoleState) {
        let text: String
        var lacksSecret = false
        switch file.content {
        case .answers:
            text =
                "# Answers for: sluice setup --answers \(CellText.sanitised(file.path))\n"
                + YAMLWriter.text(state.setup.answers.document(), listsInline: true)
        case .client:
            guard let configuration = self.configuration(state) else { return }
            text = configuration.text(showsSecret: true, file: file.path)
            lacksSecret = configuration.lacksSecret
        }
        var file = file
        let before = state.setup.written[file.path]
        let replacement: FileReplacement =
            if lacksSecret, before?.lacksSecret != true {
                .nothing
            } else if replacing {
                .anything
            } else {
                before.map { .unchanged($0.fingerprint) } ?? .nothing
            }
        file.written = WrittenFile(fingerprint: TextFingerprint(text), lacksSecret: lacksSecret)
        file.request = state.ask(.writePrivateFile(file.path, text: text, replacing: replacement), for: .setup)
        state.setup.writing = file
    }

    static func replace(_ state: inout ConsoleState) {
        guard let file = state.setup.writing, file.request == nil else { return }
        self.write(file, replacing: true, &state)
    }

    static func received(written result: Result<AnswerValue, EngineClientError>, _ state: inout ConsoleState) {
        guard var file = state.setup.writing else { return }
        file.request = nil
        let path = CellText.sanitised(file.path)
        switch result {
        case .success(.exists) where file.written.lacksSecret && state.setup.written[file.path]?.lacksSecret != true:
            state.say(
                "\(path) is there and stays: it may hold the client's secret, which is not known here any more. Another name: "
                    + ":setup client write NAME", .warning)
        case .success(.exists):
            state.setup.writing = file
            return state.confirm(
                Confirmation(
                    title: "Replace \(path)?",
                    lines: [
                        state.setup.written[file.path] == nil
                            ? "A file of that name is there, and this walkthrough did not write it."
                            : "The file was changed since this walkthrough wrote it.",
                        file.content == .answers
                            ? "Another name can be given under Answers file."
                            : "Another name: :setup client write NAME",
                    ], verb: "Replace", accept: CommandCall("setup replace confirmed")))
        case .success:
            state.setup.written[file.path] = file.written
            switch file.content {
            case .answers:
                state.say("Written. `sluice setup --answers \(path)` does the same without this screen.", .success)
            case .client: state.say("\(path) is written; only you can read it.", .success)
            }
        case .failure(let error): state.say("Not written: \(error.message)", .error)
        }
        state.setup.writing = nil
    }

    // MARK: Reading

    /// Asks which file, and before answers that were given are lost.
    static func askToRead(_ path: String, _ state: inout ConsoleState) {
        guard !path.isEmpty else {
            return state.openArgumentPrompt("setup read", title: "Answers file", text: state.setup.exportPath)
        }
        guard state.setup.answers != SetupAnswers() else { return self.read(path, &state) }
        state.confirm(
            Confirmation(
                title: "Take all answers from the file?",
                lines: [
                    "\(path) answers every question; what it leaves out is as at first.",
                    "The answers that are here now are lost. :setup write keeps them in a file.",
                ], verb: "Read", accept: CommandCall("setup read confirmed", path)))
    }

    static func read(_ path: String, _ state: inout ConsoleState) {
        guard state.setup.phase == .drafting else { return }
        state.setup.reading = (state.ask(.readFile(path), for: .setup), path)
    }

    static func received(file result: Result<AnswerValue, EngineClientError>, _ state: inout ConsoleState) {
        guard let path = state.setup.reading?.path else { return }
        state.setup.reading = nil
        guard state.setup.phase == .drafting else { return }
        switch result {
        case .success(.text(let text)): self.take(file: text, path, &state)
        case .success: state.say(EngineClientError.unexpected.message, .error)
        case .failure(let error): state.say(error.message, .error)
        }
    }

    /// All of a file or nothing: what is wrong with it is shown in full.
    private static func take(file text: String, _ path: String, _ state: inout ConsoleState) {
        var problems: [String] = []
        do throws(DocumentErrors) {
            let document = try YAMLReader.value(of: text)
            do throws(SetupProblems) {
                return self.take(try SetupAnswers(reading: document, over: self.newAnswers(state)), from: path, &state)
            } catch { problems = error.problems.map(\.description) }
        } catch { problems = error.errors.map(\.description) }
        let columns = max(20, min(90, state.size.columns - 6))
        let lines =
            [TextOverlay.Line("Nothing was taken from \(CellText.sanitised(path)):", .inputError), .init("")]
            + problems.prefix(100).flatMap { TextOverlay.Line.wrapped($0, columns: columns, role: .base, indent: 0) }
        state.show(.text(TextOverlay(title: "The answers file", lines: lines)))
    }

    private static func take(_ answers: SetupAnswers, from path: String, _ state: inout ConsoleState) {
        // Before the form replaces what is not there.
        let problems = answers.problems(in: self.surroundings(state))
        state.setup.answers = answers
        state.setup.exportPath = path
        state.setup.failure = nil
        state.setup.overridden = []
        state.setup.done = Set(SetupStep.allCases).subtracting([.proof, .review])
        // What the file says is nothing that may be put right unasked.
        state.setup.touched = Set(SetupField.allCases.map(\.rawValue))
        state.setup.attempted = []
        state.setup.isEditing = true
        state.setup.formStep = nil
        self.go(to: .review, &state)
        guard let first = problems.first else {
            return state.say("All answers are from \(CellText.sanitised(path)). Look, then apply.", .success)
        }
        self.go(to: first.step, &state)
        state.setup.form.focus(first.field)
        state.say("The file is read. \(first.step.title): \(self.label(of: first.field)) \(first.message).", .warning)
    }
}
