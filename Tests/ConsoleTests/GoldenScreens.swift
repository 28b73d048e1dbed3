import Foundation
import Testing

@testable import Console

/// Screens kept as text: the rows between `│…│`, then a `roles:` block with the runs of roles.
///
/// Files lie in `Golden/<name>@80x24.ascii.txt`, with the screen's folder in the name (`live/busy`). They are read from
/// the source tree. `UPDATE_GOLDEN=1` writes what differs; a written file is reviewed like code.
enum GoldenScreens {
    /// The sizes that every screen is kept at.
    static let sizes = [(40, 10), (80, 24), (120, 36), (160, 48)].map { Size(columns: $0.0, rows: $0.1) }
    static let glyphs: [Glyphs] = [.ascii, .unicode()]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func text(of grid: Grid) -> String {
        let rows = grid.lines.map { "│\($0)│\n" }.joined()
        return rows + "roles:\n" + grid.roleRuns.map { $0 + "\n" }.joined()
    }

    static func file(_ name: String, _ state: ConsoleState) -> URL {
        let size = "\(state.size.columns)x\(state.size.rows)"
        return Self.folder.appending(path: "\(name)@\(size).\(state.glyphs.family.rawValue).txt")
    }

    static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" }

    /// The lines that differ, old and new under each other.
    static func difference(_ expected: String, _ found: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for index in 0..<max(old.count, new.count) {
            let before = index < old.count ? String(old[index]) : "(none)"
            let after = index < new.count ? String(new[index]) : "(none)"
            if before != after { lines += ["line \(index + 1)", "  - \(before)", "  + \(after)"] }
        }
        let shown = lines.prefix(90).joined(separator: "\n")
        return lines.count > 90 ? shown + "\n… \(lines.count - 90) more lines" : shown
    }
}

/// Expects the screen of `state` to be the one kept under `name`, for its size and glyphs.
func expectGolden(_ state: ConsoleState, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let grid = state.draw()
    #expect(
        grid.lines.allSatisfy { CellText.width($0) == state.size.columns }, "every row has the width of the screen",
        sourceLocation: sourceLocation)
    let found = GoldenScreens.text(of: grid)
    let file = GoldenScreens.file(name, state)
    let kept = try? String(contentsOf: file, encoding: .utf8)
    if kept == found { return }
    if GoldenScreens.isUpdating {
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        do { try found.write(to: file, atomically: true, encoding: .utf8) } catch {
            Issue.record("\(file.lastPathComponent) could not be written: \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    let problem =
        kept.map { "\(name) is not what \(file.lastPathComponent) keeps:\n" + GoldenScreens.difference($0, found) }
        ?? "\(file.lastPathComponent) is not kept yet. The screen is:\n\(found)"
    Issue.record(
        Comment(rawValue: problem + "\nUPDATE_GOLDEN=1 keeps the new screen."), sourceLocation: sourceLocation)
}

/// The same at every size and in every set of glyphs: `make` builds the console for one of them.
func expectGoldens(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation, make: (Size, Glyphs) -> ConsoleState
) {
    for size in GoldenScreens.sizes {
        for glyphs in GoldenScreens.glyphs {
            expectGolden(make(size, glyphs), name, sourceLocation: sourceLocation)
        }
    }
}
