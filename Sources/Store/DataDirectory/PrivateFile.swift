internal import Foundation

/// Small files that only the owner may read.
enum PrivateFile {
    /// - Returns: nil when there is no such file.
    static func read(_ path: String) throws(DataDirectoryError) -> Data? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw DataDirectoryError(path: path, reason: "cannot be read: \(error.localizedDescription)")
        }
    }

    /// Puts `data` at `path` with mode 0600, whole or not at all, and on stable storage when it returns.
    static func write(_ data: Data, to path: String) throws(DataDirectoryError) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw self.failure(temporary, "cannot be created") }
        let isWritten =
            data.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) } == data.count
            && fsync(descriptor) == 0
        let failure = isWritten ? nil : self.failure(temporary, "cannot be written")
        close(descriptor)
        if let failure {
            unlink(temporary)
            throw failure
        }
        guard rename(temporary, path) == 0 else { throw self.failure(path, "cannot be replaced") }
        let directory = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    static func failure(_ path: String, _ what: String) -> DataDirectoryError {
        DataDirectoryError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
