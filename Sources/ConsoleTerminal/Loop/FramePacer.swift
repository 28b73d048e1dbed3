/// The time of the next frame. It is a pure value: time is passed in.
///
/// Input is shown at once. The engine's updates are shown four times a second, and once a second while the terminal
/// cannot keep up.
struct FramePacer {
    typealias Instant = ContinuousClock.Instant

    enum Cause: Comparable {
        /// An update from the engine, or a tick.
        case news
        /// A key, a paste, another size.
        case input
    }

    /// A frame that blocks for longer than this means a slow line.
    static let slowness = Duration.milliseconds(250)
    /// The number of frames in a row without blocking after which the line is no longer slow.
    static let framesToRecover = 5

    private(set) var isSlow = false
    private var lastFrame: Instant?
    private var retry: Instant?
    private var swiftFrames = 0

    func interval(_ cause: Cause) -> Duration {
        switch (cause, self.isSlow) {
        // Updates arrive at that pace; a frame that waited a few more milliseconds would cost another turn.
        case (.news, false): .milliseconds(200)
        case (.news, true): .seconds(1)
        case (.input, false): .milliseconds(16)
        case (.input, true): .milliseconds(150)
        }
    }

    /// The earliest time for a frame with this cause.
    func earliest(_ cause: Cause) -> Instant? {
        let next = self.lastFrame?.advanced(by: self.interval(cause))
        guard let retry = self.retry else { return next }
        return next.map { max($0, retry) } ?? retry
    }

    /// - Returns: True if the line became slow or fast.
    mutating func frameEnded(_ report: FrameReport, at now: Instant) -> Bool {
        guard report.wasDrawn else {
            self.retry = now.advanced(by: .milliseconds(50))
            // It is slow when it accepted nothing for the time of a frame.
            guard !self.isSlow, let last = self.lastFrame, last.duration(to: now) > .seconds(1) else { return false }
            self.isSlow = true
            self.swiftFrames = 0
            return true
        }
        self.retry = nil
        self.lastFrame = now
        if report.blocked > Self.slowness {
            self.swiftFrames = 0
            let changed = !self.isSlow
            self.isSlow = true
            return changed
        }
        guard self.isSlow else { return false }
        self.swiftFrames += 1
        guard self.swiftFrames >= Self.framesToRecover else { return false }
        self.isSlow = false
        return true
    }
}
