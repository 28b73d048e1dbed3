import Foundation
import GatewayModel
import Store

/// Files that commands and the console write where the user says.
enum OutputFile {
    /// Writes `text` to a file; `~` is the home directory, and folders that are missing are made for the user alone.
    ///
    /// - A regular file is replaced whole, so that a crash leaves the old one or the new one; it keeps its mode, and a link
    ///   still leads to it. One with several names is written in place, so that all of them show it.
    /// - A pipe, a terminal or another device is written into.
    /// - A new file is readable by its owner only.
    ///
    /// - Parameter isPrivate: the file is the user's alone, whatever its mode was.
    /// - Throws: `EngineClientError`, a sentence that names the file.
    static func write(_ text: String, to path: String, isPrivate: Bool = false) throws(EngineClientError) {
        try self.write(Data(text.utf8), to: path, isPrivate: isPrivate)
    }

    static func write(_ contents: Data, to path: String, isPrivate: Bool = false) throws(EngineClientError) {
        let path = (path as NSString).expandingTildeInPath
        if let status = FileStatus(path: path) {
            if let descriptor = Self.standardStream(at: status) {
                try Self.check(Descriptor.write(contents, to: descriptor), path)
            } else if !status.isRegular || status.links > 1 {
                try Self.write(contents, into: path, flags: status.isRegular ? O_TRUNC : 0)
            } else {
                let mode = isPrivate ? 0o600 : status.permissions
                try Self.replace(Self.resolved(path), with: contents, mode: mode, ownedAs: status)
            }
            return
        }
        let failure = errno
        guard failure == ENOENT else { throw Self.failure(path, failure) }
        if FileStatus(withoutFollowingLinkAt: path) != nil {
            // A link to a file that is not there yet: it is made there.
            return try Self.write(contents, into: path, flags: O_CREAT)
        }
        let directory = (path as NSString).deletingLastPathComponent
        if !directory.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch { throw Self.failure(path, "the folder '\(directory)' cannot be made") }
        }
        try Self.replace(path, with: contents, mode: 0o600, ownedAs: nil)
    }

    /// Makes a file for its owner only. A link, and not a rename, takes its place: what is there stays.
    ///
    /// - Returns: false when there is something of that name.
    /// - Throws: `EngineClientError`, a sentence that names the file.
    static func writeNew(_ text: String, to path: String) throws(EngineClientError) -> Bool {
        let path = (path as NSString).expandingTildeInPath
        guard FileStatus(withoutFollowingLinkAt: path) == nil else { return false }
        let temporary = "\(path).\(UUID().uuidString.prefix(8)).new"
        try self.write(text, to: temporary, isPrivate: true)
        defer { unlink(temporary) }
        if link(temporary, path) == 0 { return true }
        let failure = errno
        guard failure == EEXIST else { throw Self.failure(path, failure) }
        return false
    }

    /// Standard output or error, when the path leads to the same open file, as `/dev/stdout` does: what is appended to a
    /// log there must not replace the log.
    private static func standardStream(at status: FileStatus) -> Int32? {
        [STDOUT_FILENO, STDERR_FILENO].first { FileStatus(descriptor: $0)?.identity == status.identity }
    }

    private static func write(_ contents: Data, into path: String, flags: Int32) throws(EngineClientError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        let failure = Descriptor.write(contents, to: descriptor)
        // Some file systems say only now that the disk is full.
        let closing = close(descriptor) == 0 ? nil : errno
        try Self.check(failure ?? closing, path)
    }

    /// Writes beside and renames.
    private static func replace(
        _ path: String, with contents: Data, mode: mode_t, ownedAs status: FileStatus?
    ) throws(EngineClientError) {
        let temporary = "\(path).\(UUID().uuidString.prefix(8)).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let failure = errno
            // A folder in which nothing can be made may hold a file that can be written.
            if status != nil, failure == EACCES || failure == EPERM || failure == EROFS {
                return try Self.write(contents, into: path, flags: O_TRUNC)
            }
            throw Self.failure(path, failure)
        }
        var failure = Descriptor.write(contents, to: descriptor)
        if let status, failure == nil, status.owner != geteuid() || status.group != getegid() {
            // As far as this user may; the mode comes after it, since a change of owner takes bits away.
            _ = fchown(descriptor, status.owner, status.group)
        }
        if failure == nil, fchmod(descriptor, mode) != 0 || fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0, failure == nil { failure = errno }
        if failure == nil, rename(temporary, path) != 0 { failure = errno }
        guard let failure else { return }
        unlink(temporary)
        throw Self.failure(path, failure)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func check(_ failure: Int32?, _ path: String) throws(EngineClientError) {
        if let failure { throw Self.failure(path, failure) }
    }

    private static func failure(_ path: String, _ failure: Int32) -> EngineClientError {
        Self.failure(path, Descriptor.words(failure))
    }

    private static func failure(_ path: String, _ reason: String) -> EngineClientError {
        EngineClientError("The file '\(path)' cannot be written: \(reason).")
    }
}
