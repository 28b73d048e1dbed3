import Resources

/// Where the parts of the place are.
struct SetupLayout: Equatable {
    var steps: Rect
    var form: Rect
    var preview: Rect
    var effect: Rect
    /// Rows of each step in the list: two when its summary stands below.
    var rowsPerStep = 1

    init(_ area: Rect, _ state: ConsoleState) {
        let none = Rect(column: area.column, row: area.row, columns: 0, rows: 0)
        (self.steps, self.form, self.preview, self.effect) = (none, none, none, none)
        if state.isZoomed || area.columns < 60 || area.rows < 8 {
            if state.setup.isEditing || state.isZoomed { self.form = area } else { self.steps = area }
            return
        }
        let isWide = area.columns >= 120
        // Files have long lines: what is left of a narrow screen is theirs alone.
        if state.setup.step == .connect, state.setup.isEditing, !isWide {
            self.form = area
            return
        }
        let (left, rest) = area.splitLeft(isWide ? 34 : 26)
        self.steps = left
        if area.rows >= 34 { self.rowsPerStep = 2 }
        var middle = rest
        if state.setup.step == .connect {
            self.form = rest
            return
        }
        if isWide {
            let (form, preview) = rest.splitLeft(rest.columns - min(50, rest.columns * 2 / 5))
            middle = form
            self.preview = preview
        }
        let hasEffect = !state.setup.isApplied && (state.setup.step == .acl || state.setup.step == .review)
        // The review and the proof need the height themselves.
        let isLong = state.setup.step == .review || state.setup.isBusy || state.setup.isApplied
        let lower =
            isWide ? (hasEffect ? min(14, area.rows * 2 / 5) : 0) : isLong ? 0 : min(9, area.rows * 2 / 5)
        if lower >= 4, area.rows >= 16 {
            let (upper, bottom) = middle.splitBottom(lower)
            middle = upper
            if isWide { self.effect = bottom } else { self.preview = bottom }
        }
        self.form = middle
    }

    /// The step whose line of the list is there.
    func step(column: Int, row: Int) -> SetupStep? {
        let inner = self.steps.inset()
        guard column >= inner.column, column < inner.endColumn, row >= inner.row, row < inner.endRow else { return nil }
        return SetupStep(rawValue: (row - inner.row) / max(1, self.rowsPerStep) + 1)
    }
}

extension SetupScreen {
    static func draw(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let layout = SetupLayout(area, state)
        if !layout.steps.isEmpty { self.drawSteps(state, into: &grid, area: layout.steps, layout.rowsPerStep) }
        if !layout.form.isEmpty { self.drawForm(state, into: &grid, area: layout.form) }
        if !layout.preview.isEmpty { self.drawPreview(state, into: &grid, area: layout.preview) }
        if !layout.effect.isEmpty {
            let inner = grid.panel(
                layout.effect, title: "Effect if applied now", trailing: "told by the engine", glyphs: state.glyphs)
            self.draw(
                self.effectLines(state, columns: max(1, inner.columns - 2)), into: &grid,
                area: inner.inset(columns: 1, rows: 0), state.glyphs)
        }
    }

    // MARK: Steps

    private enum Mark { case done, here, needsYou, skipped, open }

    private static func mark(_ step: SetupStep, _ state: ConsoleState, _ problems: [SetupProblem]) -> Mark {
        let setup = state.setup
        if step == .proof {
            // Only what was tried is done.
            return setup.proof.isProven ? .done : setup.proof.isOver ? .needsYou : .open
        }
        if setup.isApplied { return setup.done.contains(step) ? .done : .open }
        let isSeen = setup.done.contains(step) || setup.attempted.contains(step) || setup.failure?.object.step == step
        if isSeen, problems.contains(where: { $0.step == step }) { return .needsYou }
        if step == .forward && !setup.answers.makesForward || step == .acl && !setup.answers.makesACL {
            return .skipped
        }
        if setup.done.contains(step) {
            if case .failed = self.checkState(of: step, state) { return .needsYou }
            return .done
        }
        return .open
    }

    private static func drawSteps(_ state: ConsoleState, into grid: inout Grid, area: Rect, _ rowsPerStep: Int) {
        let step = state.setup.step
        let title =
            switch step {
            case .review: "Setup  review"
            case .connect: "Setup  last page"
            default: "Setup  step \(step.rawValue) of 8"
            }
        let inner = grid.panel(area, title: title, isFocused: !state.setup.isEditing, glyphs: state.glyphs)
        let problems = self.shownProblems(state)
        let height = SetupStep.allCases.count * rowsPerStep
        for entry in SetupStep.allCases {
            // Ten lines in less room: those around the step stay in view.
            let index = (entry.rawValue - 1) * rowsPerStep
            let top = max(0, min((step.rawValue - 1) * rowsPerStep - inner.rows / 2, height - inner.rows))
            let row = inner.row + index - top
            guard row >= inner.row, row < inner.endRow else { continue }
            let isHere = entry == step
            let (mark, role): (String, Role) =
                switch self.mark(entry, state, problems) {
                case .done: ("x", .stateOK)
                case .needsYou: ("!", .inputError)
                case .skipped: ("-", .stateOff)
                case .here, .open: (isHere ? String(state.glyphs.pointer) : " ", isHere ? .accent : .base)
                }
            let isNumbered = entry != .review && entry != .connect
            let text = isNumbered ? "[\(mark)] \(entry.rawValue) \(entry.title)" : "      \(entry.title)"
            let isLater = entry == .connect && !state.setup.isApplied
            grid.line(
                text, column: inner.column + 1, row: row, columns: inner.columns - 1,
                role: isHere ? .strong : isLater ? .muted : role, glyphs: state.glyphs)
            if isHere {
                grid.restyle(
                    Rect(column: inner.column, row: row, columns: inner.columns, rows: 1),
                    role: state.setup.isEditing ? .tableCursorInactive : .tableCursor)
            }
            if rowsPerStep > 1, row + 1 < inner.endRow, let summary = self.summary(entry, state) {
                grid.line(
                    summary, column: inner.column + 7, row: row + 1, columns: inner.columns - 8, role: .muted,
                    glyphs: state.glyphs)
            }
        }
        self.drawLegend(state, into: &grid, inner: inner, from: height + 1)
    }

    private static func drawLegend(_ state: ConsoleState, into grid: inout Grid, inner: Rect, from: Int) {
        var lines: [(String, Role)] = [("x done   ! needs you", .muted), ("- left out", .muted), ("", .muted)]
        if state.setup.isApplied {
            lines.append(("Applied.", .stateOK))
        } else {
            lines += CellText.wrapped(
                "Nothing changes until \"Review and apply\".", columns: max(1, inner.columns - 2)
            ).map { ($0, .base) }
            if let saved = state.setup.draft.savedAt {
                lines.append(("Draft saved \(NumberText.clock(saved))Z", .muted))
                lines.append(("Secrets are not in it.", .muted))
            }
            if !state.setup.isEditing {
                lines.append(("", .muted))
                lines.append(("Enter  into the step", .chromeKey))
            }
            let keys: [(String, Role)] = [
                ("", .muted), ("PgDn   next step", .muted), ("PgUp   back", .muted), ("F1     explains", .muted),
                ("Ctrl-R restores a field", .muted), ("F7     reads answers", .muted),
            ]
            if from + lines.count + keys.count <= inner.rows { lines += keys }
        }
        for (index, line) in lines.enumerated() where inner.row + from + index < inner.endRow {
            grid.line(
                line.0, column: inner.column + 1, row: inner.row + from + index, columns: inner.columns - 1,
                role: line.1, glyphs: state.glyphs)
        }
    }

    /// The gist of a step's answers.
    private static func summary(_ step: SetupStep, _ state: ConsoleState) -> String? {
        let answers = state.setup.answers
        switch step {
        case .signIn:
            return answers.usesURL
                ? answers.text(.signInJWKS)
                : answers.text(answers.makesAuthServer ? .signInName : .signInExisting)
        case .client:
            if answers.makesClient { return "\(answers.text(.scopeName)), \(answers.text(.clientName))" }
            return answers.isRelevant(.clientPrincipal)
                ? answers.text(.clientPrincipal) : answers.text(.clientExisting)
        case .backend:
            if case .passed(let detail) = self.checkState(of: .backend, state) { return detail }
            return answers.makesBackend ? answers.list(.backendServers).first : answers.text(.backendExisting)
        case .virtualCluster:
            return answers.text(answers.makesVirtualCluster ? .virtualClusterName : .virtualClusterExisting)
        case .listener:
            return answers.makesListener
                ? "\(answers.text(.listenerAddresses)):\(answers.text(.listenerPorts))"
                : answers.text(.listenerExisting)
        case .forward: return answers.makesForward ? "port mapping, \(answers.text(.forwardHost))" : "left out"
        case .acl:
            let count = answers.rules.count
            return answers.makesACL
                ? "\(answers.text(.aclName)), \(count == 1 ? "1 rule" : "\(count) rules")" : "left out"
        case .proof: return answers.text(.proofTopic)
        case .review, .connect: return nil
        }
    }

    // MARK: Form

    private static func drawForm(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let step = state.setup.step
        let number = step == .review || step == .connect ? "" : "\(step.rawValue)/8"
        var title = area.columns >= 50 ? "\(step.title): \(step.subtitle)" : step.title
        if step == .review, state.setup.isApplied { title = "Applied" }
        switch state.setup.phase {
        case .applying: title = "Applying"
        case .undoing: title = "Undoing"
        case .drafting, .applied: break
        }
        let inner = grid.panel(
            area, title: title, trailing: number, isFocused: state.setup.isEditing, glyphs: state.glyphs)
        if step == .connect { return self.drawConnecting(state, into: &grid, inner: inner) }
        state.setup.form.draw(into: &grid, area: inner, glyphs: state.glyphs, isActive: state.setup.isEditing)
    }

    // MARK: Preview

    private static func drawPreview(_ state: ConsoleState, into grid: inout Grid, area: Rect) {
        // Below the rules of a narrow screen their effect is worth more than their YAML.
        let showsEffect = area.columns >= 40 && area.rows < 14 && state.setup.step == .acl && !state.setup.isApplied
        let inner = grid.panel(
            area, title: showsEffect ? "Effect if applied now" : "Preview", trailing: showsEffect ? "" : "F4 copies",
            glyphs: state.glyphs)
        let columns = max(1, inner.columns - 2)
        var lines: [TextOverlay.Line] = []
        if showsEffect {
            lines = self.effectLines(state, columns: columns)
        } else {
            lines = self.yaml(state).split(separator: "\n").map { YAMLHighlight.line(CellText.sanitised(String($0))) }
            if inner.rows > 14 {
                lines = Array(lines.prefix(max(6, inner.rows - 14))) + self.previewNotes(state, columns: columns)
            } else if lines.count >= inner.rows, inner.rows > 2 {
                lines = Array(lines.prefix(inner.rows - 1)) + [.init("... F4 copies all", .muted)]
            }
        }
        self.draw(lines, into: &grid, area: inner.inset(columns: 1, rows: 0), state.glyphs)
    }

    private static func previewNotes(_ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        let plan = self.preview(state)
        let step = state.setup.step
        func heading(_ text: String) -> TextOverlay.Line { .init("-- \(text) --", .chromeTitle) }
        var lines: [TextOverlay.Line] = [.init(""), heading("what this step is for")]
        lines += CellText.wrapped(step.purpose, columns: columns).map { .init($0) }
        lines += [.init(""), heading("the same without this screen")]
        lines.append(.init("$ sluice setup --answers \(CellText.sanitised(state.setup.exportPath))", .syntaxString))
        for (index, made) in plan.steps.enumerated() where made.object.step == step {
            let call = plan.call(at: index)
            lines.append(.init("  \(call.method.rawValue) \(call.path)", .muted))
        }
        lines += [.init(""), heading("undo plan")]
        let undo = plan.steps.filter { $0.object.step == step || step == .review }.reversed().map {
            TextOverlay.Line("delete \($0.object.rawValue) \(CellText.sanitised($0.name))", .diffDel)
        }
        lines += undo.isEmpty ? [.init("nothing is created here", .muted)] : Array(undo)
        return lines
    }

    static func draw(_ lines: [TextOverlay.Line], into grid: inout Grid, area: Rect, _ glyphs: Glyphs) {
        for (index, line) in lines.prefix(max(0, area.rows)).enumerated() {
            var column = area.column
            for run in line.runs {
                let room = area.endColumn - column
                let text = CellText.cut(run.text, to: max(0, room), ellipsis: glyphs.ellipsis)
                column = grid.write(text, column: column, row: area.row + index, role: run.role, limit: area)
            }
        }
    }
}
