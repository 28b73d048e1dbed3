import Testing

@testable import ConsoleTerminal

struct TickPacerTests {
    private let start = ContinuousClock.now

    private func isDue(_ pacer: inout TickPacer, _ milliseconds: Int, news: Bool) -> Bool {
        pacer.isDue(at: self.start.advanced(by: .milliseconds(milliseconds)), withNews: news)
    }

    @Test func `the first tick is due at once, later ones by themselves`() {
        var pacer = TickPacer()
        #expect(pacer.next == nil)
        let due = [0, 299, 300, 500, 600].map { self.isDue(&pacer, $0, news: false) }
        #expect(due == [true, false, true, false, true])
        #expect(pacer.next == self.start.advanced(by: .milliseconds(900)))
    }

    @Test func `news bring the tick along that would soon be due, and put off the next one`() {
        var pacer = TickPacer()
        let due = [0, 199, 250, 500].map { self.isDue(&pacer, $0, news: true) }
        #expect(due == [true, false, true, true])
        #expect(pacer.next == self.start.advanced(by: .milliseconds(800)))
    }

    @Test func `ticks that were missed are not made up for`() {
        var pacer = TickPacer()
        let due = [0, 5_000, 5_001].map { self.isDue(&pacer, $0, news: false) }
        #expect(due == [true, true, false])
    }
}
