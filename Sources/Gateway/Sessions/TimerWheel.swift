/// Alarms at whole ticks, in slots that a clock hand passes: setting one costs an append, and nothing is sorted.
///
/// An alarm further away than the wheel is large stays in its slot until its round has come. An alarm is not taken back:
/// whoever it wakes decides whether there is still something to do. A pure value: the clock is its user's.
struct TimerWheel<Value> {
    private var slots: [[(due: UInt64, value: Value)]]
    /// The last tick that was passed.
    private(set) var now: UInt64 = 0
    private(set) var count = 0

    /// - Parameter slots: as many as most alarms are ticks away, so that few have to be passed over.
    init(slots: Int = 1_024) {
        self.slots = Array(repeating: [], count: max(1, slots))
    }

    /// Sets an alarm, at the next tick at the earliest.
    mutating func set(_ value: Value, in ticks: UInt64) {
        let due = self.now + max(1, ticks)
        self.slots[Int(due % UInt64(self.slots.count))].append((due, value))
        self.count += 1
    }

    /// Passes one tick.
    /// - Returns: the alarms that are due at it, in the order in which they were set.
    mutating func advance() -> [Value] {
        self.now += 1
        let slot = Int(self.now % UInt64(self.slots.count))
        guard !self.slots[slot].isEmpty else { return [] }
        var due: [Value] = []
        var later: [(due: UInt64, value: Value)] = []
        for entry in self.slots[slot] {
            if entry.due <= self.now { due.append(entry.value) } else { later.append(entry) }
        }
        self.slots[slot] = later
        self.count -= due.count
        return due
    }
}
