package import Foundation

/// What the kernel says of a file: `stat(2)`.
package struct FileStatus: Equatable, Sendable {
    /// Device and number: the same for all names of one file.
    package struct Identity: Equatable, Sendable {
        package var device: UInt64
        package var number: UInt64
    }

    package var identity: Identity
    package var isRegular: Bool
    package var isLink: Bool
    /// The permission bits, with those for the set-id and sticky flags.
    package var permissions: mode_t
    package var owner: uid_t
    package var group: gid_t
    /// Names of the file.
    package var links: Int

    private init(_ status: stat) {
        self.identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
        self.isRegular = status.st_mode & S_IFMT == S_IFREG
        self.isLink = status.st_mode & S_IFMT == S_IFLNK
        self.permissions = status.st_mode & 0o7777
        self.owner = status.st_uid
        self.group = status.st_gid
        self.links = Int(status.st_nlink)
    }

    /// The file that a path leads to. Nil leaves the reason in `errno`.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The file or link at a path. Nil leaves the reason in `errno`.
    package init?(withoutFollowingLinkAt path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// An open file. Nil leaves the reason in `errno`.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}
