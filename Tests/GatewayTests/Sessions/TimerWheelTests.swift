import Testing

@testable import Gateway

@Suite struct TimerWheelTests {
    @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 100])
    func `an alarm rings at its tick and only then`(ticks: UInt64) {
        var wheel = TimerWheel<Int>(slots: 8)
        for _ in 0..<3 { _ = wheel.advance() }
        wheel.set(1, in: ticks)
        for tick in 1..<ticks { #expect(wheel.advance().isEmpty, "at \(tick)") }
        #expect(wheel.advance() == [1])
        #expect(wheel.count == 0)
    }

    @Test func `random alarms ring in the order of their ticks, each once`() {
        var generator = SystemRandomNumberGenerator()
        var wheel = TimerWheel<(due: UInt64, number: Int)>(slots: 16)
        var rung: [Int] = []
        for number in 0..<1_000 {
            let ticks = UInt64.random(in: 0...60, using: &generator)
            wheel.set((wheel.now + max(1, ticks), number), in: ticks)
            if number % 3 == 0 {
                for alarm in wheel.advance() {
                    #expect(alarm.due == wheel.now)
                    rung.append(alarm.number)
                }
            }
        }
        while wheel.count > 0 {
            for alarm in wheel.advance() {
                #expect(alarm.due == wheel.now)
                rung.append(alarm.number)
            }
        }
        #expect(rung.sorted() == Array(0..<1_000))
    }
}
