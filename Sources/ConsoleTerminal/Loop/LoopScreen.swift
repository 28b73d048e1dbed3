package import Console

/// What became of a frame.
package struct FrameReport: Equatable, Sendable {
    /// False when the terminal took no output: the frame is to be tried again.
    package var wasDrawn: Bool
    /// How long the terminal kept us waiting.
    package var blocked: Duration
    /// Nil when not counted.
    package var bytes: Int?

    package init(wasDrawn: Bool = true, blocked: Duration = .zero, bytes: Int? = nil) {
        self.wasDrawn = wasDrawn
        self.blocked = blocked
        self.bytes = bytes
    }
}

/// What the loop needs of a screen. ``TerminalScreen`` is the one of the program.
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
