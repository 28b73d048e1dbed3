internal import Foundation

/// What a running instance tells others about itself: `serve.json`.
package struct ServeInformation: Codable, Equatable, Sendable {
    package var pid: Int32
    /// `http://127.0.0.1:9190`.
    package var api: String
    /// `host:port` of the sandbox's brokers, when there is one.
    package var sandbox: [String]?

    /// - Parameter pid: this process.
    package init(pid: Int32 = getpid(), api: String, sandbox: [String]? = nil) {
        self.pid = pid
        self.api = api
        self.sandbox = sandbox
    }
}

/// Held by the one instance that runs on a data directory. The kernel drops it with the process, however that ends.
package final class InstanceLock: Sendable {
    package enum Failure: Error, Equatable, Sendable {
        /// `owner` is nil when the other instance has not said yet where it serves.
        case held(owner: ServeInformation?)
        case directory(DataDirectoryError)
    }

    private let descriptor: Int32
    private let directory: DataDirectory

    fileprivate init(descriptor: Int32, directory: DataDirectory) {
        self.descriptor = descriptor
        self.directory = directory
    }

    deinit {
        close(self.descriptor)
    }

    /// Tells others where this instance serves; mode 0600.
    package func publish(_ information: ServeInformation) throws(DataDirectoryError) {
        let data: Data
        do { data = try JSONEncoder().encode(information) } catch {
            throw DataDirectoryError(path: self.directory.serveInformationPath, reason: "cannot be encoded: \(error)")
        }
        try PrivateFile.write(data, to: self.directory.serveInformationPath)
    }

    /// Takes the information back at the end of an orderly run.
    package func withdraw() {
        unlink(self.directory.serveInformationPath)
    }
}

extension DataDirectory {
    /// Takes the directory for this instance, without waiting.
    ///
    /// - Throws: also when others could read or replace the secrets in it.
    package func lock() throws(InstanceLock.Failure) -> InstanceLock {
        do throws(DataDirectoryError) { try self.checkPrivacy() } catch { throw .directory(error) }
        let descriptor = open(self.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .directory(PrivateFile.failure(self.lockPath, "cannot be opened"))
        }
        // Someone who asks ``runningInstance()`` holds the lock for an instant: look again before giving up.
        var attempts = 1
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let failure = errno
            if failure == EWOULDBLOCK, attempts < 5 {
                attempts += 1
                usleep(5_000)
                continue
            }
            close(descriptor)
            guard failure == EWOULDBLOCK else {
                let reason = "cannot be locked: \(String(cString: strerror(failure)))"
                throw .directory(DataDirectoryError(path: self.lockPath, reason: reason))
            }
            throw .held(owner: try? self.serveInformation())
        }
        // Left over from an instance that was killed.
        unlink(self.serveInformationPath)
        return InstanceLock(descriptor: descriptor, directory: self)
    }

    /// Where the instance that holds this directory serves; nil when it says nothing. Without a holder it may be stale:
    /// ``runningInstance()`` looks at the lock too.
    func serveInformation() throws(DataDirectoryError) -> ServeInformation? {
        guard let data = try PrivateFile.read(self.serveInformationPath) else { return nil }
        do { return try JSONDecoder().decode(ServeInformation.self, from: data) } catch {
            let member = (error as? DecodingError)?.member.map { "its \($0) is missing or wrong" } ?? "it is not JSON"
            throw DataDirectoryError(
                path: self.serveInformationPath,
                reason:
                    "is not what a running instance writes: \(member). Start the instance again, or name it with --api "
                    + "URL and SLUICE_ADMIN_TOKEN")
        }
    }

    /// The instance that runs on this directory now, or nil. Takes nothing.
    ///
    /// - Throws: when one runs, and what it wrote cannot be read or could have been written by others.
    package func runningInstance() throws(DataDirectoryError) -> ServeInformation? {
        let descriptor = open(self.lockPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A shared lock is refused exactly while an instance holds its exclusive one.
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        return try self.serveInformation()
    }
}

extension DecodingError {
    /// The member that could not be decoded.
    fileprivate var member: String? {
        switch self {
        case .keyNotFound(let key, _): key.stringValue
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.last?.stringValue
        @unknown default: nil
        }
    }
}
