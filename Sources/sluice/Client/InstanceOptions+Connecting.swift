import Foundation
import Store

extension InstanceOptions {
    /// The management API at a URL, with the token of the environment, else of the data directory.
    static func connection(url: String, dataDirectory: String) throws -> ManagementConnection {
        let environment = ProcessInfo.processInfo.environment
        var base = url.contains("://") ? url : "http://\(url)"
        while base.hasSuffix("/") { base.removeLast() }
        guard let parsed = URL(string: base), ["http", "https"].contains(parsed.scheme), parsed.host != nil else {
            throw CommandFailure(
                "'\(url)' is no URL of a management API, such as http://localhost:9190.", isWrongUse: true)
        }
        if let token = environment["SLUICE_ADMIN_TOKEN"], !token.isEmpty {
            return ManagementConnection(url: base, token: token)
        }
        guard let stored = try? String(contentsOfFile: dataDirectory + "/admin-token", encoding: .utf8) else {
            throw CommandFailure(
                "The admin token is not readable at '\(dataDirectory)/admin-token'. Set SLUICE_ADMIN_TOKEN to it.")
        }
        return ManagementConnection(url: base, token: stored.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}

extension ServeInformation {
    /// The instance that holds a data directory now; nil when none does, whatever it left behind.
    static func holding(dataDirectory: String) -> ServeInformation? {
        guard FileManager.default.fileExists(atPath: dataDirectory),
            let directory = try? DataDirectory(path: dataDirectory)
        else { return nil }
        return directory.runningInstance()
    }
}

extension ManagementConnection {
    func managementClient() -> HTTPManagementClient { HTTPManagementClient(connection: self) }

    func engineClient() -> HTTPEngineClient { HTTPEngineClient(connection: self) }
}
