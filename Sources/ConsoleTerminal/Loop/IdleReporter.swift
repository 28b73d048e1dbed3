import Foundation

/// Reports to a test driver when the console has nothing left to do: `idle <n>` on an inherited descriptor, where n is
/// the number of inputs handled so far. So a driver can wait instead of sleeping.
package struct IdleReporter {
    package static let variable = "SLUICE_CONSOLE_IDLE_FD"

    private let descriptor: Int32
    private var inputs = 0

    /// Nil without a test driver.
    package init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let text = environment[Self.variable], let descriptor = Int32(text), descriptor > 2,
            fcntl(descriptor, F_GETFD) >= 0
        else { return nil }
        // A driver that does not read must not block the console, and child programs must not inherit the descriptor.
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
    }

    mutating func inputHandled() {
        self.inputs += 1
    }

    func isIdle() {
        // Writing to a driver that has ended would end this process.
        var ready = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&ready, 1, 0) == 1, ready.revents == Int16(POLLOUT) else { return }
        let line = Array("idle \(self.inputs)\n".utf8)
        _ = write(self.descriptor, line, line.count)
    }
}
