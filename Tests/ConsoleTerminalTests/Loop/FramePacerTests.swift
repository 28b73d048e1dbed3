import Testing

@testable import ConsoleTerminal

struct FramePacerTests {
    private let start = ContinuousClock.now

    private func after(_ duration: Duration) -> ContinuousClock.Instant { self.start.advanced(by: duration) }

    /// What the pacer said of each frame: whether the line changed.
    private func ended(_ pacer: inout FramePacer, _ reports: [FrameReport]) -> [Bool] {
        reports.map { pacer.frameEnded($0, at: self.start) }
    }

    @Test func `the first frame is drawn at once, news at its pace, input at once`() {
        var pacer = FramePacer()
        #expect(pacer.earliest(.news) == nil)
        let changes = self.ended(&pacer, [FrameReport()])
        #expect(changes == [false])
        #expect(pacer.earliest(.news) == self.after(.milliseconds(200)))
        #expect(pacer.earliest(.input) == self.after(.milliseconds(16)))
    }

    @Test func `a frame that is blocked makes the line slow, five swift ones make it swift`() {
        var pacer = FramePacer()
        let slow = self.ended(
            &pacer, [FrameReport(blocked: .milliseconds(251)), FrameReport(blocked: .milliseconds(300))])
        #expect(slow == [true, false])
        #expect(pacer.isSlow)
        #expect(pacer.earliest(.news) == self.after(.seconds(1)))
        let swift = self.ended(&pacer, Array(repeating: FrameReport(), count: 5))
        #expect(swift == [false, false, false, false, true])
        #expect(!pacer.isSlow)
    }

    @Test func `a terminal that takes nothing is tried again soon, and is slow after a second`() {
        var pacer = FramePacer()
        let refused = FrameReport(wasDrawn: false)
        let first = pacer.frameEnded(FrameReport(), at: self.start)
        let early = pacer.frameEnded(refused, at: self.after(.milliseconds(900)))
        #expect(pacer.earliest(.input) == self.after(.milliseconds(950)))
        let late = pacer.frameEnded(refused, at: self.after(.milliseconds(1_100)))
        #expect([first, early, late] == [false, false, true])
        #expect(pacer.isSlow)
    }
}
