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
            throw DataDirectoryError(path: path, reason: "cannot be created: \(error.localizedDescription)")
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
