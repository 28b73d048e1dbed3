extension ConsoleState {
    mutating func show(_ overlay: Overlay) { self.overlays.append(overlay) }

    mutating func confirm(_ confirmation: Confirmation) { self.show(.confirm(confirmation)) }

    mutating func closeOverlay() {
        guard let overlay = self.overlays.popLast() else { return }
        if case .themes(let themes) = overlay, themes.original != self.theme.inUse {
            self.emit(.useTheme(themes.original))
        }
    }

    mutating func pressInOverlay(_ key: Key) {
        guard let overlay = self.overlays.last else { return }
        if !overlay.takesText, let place = Self.place(for: key) {
            while !self.overlays.isEmpty { self.closeOverlay() }
            return self.go(to: place)
        }
        let result: OverlayResult
        switch overlay {
        case .confirm(var value):
            result = value.press(key)
            self.replaceTop(.confirm(value))
        case .picker(var value):
            result = value.press(key)
            self.replaceTop(.picker(value))
        case .text(var value):
            result = value.press(key, visibleRows: max(1, self.overlayArea.rows - 3))
            self.replaceTop(.text(value))
        case .help(var value):
            let entries = value.entries(self)
            let selected = entries.indices.contains(value.selection) ? entries[value.selection] : nil
            result = value.press(key, count: entries.count, selected: selected)
            self.replaceTop(.help(value))
        case .palette(var value):
            let entries = value.entries(self)
            let selected = entries.indices.contains(value.selection) ? entries[value.selection] : nil
            result = value.press(key, count: entries.count, selected: selected)
            self.replaceTop(.palette(value))
        case .themes(var value):
            result = self.press(key, in: &value)
            if result == .stay { self.replaceTop(.themes(value)) }
        }
        self.carryOut(result)
    }

    /// The place that a digit or function key goes to.
    private static func place(for key: Key) -> Place? {
        switch key {
        case .character(let digit): digit.wholeNumberValue.flatMap(Place.init(rawValue:))
        case .function(let number): Place(rawValue: number)
        default: nil
        }
    }

    private mutating func replaceTop(_ overlay: Overlay) {
        guard !self.overlays.isEmpty else { return }
        self.overlays[self.overlays.count - 1] = overlay
    }

    private mutating func carryOut(_ result: OverlayResult) {
        switch result {
        case .stay: break
        case .close: self.closeOverlay()
        case .run(let call):
            self.overlays.removeLast()
            // A command that wants an argument asks for it.
            if call.argument.isEmpty, let command = CommandTable.command(named: call.name),
                let argument = command.argument, !argument.hasPrefix("[")
            {
                return self.openCommandPrompt(command.name + " ")
            }
            self.run(call)
        case .copy(let text): self.copy(text, what: "\(text.count) characters")
        case .page(let title, let text): self.emit(.page(title: title, text: text))
        }
    }

    mutating func pasteInOverlay(_ text: String) -> Bool {
        guard let overlay = self.overlays.last else { return false }
        switch overlay {
        case .help(var value):
            value.query.insert(text)
            self.replaceTop(.help(value))
        case .palette(var value):
            value.query.insert(text)
            self.replaceTop(.palette(value))
        case .picker(var value):
            value.query.insert(text)
            self.replaceTop(.picker(value))
        case .confirm(var value):
            guard case .typeName = value.level else { return false }
            value.field.insert(text)
            self.replaceTop(.confirm(value))
        case .text, .themes: return false
        }
        return true
    }

    /// - Returns: whether an overlay was waiting for it.
    mutating func receiveInOverlay(_ answer: Answer) -> Bool {
        if answer.id == self.reconnecting {
            self.reconnecting = nil
            return true
        }
        if case .success(.themes(let themes)) = answer.result {
            self.theme.known = themes
            // The list arrived after the picker was opened, so move its cursor to the theme in use.
            if case .themes(var picker)? = self.overlays.last, !picker.hasMoved,
                let index = themes.firstIndex(where: { $0.name == self.theme.inUse })
            {
                picker.selection = index
                self.replaceTop(.themes(picker))
            }
            return true
        }
        return false
    }

    mutating func copy(_ text: String, what: String) {
        self.emit(.copy(text))
        self.say("Copied \(what) (if your terminal allows).", .success)
    }

    // MARK: Themes

    mutating func openThemes() {
        let names = self.theme.known.map(\.name)
        self.ask(.listThemes, for: self.place)
        self.show(
            .themes(
                ThemeOverlay(selection: names.firstIndex(of: self.theme.inUse) ?? 0, original: self.theme.inUse)))
    }

    private mutating func press(_ key: Key, in overlay: inout ThemeOverlay) -> OverlayResult {
        let themes = self.theme.known
        var step = 0
        switch key {
        case .escape, .character("q"): return .close
        case .up, .character("k"): step = -1
        case .down, .character("j"): step = 1
        case .enter:
            return .run(CommandCall("theme keep"))
        default: return .stay
        }
        overlay.hasMoved = true
        overlay.selection = min(max(0, overlay.selection + step), max(0, themes.count - 1))
        if themes.indices.contains(overlay.selection) { self.emit(.useTheme(themes[overlay.selection].name)) }
        return .stay
    }
}
