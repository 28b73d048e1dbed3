import Foundation
import GatewayModel

extension ConsoleFiles {
    /// Writes a file that only its user may read, whatever was there before: beside it first, so that a crash leaves the
    /// old file or the new one.
    ///
    /// - Returns: false when there is something of that name and it is not to be replaced: it stays as it is.
    func writePrivate(_ text: String, to path: String, isReplacing: Bool = false) throws -> Bool {
        let path = (path as NSString).expandingTildeInPath
        func failure(_ number: Int32) -> EngineClientError {
            EngineClientError("The file '\(path)' cannot be written: \(String(cString: strerror(number))).")
        }
        let temporary = "\(path).\(UUID().uuidString.prefix(8)).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { unlink(temporary) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } catch { throw EngineClientError("The file '\(path)' cannot be written: \(error.localizedDescription)") }
        if isReplacing {
            guard rename(temporary, path) == 0 else { throw failure(errno) }
            return true
        }
        // A rename would take the place of what is there; a link does not.
        if link(temporary, path) == 0 { return true }
        guard errno == EEXIST else { throw failure(errno) }
        return false
    }
}
