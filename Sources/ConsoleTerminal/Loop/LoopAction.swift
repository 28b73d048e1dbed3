/// The action that the loop performs for an effect. Other effects are performed by the program.
package enum LoopAction<Event> {
    /// No action.
    case none
    case quit
    case suspend
    /// Draws the whole screen again, for example with a new theme.
    case repaint
    case bell
    case useMouse(Bool)
    case title(String)
    case copy(String, then: (CopyOutcome) -> Event?)
    /// Shows a text in `$PAGER`. The answer is a sentence if that failed.
    case page(title: String, text: String, then: (String?) -> Event?)
    /// Opens a text in `$EDITOR`. The extension of the name tells the editor the file's type.
    case edit(name: String, text: String, then: (EditOutcome) -> Event?)
}

/// The outcome of editing.
package enum EditOutcome: Equatable, Sendable {
    case changed(String)
    case unchanged
    /// It failed, for the reason in the sentence.
    case failed(String)
}
