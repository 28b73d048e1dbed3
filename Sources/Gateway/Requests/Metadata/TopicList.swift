import Resources

/// The names of all topics of a backend at one time.
struct TopicList: Equatable, Sendable {
    /// A number that differs for each list of a backend; 0 for a list that is not shared.
    var version: UInt64 = 0
    /// The names, sorted by bytes.
    private(set) var names: [String] = []

    init() {}

    /// - Parameter names: The names, sorted by bytes.
    init(names: [String]) {
        self.names = names
    }

    func contains(_ name: String) -> Bool {
        let wanted = WireName(name)
        var (low, high) = (0, self.names.count)
        while low < high {
            let middle = (low + high) / 2
            if WireName(self.names[middle]) < wanted { low = middle + 1 } else { high = middle }
        }
        return low < self.names.count && self.names[low].hasSameBytes(as: name)
    }
}
