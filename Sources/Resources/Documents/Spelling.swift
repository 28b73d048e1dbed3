/// How near words are to each other.
enum Spelling {
    /// At most two letters more, less, or other: likely a slip.
    static func isNear(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left), Array(right))
        guard abs(left.count - right.count) <= 2 else { return false }
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var previous = row[0]
            row[0] = index + 1
            for (other, candidate) in right.enumerated() {
                let cost = letter == candidate ? previous : previous + 1
                previous = row[other + 1]
                row[other + 1] = min(cost, row[other] + 1, previous + 1)
            }
        }
        return row[right.count] <= 2
    }
}
