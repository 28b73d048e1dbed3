import Foundation

extension ConsoleState {
    mutating func receive(_ input: InputEvent) {
        switch input {
        // A message is shown until the next key.
        case .key, .paste, .mouse: self.messages.dismiss()
        case .resize, .interrupt, .suspend, .resumed, .terminate, .background: break
        }
        switch input {
        case .key(let key): self.press(key)
        case .paste(let text): self.paste(text)
        case .mouse(let action): self.mouse(action)
        case .resize(let size): self.size = size
        case .interrupt: self.interrupt()
        case .suspend: self.leave(by: .suspending)
        case .resumed: self.emit(.repaint)
        case .terminate: self.emit(.quit)
        // The terminal screen handles themes.
        case .background: break
        }
    }

    private mutating func press(_ pressed: Key) {
        self.lastKey = self.now
        // Esc and a digit is a function key, for terminals that have no function keys.
        var key = pressed
        if case .alt(let character) = pressed, let digit = character.wholeNumberValue { key = .function(digit) }
        if key == .control("l") { return self.emit(.repaint) }
        if self.prompt != nil { return self.pressInPrompt(key) }
        if !self.overlays.isEmpty { return self.pressInOverlay(key) }
        if self.isNotConnected, key == .character("r") { return self.reconnect() }
        let screen = self.place.screen
        if screen.key(key, &self) { return }
        if screen.capturesText(self), case .character = key { return }
        guard let command = CommandTable.command(for: key, in: self.place) else {
            return self.say("\(key) does nothing here. Press ? for the keys.", .info)
        }
        self.run(command)
    }

    /// Inserts pasted text. A paste is never read as keys, so a `q` in it does not quit.
    private mutating func paste(_ text: String) {
        self.lastKey = self.now
        if self.prompt != nil {
            self.prompt?.field.insert(Self.oneLine(text))
            return self.promptChanged()
        }
        if self.overlays.isEmpty, self.place.screen.paste(text, &self) { return }
        if self.pasteInOverlay(Self.oneLine(text)) { return }
        self.say("\(text.count) characters were pasted, but no field is open for them.", .info)
    }

    static func oneLine(_ text: String) -> String {
        CellText.sanitised(String(text.filter { !$0.isNewline }))
    }

    private mutating func mouse(_ action: MouseAction) {
        guard self.overlays.isEmpty, self.prompt == nil else { return }
        if action.row == 1, action.kind == .click, let place = self.placeBar(at: action.column) {
            return self.go(to: place)
        }
        let area = self.bodyArea
        if self.place.screen.mouse(action, area: area, &self) { return }
        switch action.kind {
        case .wheelUp: self.place.screen.move(.up, &self)
        case .wheelDown: self.place.screen.move(.down, &self)
        case .click: break
        case .doubleClick: self.place.screen.enter(&self)
        }
    }

    /// Handles Ctrl-C: it closes the open view, and twice within a second it quits.
    private mutating func interrupt() {
        if let last = self.lastInterrupt, self.now.timeIntervalSince(last) <= 1 { return self.emit(.quit) }
        self.lastInterrupt = self.now
        if self.prompt != nil {
            self.cancelPrompt()
        } else if !self.overlays.isEmpty {
            self.closeOverlay()
        }
        let loss = self.clientsServed > 0 ? " \(Self.served(self.clientsServed))." : ""
        self.say("Press Ctrl-C again to quit.\(loss)", .info)
    }

    /// Handles Esc and q: closes the innermost open view.
    mutating func goOut(quitting: Bool) {
        if self.isZoomed || self.focusesSecondPane {
            self.leavePanes()
        } else if self.place.screen.leave(&self) {
            return
        } else if quitting {
            self.overlays.append(.confirm(.quit(clients: self.clientsServed)))
        }
    }
}
