import EngineInterface
import Foundation
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
    /// - Parameter isPrivate: the file is the user's alone, whoever owned it and whatever its mode was.
    /// - Throws: `EngineClientError`, a sentence that names the file.
    static func write(_ text: String, to path: String, isPrivate: Bool = false) throws(EngineClientError) {
        try self.write(Data(text.utf8), to: path, isPrivate: isPrivate)
    }

    static func write(_ contents: Data, to path: String, isPrivate: Bool = false) throws(EngineClientError) {
        let path = (path as NSString).expandingTildeInPath
        if isPrivate, let link = FileStatus(withoutFollowingLinkAt: path), link.isLink,
            ![0, geteuid()].contains(link.owner)
        {
            // It could lead the secret anywhere.
            throw Self.failure(path, "it is a link that another user made")
        }
        if let status = FileStatus(path: path) {
            if let descriptor = Self.standardStream(at: status) {
                try Self.check(Descriptor.write(contents, to: descriptor), path)
            } else if !status.isRegular || status.links > 1 {
                try Self.write(contents, into: path, isPrivate: isPrivate)
            } else {
                try Self.replace(Self.resolved(path), with: contents, of: status, isPrivate: isPrivate)
            }
            return
        }
        let failure = errno
        guard failure == ENOENT else { throw Self.failure(path, failure) }
        if FileStatus(withoutFollowingLinkAt: path) != nil {
            // A link to a file that is not there yet: it is made there.
            return try Self.write(contents, into: path, flags: O_CREAT, isPrivate: isPrivate)
        }
        let directory = (path as NSString).deletingLastPathComponent
        if !directory.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch { throw Self.failure(path, "the folder '\(directory)' cannot be made") }
        }
        try Self.replace(path, with: contents, of: nil, isPrivate: isPrivate)
    }

    /// Makes a file for its owner only. A link, and not a rename, takes its place: what is there stays. Where the file system
    /// has no hard links, the file is made in place.
    ///
    /// - Parameter link: gives a file another name, and returns the number of an error.
    /// - Returns: false when there is something of that name.
    /// - Throws: `EngineClientError`, a sentence that names the file.
    static func writeNew(
        _ text: String, to path: String,
        link: (_ from: String, _ to: String) -> Int32? = { Glibc.link($0, $1) == 0 ? nil : errno }
    ) throws(EngineClientError) -> Bool {
        let path = (path as NSString).expandingTildeInPath
        guard FileStatus(withoutFollowingLinkAt: path) == nil else { return false }
        let temporary = "\(path).\(UUID().uuidString.prefix(8)).new"
        try self.write(text, to: temporary, isPrivate: true)
        defer { unlink(temporary) }
        switch link(temporary, path) {
        case nil: return true
        case EEXIST: return false
        case EPERM, ENOTSUP, ENOSYS, EMLINK, EACCES: return try Self.create(text, at: path)
        case .some(let failure): throw Self.failure(path, failure)
        }
    }

    /// Makes a file in place, and takes it away again when it cannot be written whole.
    ///
    /// - Returns: false when there is something of that name.
    private static func create(_ text: String, at path: String) throws(EngineClientError) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let failure = errno
            guard failure == EEXIST else { throw Self.failure(path, failure) }
            return false
        }
        var failure = Descriptor.write(Data(text.utf8), to: descriptor)
        if failure == nil, fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0, failure == nil { failure = errno }
        guard let failure else { return true }
        unlink(path)
        throw Self.failure(path, failure)
    }

    /// Standard output or error, when the path leads to the same open file, as `/dev/stdout` does: what is appended to a
    /// log there must not replace the log.
    private static func standardStream(at status: FileStatus) -> Int32? {
        [STDOUT_FILENO, STDERR_FILENO].first { FileStatus(descriptor: $0)?.identity == status.identity }
    }

    private static func write(
        _ contents: Data, into path: String, flags: Int32 = 0, isPrivate: Bool
    ) throws(EngineClientError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var failure: Int32?
        if let status = FileStatus(descriptor: descriptor), status.isRegular {
            // Before anything is in it that others must not read.
            if isPrivate { failure = Self.makePrivate(descriptor, status) }
            if failure == nil, ftruncate(descriptor, 0) != 0 { failure = errno }
        }
        failure = failure ?? Descriptor.write(contents, to: descriptor)
        // Some file systems say only now that the disk is full.
        let closing = close(descriptor) == 0 ? nil : errno
        try Self.check(failure ?? closing, path)
    }

    /// Gives a file to this user alone.
    /// - Returns: the number of an error.
    private static func makePrivate(_ descriptor: Int32, _ status: FileStatus) -> Int32? {
        if status.owner != geteuid(), fchown(descriptor, geteuid(), getegid()) != 0 { return errno }
        return fchmod(descriptor, 0o600) == 0 ? nil : errno
    }

    /// Writes beside and renames.
    ///
    /// - Parameter status: of the file that is there. A private file keeps neither its mode nor its owner.
    private static func replace(
        _ path: String, with contents: Data, of status: FileStatus?, isPrivate: Bool
    ) throws(EngineClientError) {
        let temporary = "\(path).\(UUID().uuidString.prefix(8)).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let failure = errno
            // A folder in which nothing can be made may hold a file that can be written.
            if status != nil, failure == EACCES || failure == EPERM || failure == EROFS {
                return try Self.write(contents, into: path, isPrivate: isPrivate)
            }
            throw Self.failure(path, failure)
        }
        var failure = Descriptor.write(contents, to: descriptor)
        if let status, !isPrivate, failure == nil, status.owner != geteuid() || status.group != getegid() {
            // As far as this user may; the mode comes after it, since a change of owner takes bits away.
            _ = fchown(descriptor, status.owner, status.group)
        }
        let mode = isPrivate ? 0o600 : status?.permissions ?? 0o600
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
