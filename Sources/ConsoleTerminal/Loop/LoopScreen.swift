package import Console

/// The outcome of a frame.
package struct FrameReport: Equatable, Sendable {
    /// False if the terminal accepted no output, so that the frame has to be drawn again.
    package var wasDrawn: Bool
    /// The time that the terminal blocked the write.
    package var blocked: Duration
    /// Nil if bytes are not counted.
    package var bytes: Int?

    package init(wasDrawn: Bool = true, blocked: Duration = .zero, bytes: Int? = nil) {
        self.wasDrawn = wasDrawn
        self.blocked = blocked
        self.bytes = bytes
    }
}

/// The screen of a loop. ``TerminalScreen`` is the one of the program.
package protocol LoopScreen: AnyObject {
    var size: Size { get }
    func nextEvent(timeout: Duration?, wake: Int32) -> InputEvent?
    func draw(_ grid: Grid, look: (Ink) -> CellLook) -> FrameReport
    /// Sends everything with the next frame.
    func repaint()
    func suspend()
    func run(_ command: [String]) -> Int32?
    func copy(_ text: String) -> CopyOutcome
    func bell()
    func useMouse(_ on: Bool)
    func setTitle(_ title: String)
}
