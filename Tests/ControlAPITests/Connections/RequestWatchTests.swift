import NIOCore
import Testing

@testable import ControlAPI

@Suite struct RequestWatchTests {
    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    private static func watch(isLoopback: Bool = false) -> RequestWatch {
        RequestWatch(isLoopback: isLoopback, now: at(0))
    }

    @Test func `the first request has ten seconds from the beginning, whatever comes of it`() {
        var watch = Self.watch()
        #expect(watch.deadline == Self.at(10))
        for second in 1...9 as ClosedRange<Int64> {
            watch.bytesCame(at: Self.at(second))
            #expect(watch.deadline == Self.at(10))
        }
        watch.headCame(hasToken: false, isKeptAlive: true)
        watch.bytesCame(at: Self.at(9))
        #expect(watch.deadline == Self.at(10))
        watch.requestEnded()
        #expect(watch.deadline == nil)
    }

    @Test func `a request with the token may be slow as long as bytes come, and not for ever`() {
        var watch = Self.watch()
        watch.bytesCame(at: Self.at(9))
        #expect(watch.deadline == Self.at(10), "the head is not whole")
        watch.headCame(hasToken: true, isKeptAlive: true)
        #expect(watch.deadline == Self.at(19))
        for second in stride(from: Int64(18), through: 594, by: 9) { watch.bytesCame(at: Self.at(second)) }
        #expect(watch.deadline == Self.at(600))
        watch.requestEnded()
        _ = watch.answerBegan()
        _ = watch.answerEnded(at: Self.at(595))
        // The next head has to show the token again.
        watch.bytesCame(at: Self.at(600))
        watch.bytesCame(at: Self.at(609))
        #expect(watch.deadline == Self.at(610))
    }

    @Test(arguments: [(false, false, 30), (true, false, 120), (false, true, 120)])
    func `between requests strangers have less time`(_ isLoopback: Bool, _ hasToken: Bool, _ idle: Int64) {
        var watch = Self.watch(isLoopback: isLoopback)
        watch.bytesCame(at: Self.at(1))
        watch.headCame(hasToken: hasToken, isKeptAlive: true)
        watch.requestEnded()
        #expect(watch.answerBegan() == false)
        #expect(watch.answerEnded(at: Self.at(5)) == .keep)
        #expect(watch.deadline == Self.at(5 + idle))
        // The next request's time is its own, and not renewed by its second byte.
        watch.bytesCame(at: Self.at(20))
        watch.bytesCame(at: Self.at(25))
        #expect(watch.deadline == Self.at(30))
    }

    @Test func `a request that is answered before it is whole is the last`() {
        var watch = Self.watch()
        watch.bytesCame(at: Self.at(1))
        watch.headCame(hasToken: false, isKeptAlive: true)
        #expect(watch.isWaitingForRequest)
        #expect(watch.answerBegan() == true)
        #expect(!watch.isWaitingForRequest)
        #expect(watch.answerEnded(at: Self.at(2)) == .linger)
        #expect(watch.deadline == Self.at(4))
        watch.bytesCame(at: Self.at(3))
        #expect(watch.deadline == Self.at(4))
        #expect(watch.bytesDropped(1_000_000) == false)
        #expect(watch.bytesDropped(4_000_000) == true)
    }

    @Test func `the body that comes while an answer is written makes it no less the last`() {
        var watch = Self.watch()
        watch.headCame(hasToken: false, isKeptAlive: true)
        #expect(watch.answerBegan() == true)
        watch.requestEnded()
        #expect(watch.answerEnded(at: Self.at(2)) == .linger)
    }

    @Test func `requests that are sent ahead are answered, and the one that says close is the last`() {
        var watch = Self.watch()
        watch.bytesCame(at: Self.at(0))
        for isKeptAlive in [true, false] {
            watch.headCame(hasToken: false, isKeptAlive: isKeptAlive)
            watch.requestEnded()
        }
        #expect(watch.answerBegan() == false)
        #expect(watch.answerEnded(at: Self.at(1)) == .keep)
        #expect(watch.isAnswering)
        #expect(watch.deadline == nil)
        #expect(watch.answerBegan() == true)
        #expect(watch.answerEnded(at: Self.at(2)) == .linger)
    }

    @Test func `a request that waited for the server has its time from then on`() {
        var watch = Self.watch()
        watch.headCame(hasToken: false, isKeptAlive: true)
        watch.requestEnded()
        watch.headCame(hasToken: false, isKeptAlive: true)
        #expect(watch.deadline == nil)
        _ = watch.answerBegan()
        _ = watch.answerEnded(at: Self.at(50))
        #expect(watch.deadline == Self.at(60))
    }

    @Test func `a peer that reads nothing of its answer is not waited for`() {
        var watch = Self.watch()
        watch.headCame(hasToken: true, isKeptAlive: true)
        watch.requestEnded()
        _ = watch.answerBegan()
        watch.partWritten(at: Self.at(3))
        watch.partWritten(at: Self.at(9))
        #expect(watch.deadline == Self.at(33))
        watch.partSent(at: Self.at(20))
        #expect(watch.deadline == Self.at(50))
        watch.partSent(at: Self.at(21))
        #expect(watch.deadline == nil)
    }

    @Test func `the time for reading the last answer begins when it has left`() {
        var watch = Self.watch()
        watch.headCame(hasToken: false, isKeptAlive: false)
        watch.requestEnded()
        _ = watch.answerBegan()
        watch.partWritten(at: Self.at(1))
        #expect(watch.answerEnded(at: Self.at(1)) == .linger)
        #expect(watch.deadline == Self.at(31))
        watch.partSent(at: Self.at(9))
        #expect(watch.deadline == Self.at(11))
    }
}
