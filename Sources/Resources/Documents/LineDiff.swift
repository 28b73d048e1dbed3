/// A line of a comparison.
package struct DiffLine: Equatable, Sendable {
    package enum Kind: Equatable, Sendable { case same, added, removed }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// The line as plain text: `+ ports:`.
    package var marked: String {
        switch self.kind {
        case .same: "  " + self.text
        case .added: "+ " + self.text
        case .removed: "- " + self.text
        }
    }
}

/// What changed between two texts, line by line.
package enum LineDiff {
    /// Cells of the comparison table, at most; above it, all old lines go and all new ones come.
    private static let maximumCells = 4_000_000

    /// - Parameter context: lines kept around each change; nil keeps all.
    package static func lines(from old: String, to new: String, context: Int? = nil) -> [DiffLine] {
        let left = self.split(old)
        let right = self.split(new)
        let all = self.compare(left, right)
        return context.map { self.near(all, $0) } ?? all
    }

    /// The lines that changed, and `context` unchanged ones around each.
    package static func near(_ lines: [DiffLine], _ context: Int) -> [DiffLine] {
        var kept: Set<Int> = []
        for (index, line) in lines.enumerated() where line.kind != .same {
            for near in max(0, index - context)...min(lines.count - 1, index + context) { kept.insert(near) }
        }
        return lines.indices.filter(kept.contains).map { lines[$0] }
    }

    private static func split(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func compare(_ left: [String], _ right: [String]) -> [DiffLine] {
        guard left.count <= self.maximumCells / max(1, right.count) else {
            return left.map { DiffLine(.removed, $0) } + right.map { DiffLine(.added, $0) }
        }
        // Lengths of the longest common subsequence of each pair of tails.
        let width = right.count + 1
        var lengths = [Int](repeating: 0, count: (left.count + 1) * width)
        for row in left.indices.reversed() {
            for column in right.indices.reversed() {
                lengths[row * width + column] =
                    left[row] == right[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var result: [DiffLine] = []
        var (row, column) = (0, 0)
        while row < left.count || column < right.count {
            if row < left.count, column < right.count, left[row] == right[column] {
                result.append(DiffLine(.same, left[row]))
                row += 1
                column += 1
            } else if row < left.count,
                column == right.count || lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]
            {
                result.append(DiffLine(.removed, left[row]))
                row += 1
            } else {
                result.append(DiffLine(.added, right[column]))
                column += 1
            }
        }
        return result
    }
}
