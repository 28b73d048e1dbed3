/// When the next frame may be drawn. A pure value: time is handed in.
///
/// What a person does shows at once; what the engine tells shows four times a second, and once a second while the
/// terminal cannot keep up.
struct FramePacer {
    typealias Instant = ContinuousClock.Instant

    enum Cause: Comparable {
        /// From the engine, or time that passed.
        case news
        /// A key, a paste, another size.
        case input
    }

    /// A frame that kept us waiting longer than this shows a slow line.
    static let slowness = Duration.milliseconds(250)
    /// After so many frames in a row that went out at once, the line is no longer slow.
    static let framesToRecover = 5

    private(set) var isSlow = false
    private var lastFrame: Instant?
    private var retry: Instant?
    private var swiftFrames = 0

    func interval(_ cause: Cause) -> Duration {
        switch (cause, self.isSlow) {
        // News are there at that pace; a frame that had to wait for a few milliseconds more would be a turn more.
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

    /// - Returns: true when the line became slow or swift.
    mutating func frameEnded(_ report: FrameReport, at now: Instant) -> Bool {
        guard report.wasDrawn else {
            self.retry = now.advanced(by: .milliseconds(50))
            // It is slow when it took nothing for as long as a frame may take.
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
