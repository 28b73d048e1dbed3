import Foundation

/// Tells a test that drives the console when it has nothing left to do: `idle <n>` on an inherited descriptor, where n
/// is how many inputs were handled so far. So a driver waits instead of sleeping.
package struct IdleReporter {
    package static let variable = "SLUICE_CONSOLE_IDLE_FD"

    private let descriptor: Int32
    private var inputs = 0

    /// Nil when no test asked for it.
    package init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let text = environment[Self.variable], let descriptor = Int32(text), descriptor > 2,
            fcntl(descriptor, F_GETFD) >= 0
        else { return nil }
        // A driver that does not read must not hold the console up, and programs that we run know nothing of it.
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
    }

    mutating func inputHandled() {
        self.inputs += 1
    }

    func isIdle() {
        // Writing to a driver that is gone would end us.
        var ready = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&ready, 1, 0) == 1, ready.revents == Int16(POLLOUT) else { return }
        let line = Array("idle \(self.inputs)\n".utf8)
        _ = write(self.descriptor, line, line.count)
    }
}
