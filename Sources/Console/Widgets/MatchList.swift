/// The numbers of the rows of a growing list that match a filter. Each row is tested once.
struct MatchList: Equatable, Sendable {
    /// Rising.
    private var numbers: [Int] = []
    /// The first number that was not tested yet.
    private(set) var next = 0

    var count: Int { self.numbers.count }
    var last: Int? { self.numbers.last }

    subscript(index: Int) -> Int? { self.numbers.indices.contains(index) ? self.numbers[index] : nil }

    /// The place of the first number that is at least this; `count` when there is none.
    func index(atOrAfter number: Int) -> Int {
        var low = 0
        var high = self.numbers.count
        while low < high {
            let middle = low + (high - low) / 2
            if self.numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func index(of number: Int) -> Int? {
        let index = self.index(atOrAfter: number)
        return self[index] == number ? index : nil
    }

    mutating func append(_ number: Int) {
        if let last = self.numbers.last, number <= last { return }
        self.numbers.append(number)
    }

    mutating func looked(upTo next: Int) { self.next = max(self.next, next) }

    /// Removes the numbers before `number` that are no longer kept according to `isKept`.
    mutating func removeGone(before number: Int, isKept: (Int) -> Bool) {
        let end = self.index(atOrAfter: number)
        guard end > 0 else { return }
        let kept = self.numbers[..<end].filter(isKept)
        if kept.count < end { self.numbers.replaceSubrange(..<end, with: kept) }
    }

    mutating func restart() { self = MatchList() }
}
