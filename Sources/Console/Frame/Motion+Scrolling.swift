extension Motion {
    /// The first line on the screen after this motion through text.
    ///
    /// - Parameters:
    ///   - top: the first line before it.
    ///   - page: lines that a page moves by.
    ///   - last: the largest first line that leaves no rows empty.
    func scrolled(from top: Int, page: Int, last: Int) -> Int {
        let step =
            switch self {
            case .up: -1
            case .down: 1
            case .pageUp: -page
            case .pageDown: page
            case .first: -last
            case .last: last
            case .left, .right: 0
            }
        return min(max(0, min(top, last) + step), last)
    }
}
