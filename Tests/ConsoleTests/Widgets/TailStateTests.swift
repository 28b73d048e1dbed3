import Testing

@testable import Console

struct TailStateTests {
    private static func tail(_ count: Int) -> TailState {
        var tail = TailState()
        for number in 0..<count { tail.matches.append(number) }
        return tail
    }

    @Test func `a following list shows its end`() {
        let tail = Self.tail(10)
        #expect(tail.window(visibleRows: 4) == 6..<10)
        #expect(tail.selected == 9)
        #expect(Self.tail(2).window(visibleRows: 4) == 0..<2)
        #expect(Self.tail(0).window(visibleRows: 4).isEmpty)
        #expect(tail.window(visibleRows: 0).isEmpty)
    }

    @Test func `the view stays while rows come`() {
        var tail = Self.tail(10)
        tail.move(.up, visibleRows: 4)
        let window = tail.window(visibleRows: 4)
        for number in 10..<50 { tail.matches.append(number) }
        #expect(tail.window(visibleRows: 4) == window)
        #expect(tail.selected == 8)
        #expect(tail.below(visibleRows: 4) == 40)
        tail.move(.last, visibleRows: 4)
        #expect(tail.selected == 49)
    }

    @Test func `the view stays on its rows when older ones leave`() {
        var tail = Self.tail(20)
        tail.move(.first, visibleRows: 4)
        for _ in 0..<10 { tail.move(.down, visibleRows: 4) }
        #expect(tail.selected == 10)
        tail.matches.removeGone(before: 5) { _ in false }
        #expect(tail.selected == 10)
        tail.matches.removeGone(before: 15) { _ in false }
        #expect(tail.selected == 15, "the row after it, when it is gone itself")
    }

    @Test func `a pause hides what comes and counts it`() {
        var tail = Self.tail(10)
        tail.pause(at: 10)
        for number in 10..<25 { tail.matches.append(number) }
        #expect(tail.count == 10)
        #expect(tail.newer == 15)
        #expect(tail.selected == 9)
        tail.resume()
        #expect(tail.newer == 0)
        #expect(tail.selected == 24)
    }

    @Test func `motions stay inside at every height`() {
        for rows in 0...12 {
            var tail = Self.tail(7)
            for motion in Motion.allCases + Motion.allCases.reversed() + [
                .pageUp, .pageUp, .down, .pageDown, .pageDown,
            ] {
                tail.move(motion, visibleRows: rows)
                let window = tail.window(visibleRows: rows)
                #expect(window.count == min(rows, 7))
                #expect(tail.selectedIndex.map { (0..<7).contains($0) } == true)
                if rows > 0 { #expect(tail.selectedIndex.map(window.contains) == true) }
            }
        }
    }

    @Test func `numbers are searched, not counted`() {
        var list = MatchList()
        for number in [3, 7, 7, 5, 20] { list.append(number) }
        #expect(list.count == 3)
        #expect(list.index(atOrAfter: 4) == 1)
        #expect(list.index(of: 20) == 2)
        #expect(list.index(of: 8) == nil)
        #expect(list.index(atOrAfter: 21) == 3)
    }
}
