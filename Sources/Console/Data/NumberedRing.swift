/// The newest of what was appended, up to a bound. Each element keeps the number it got: 0, 1, 2, …
struct NumberedRing<Element: Sendable>: Sendable {
    let capacity: Int
    private var storage: [Element] = []
    /// The index of the oldest element in `storage`, once it is full.
    private var head = 0
    /// The number of the oldest that is kept.
    private(set) var first = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { self.storage.count }
    /// The number of elements ever appended, which is the number of the next one.
    var end: Int { self.first + self.storage.count }
    var last: Element? { self[self.end - 1] }

    subscript(number: Int) -> Element? {
        guard number >= self.first, number < self.end else { return nil }
        return self.storage[(self.head + number - self.first) % self.storage.count]
    }

    /// - Returns: The element's number.
    @discardableResult
    mutating func append(_ element: Element) -> Int {
        let number = self.end
        if self.storage.count < self.capacity {
            // The whole capacity is reserved at once, because doubling would take half as much again. Untouched pages
            // cost nothing.
            if self.storage.isEmpty { self.storage.reserveCapacity(self.capacity) }
            self.storage.append(element)
        } else {
            self.storage[self.head] = element
            self.head = (self.head + 1) % self.capacity
            self.first += 1
        }
        return number
    }

    /// Changes one that is kept.
    mutating func change(_ number: Int, _ body: (inout Element) -> Void) {
        guard number >= self.first, number < self.end else { return }
        body(&self.storage[(self.head + number - self.first) % self.storage.count])
    }
}
