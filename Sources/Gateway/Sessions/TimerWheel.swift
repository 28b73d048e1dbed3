/// Alarms at whole ticks, in slots that a clock hand passes: setting one costs an append, and nothing is sorted.
///
/// An alarm further away than the wheel is large stays in its slot until its round has come. An alarm cannot be
/// cancelled: its receiver decides whether there is still work to do. A pure value: its user has the clock.
struct TimerWheel<Value> {
    private var slots: [[(due: UInt64, value: Value)]]
    /// The last tick that has passed.
    private(set) var now: UInt64 = 0
    private(set) var count = 0

    /// - Parameter slots: As many as the ticks of most alarms, so that few alarms are further away than the wheel is
    ///   large.
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
    /// - Returns: The alarms that are due at the tick, in the order in which they were set.
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
