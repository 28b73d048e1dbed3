internal import Foundation

/// Small files that only the owner may read.
enum PrivateFile {
    private static let maximumBytes = 1 << 20

    /// - Returns: nil when there is no such file.
    /// - Throws: also when others may read or write it, see ``refusal(of:at:)``.
    static func read(_ path: String) throws(DataDirectoryError) -> Data? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw self.failure(path, "cannot be read")
        }
        defer { close(descriptor) }
        // The open file is judged, and not what the path leads to a moment later.
        guard let status = FileStatus(descriptor: descriptor) else { throw self.failure(path, "cannot be read") }
        if let refusal = self.refusal(of: status, at: path) { throw refusal }
        do {
            return try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).read(upToCount: self.maximumBytes)
                ?? Data()
        } catch {
            throw DataDirectoryError(path: path, reason: "cannot be read: \(error.localizedDescription)")
        }
    }

    /// Why a file may not be used for secrets; nil when it may. As ssh judges its keys: nobody but the owner may read or
    /// write it. A file of the superuser may be readable by a group, which is how secrets are handed to a service that may
    /// not own them.
    static func refusal(of status: FileStatus, at path: String) -> DataDirectoryError? {
        guard status.isRegular else {
            return DataDirectoryError(path: path, reason: "is not a regular file")
        }
        let user = geteuid()
        guard user == 0 || status.owner == user || status.owner == 0 else {
            return DataDirectoryError(
                path: path,
                reason: "belongs to user \(status.owner), who can read and change it: run "
                    + "`chown \(user) \(self.quoted(path))`")
        }
        let forbidden: mode_t = status.owner == user ? 0o077 : 0o037
        guard status.permissions & forbidden != 0 else { return nil }
        let mode = String(status.permissions, radix: 8)
        return DataDirectoryError(
            path: path,
            reason: "has mode 0\(mode), so that others may read or write it, and it holds secrets: run "
                + "`chmod 600 \(self.quoted(path))`")
    }

    /// A path for a shell.
    static func quoted(_ path: String) -> String { "'" + path.replacing("'", with: "'\\''") + "'" }

    /// Puts `data` at `path` with mode 0600, whole or not at all, and on stable storage when it returns.
    static func write(_ data: Data, to path: String) throws(DataDirectoryError) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw self.failure(temporary, "cannot be created") }
        let isWritten = self.write(all: data, to: descriptor) && fsync(descriptor) == 0
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

    private static func write(all data: Data, to descriptor: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var rest = bytes
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = Foundation.write(descriptor, start, rest.count)
                if count < 0, errno != EINTR { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
            }
            return true
        }
    }

    static func failure(_ path: String, _ what: String) -> DataDirectoryError {
        DataDirectoryError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
