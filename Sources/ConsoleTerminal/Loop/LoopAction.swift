/// What the loop itself does for an effect; everything else is done by whoever gets the effect.
package enum LoopAction<Event> {
    /// Nothing (more) to do here.
    case none
    case quit
    case suspend
    /// Draws everything anew, also where nothing changed; for a new theme too.
    case repaint
    case bell
    case useMouse(Bool)
    case title(String)
    case copy(String, then: (CopyOutcome) -> Event?)
    /// Shows a text in `$PAGER`; answered with a sentence when that failed.
    case page(title: String, text: String, then: (String?) -> Event?)
    /// Lets the user change a text in `$EDITOR`. The name's ending tells the editor what it is.
    case edit(name: String, text: String, then: (EditOutcome) -> Event?)
}

/// What came of editing.
package enum EditOutcome: Equatable, Sendable {
    case changed(String)
    case unchanged
    /// With a sentence.
    case failed(String)
}
