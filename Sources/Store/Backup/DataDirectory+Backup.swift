package import Foundation
internal import GRDB

extension DataDirectory {
    private static let databaseName = "sluice.db"

    /// The files without which the configuration, and the secrets in it, cannot be had again.
    private var keyPaths: [(name: String, path: String)] {
        [("master-key", self.masterKeyPath), ("admin-token", self.adminTokenPath)]
    }

    /// Everything that an instance needs to go on elsewhere: a consistent copy of the database, the master key and the
    /// admin token. An instance may run on the directory meanwhile.
    ///
    /// - Throws: `DataDirectoryError` when something is missing or cannot be read.
    package func backup(at time: Date) throws(DataDirectoryError) -> BackupArchive {
        guard FileManager.default.fileExists(atPath: self.databasePath) else {
            throw DataDirectoryError(path: self.path, reason: "holds no database: no instance has run on it")
        }
        var files: [BackupArchive.File] = []
        for (name, path) in self.keyPaths {
            guard let contents = try PrivateFile.read(path) else {
                throw DataDirectoryError(path: path, reason: "is missing, and a backup without it cannot be restored")
            }
            files.append(.init(name: name, contents: contents))
        }
        files.append(.init(name: Self.databaseName, contents: try self.databaseCopy()))
        return BackupArchive(created: time, files: files)
    }

    /// The database as one file, in which no change is half made. SQLite writes it beside the original.
    private func databaseCopy() throws(DataDirectoryError) -> Data {
        let folder = self.path + "/backup-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let copy = folder + "/" + Self.databaseName
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let database = try DatabaseQueue(path: self.databasePath, configuration: configuration)
            try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
            try database.close()
            return try Data(contentsOf: URL(fileURLWithPath: copy))
        } catch {
            throw DataDirectoryError(path: self.databasePath, reason: "cannot be copied: \(error)")
        }
    }

    /// Puts the files of a backup into this directory, which must be empty.
    ///
    /// - Throws: `DataDirectoryError`; what was written is taken away again.
    package func restore(_ archive: BackupArchive) throws(DataDirectoryError) {
        let contents = try? FileManager.default.contentsOfDirectory(atPath: self.path)
        guard contents?.isEmpty == true else {
            throw DataDirectoryError(
                path: self.path, reason: "is not empty: restore into a new directory, or move what is there away")
        }
        var wanted = Dictionary(self.keyPaths.map { ($0.name, $0.path) }) { first, _ in first }
        wanted[Self.databaseName] = self.databasePath
        let files = archive.files.filter { wanted[$0.name] != nil }
        guard Set(files.map(\.name)) == Set(wanted.keys), files.count == wanted.count,
            files.allSatisfy({ $0.name != "master-key" || $0.contents.count == 32 })
        else {
            throw DataDirectoryError(path: self.path, reason: "cannot take this backup: it is not of a whole instance")
        }
        let lock: InstanceLock
        do throws(InstanceLock.Failure) { lock = try self.lock() } catch {
            switch error {
            case .held: throw DataDirectoryError(path: self.path, reason: "is in use by an instance: stop it first")
            case .directory(let error): throw error
            }
        }
        defer { withExtendedLifetime(lock) {} }
        do throws(DataDirectoryError) {
            for file in files {
                if let path = wanted[file.name] { try PrivateFile.write(file.contents, to: path) }
            }
        } catch {
            for path in wanted.values { unlink(path) }
            unlink(self.lockPath)
            throw error
        }
    }
}
