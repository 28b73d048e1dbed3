internal import Crypto
internal import Foundation

/// The directory that an instance keeps everything in. Files that are not ours are left alone.
package struct DataDirectory: Sendable {
    package let path: String

    /// Opens the directory and makes it, with its parents, when it is missing (mode 0700).
    package init(path: String) throws(DataDirectoryError) {
        self.path = path
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            guard isDirectory.boolValue else {
                throw DataDirectoryError(path: path, reason: "is a file, not a directory")
            }
            return
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            // Foundation's own texts are for other readers.
            let cause = (error as? CocoaError)?.userInfo[NSUnderlyingErrorKey] as? POSIXError
            let reason = cause.map { ": " + String(cString: strerror($0.code.rawValue)) } ?? ""
            throw DataDirectoryError(path: path, reason: "cannot be created\(reason)")
        }
    }

    /// `$XDG_DATA_HOME/sluice`, else `~/.local/share/sluice`.
    package static func defaultPath(environment: [String: String]) -> String {
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") { return base + "/sluice" }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/sluice"
    }

    package var databasePath: String { self.file("sluice.db") }
    package var adminTokenPath: String { self.file("admin-token") }
    package var serveInformationPath: String { self.file("serve.json") }
    var masterKeyPath: String { self.file("master-key") }
    var lockPath: String { self.file("lock") }

    private func file(_ name: String) -> String { self.path + "/" + name }

    /// Refuses a directory in which everybody may put files in the place of ours, and files that others may read or write.
    ///
    /// The directory itself may be readable: the files are not. A directory that its group may write is used, because many
    /// systems make them so, with a group of one user; ``privacyWarning`` says it.
    func checkPrivacy() throws(DataDirectoryError) {
        guard let status = FileStatus(path: self.path) else { throw PrivateFile.failure(self.path, "cannot be read") }
        let user = geteuid()
        guard user == 0 || status.owner == user || status.owner == 0 else {
            throw DataDirectoryError(
                path: self.path,
                reason:
                    "belongs to user \(status.owner), who can replace the keys in it: choose a directory of your own")
        }
        guard status.permissions & 0o002 == 0 else {
            throw DataDirectoryError(
                path: self.path,
                reason: "can be written by everybody, who could replace the keys in it: run "
                    + "`chmod go-w \(PrivateFile.quoted(self.path))`, or choose a directory inside it")
        }
        let database = [self.databasePath, self.databasePath + "-wal", self.databasePath + "-shm"]
        for path in [self.masterKeyPath, self.adminTokenPath] + database {
            guard let status = FileStatus(path: path) else { continue }
            if let refusal = PrivateFile.refusal(of: status, at: path) { throw refusal }
        }
    }

    /// A sentence when the group of the directory may replace the files in it.
    package var privacyWarning: String? {
        guard let status = FileStatus(path: self.path), status.permissions & 0o020 != 0 else { return nil }
        return "The group of the data directory can replace the keys in it; chmod g-w closes it."
    }

    /// The token of every management call; made at first start from 32 random bytes. Call it while holding the lock.
    package func adminToken() throws(DataDirectoryError) -> String {
        if let token = try self.existingAdminToken() { return token }
        let token = Self.randomBytes(32).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        try PrivateFile.write(Data((token + "\n").utf8), to: self.adminTokenPath)
        return token
    }

    /// The token, when an instance has made one; for clients on the same machine.
    package func existingAdminToken() throws(DataDirectoryError) -> String? {
        guard let data = try PrivateFile.read(self.adminTokenPath) else { return nil }
        let token = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else {
            throw DataDirectoryError(path: self.adminTokenPath, reason: "is empty: delete it to have a new token made")
        }
        return token
    }

    /// The box that seals secrets at rest; its key is made at first start. Call it while holding the lock, before the
    /// store is opened.
    package func secretBox() throws(DataDirectoryError) -> SecretBox {
        let key: Data
        if let existing = try PrivateFile.read(self.masterKeyPath) {
            key = existing
        } else {
            guard !FileManager.default.fileExists(atPath: self.databasePath) else {
                throw DataDirectoryError(
                    path: self.masterKeyPath,
                    reason: "is missing, and without it the secrets in \(self.databasePath) cannot be read: "
                        + "restore both from the same backup")
            }
            key = Self.randomBytes(32)
            try PrivateFile.write(key, to: self.masterKeyPath)
        }
        guard let box = SecretBox(key: key) else {
            throw DataDirectoryError(path: self.masterKeyPath, reason: "must hold exactly 32 bytes, has \(key.count)")
        }
        return box
    }

    private static func randomBytes(_ count: Int) -> Data {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Data($0) }
    }
}

/// What is wrong with the data directory or a file in it.
package struct DataDirectoryError: Error, Equatable, Sendable, CustomStringConvertible {
    package var path: String
    package var reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(self.path) \(self.reason)." }
}
