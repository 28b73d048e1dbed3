import Foundation
import Testing

@testable import ConsoleTerminal

struct MailboxTests {
    /// True when a wait on the mailbox would end.
    private func isReadable(_ mailbox: Mailbox<Int>) -> Bool {
        var ready = pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, 0) == 1
    }

    @Test func `events come in their order and wake the reader once`() {
        let mailbox = Mailbox<Int>()
        #expect(!self.isReadable(mailbox))
        for number in 1...3 { mailbox.post(number) }
        #expect(self.isReadable(mailbox))
        #expect(mailbox.drain().events == [1, 2, 3])
        #expect(!self.isReadable(mailbox))
        #expect(mailbox.drain().events == [])
    }

    @Test func `an event takes the place of the older one with its key`() {
        let mailbox = Mailbox<Int>(replacing: { $0 >= 100 ? $0 / 100 : nil })
        for number in [101, 1, 102, 2, 201, 103] { mailbox.post(number) }
        #expect(mailbox.drain().events == [103, 1, 2, 201])
        mailbox.post(104)
        #expect(mailbox.drain().events == [104])
    }

    @Test func `a full mailbox drops and counts, but takes the ends of effects`() {
        let mailbox = Mailbox<Int>(capacity: 2)
        mailbox.begin()
        for number in 1...5 { mailbox.post(number) }
        mailbox.end(6)
        let (events, dropped) = mailbox.drain()
        #expect(events == [1, 2, 6])
        #expect(dropped == 3)
        #expect(mailbox.drain().dropped == 0)
    }

    @Test func `it is quiet when nothing waits and no effect is outstanding`() {
        let mailbox = Mailbox<Int>()
        #expect(mailbox.isQuiet)
        mailbox.begin()
        #expect(!mailbox.isQuiet)
        mailbox.end()
        #expect(mailbox.isQuiet)
        #expect(self.isReadable(mailbox))
        mailbox.post(1)
        #expect(!mailbox.isQuiet)
    }

    @Test func `a closed one takes nothing`() {
        let mailbox = Mailbox<Int>()
        mailbox.close()
        mailbox.post(1)
        mailbox.end(2)
        #expect(mailbox.drain().events == [])
    }

    @Test func `many posters lose nothing that is taken`() async {
        let mailbox = Mailbox<Int>(capacity: 100_000)
        await withTaskGroup(of: Void.self) { group in
            for poster in 0..<8 {
                group.addTask { for number in 0..<1_000 { mailbox.post(poster * 1_000 + number) } }
            }
        }
        #expect(mailbox.drain().events.sorted() == Array(0..<8_000))
    }
}
