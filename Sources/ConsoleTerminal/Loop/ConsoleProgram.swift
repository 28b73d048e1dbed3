package import Console

/// A program for ``ConsoleLoop``: its update, its effects and its view. All of it runs on the loop's thread.
package struct ConsoleProgram<Event: Sendable, Effect> {
    /// Turns a terminal event into one of the program; nil ignores it.
    package var input: (InputEvent) -> Event?
    /// Four times a second while `needsTicks` says so.
    package var tick: () -> Event
    /// Called when the terminal becomes slow, or keeps up again.
    package var linkChanged: (_ isSlow: Bool) -> Event?
    package var update: (Event) -> [Effect]
    /// Starts an effect, or returns the action that the loop performs for it. It must not wait; a slow effect posts its
    /// answer to the mailbox.
    package var perform: (Effect) -> LoopAction<Event>
    package var view: (Size) -> Grid
    package var look: (Ink) -> CellLook
    package var needsTicks: () -> Bool

    package init(
        input: @escaping (InputEvent) -> Event?, tick: @escaping () -> Event,
        linkChanged: @escaping (_ isSlow: Bool) -> Event? = { _ in nil }, update: @escaping (Event) -> [Effect],
        perform: @escaping (Effect) -> LoopAction<Event>, view: @escaping (Size) -> Grid,
        look: @escaping (Ink) -> CellLook, needsTicks: @escaping () -> Bool
    ) {
        self.input = input
        self.tick = tick
        self.linkChanged = linkChanged
        self.update = update
        self.perform = perform
        self.view = view
        self.look = look
        self.needsTicks = needsTicks
    }
}
