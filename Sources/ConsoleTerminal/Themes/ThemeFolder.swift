import Foundation
import Resources

/// The files of a folder with themes.
enum ThemeFolder {
    /// The names of the `.toml` files, sorted; none when there is no such folder.
    static func files(in path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
    }

    /// The text of a regular file in UTF-8 of at most `ThemeReader.maximumBytes`.
    static func text(of path: String) throws(ThemeError) -> String {
        func unreadable(_ reason: String) -> ThemeError {
            ThemeError([ThemeProblem(file: URL(fileURLWithPath: path).lastPathComponent, message: reason)])
        }
        guard let attributes = Self.attributes(of: path) else { throw unreadable("the file cannot be read") }
        // A FIFO or a device would block or never end.
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw unreadable("not a regular file") }
        guard (attributes[.size] as? NSNumber)?.intValue ?? .max <= ThemeReader.maximumBytes else {
            throw unreadable("a theme has at most 64 KiB")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw unreadable("the file cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else { throw unreadable("the file is not UTF-8") }
        return OutsideText.withoutByteOrderMark(text)
    }

    static func stamp(of path: String) -> ThemeStamps.Stamp? {
        guard let attributes = Self.attributes(of: path) else { return nil }
        return ThemeStamps.Stamp(
            modified: (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0,
            bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0,
            number: (attributes[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0)
    }

    private static func attributes(of path: String) -> [FileAttributeKey: Any]? {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return try? FileManager.default.attributesOfItem(atPath: resolved)
    }
}
