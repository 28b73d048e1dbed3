import NIOCore
import Testing

@testable import Gateway

@Suite struct InFlightQueueTests {
    private func bytes(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test func `an answer made by the gateway goes out at once when nothing is due before it`() {
        var queue = InFlightQueue<Int>()
        let now = queue.requestAnswered(self.bytes("a"))
        #expect(now == self.bytes("a"))
        #expect(queue.isEmpty)
    }

    @Test func `an answer made by the gateway waits for the broker's answers before it`() {
        var queue = InFlightQueue<Int>()
        queue.requestForwarded(correlationID: 7, plan: 1)
        let waits = queue.requestAnswered(self.bytes("eight"))
        #expect(waits == nil)
        queue.requestForwarded(correlationID: 9, plan: 2)
        #expect(queue.localBytes == 5)
        #expect(queue.expectation?.correlationID == 7)
        let early = queue.nextLocalAnswer()
        #expect(early == nil)
        queue.answerCompleted()
        #expect(queue.expectation == nil)
        let due = queue.nextLocalAnswer()
        #expect(due == self.bytes("eight"))
        #expect(queue.localBytes == 0)
        let next = queue.nextLocalAnswer()
        #expect(next == nil)
        #expect(queue.expectation?.correlationID == 9)
        #expect(queue.expectation?.plan == 2)
        queue.answerCompleted()
        #expect(queue.isEmpty)
    }
}
