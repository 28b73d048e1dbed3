import Foundation
import GatewayModel
import NIOCore
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
    /// Looks whether the token is taken, before there is a screen for it: an instance that cannot be reached may come back, a
    /// token stays wrong.
    ///
    /// - Throws: `CommandFailure` when the token is refused.
    func requireAcceptedToken() async throws {
        guard
            let answer = try? await self.send(
                "GET", "/v1/event-gateways?page%5Bsize%5D=1", timeout: .milliseconds(1_500)),
            answer.status == 401
        else { return }
        throw CommandFailure(self.error(status: answer.status, answer.body, "GET /v1/event-gateways").message)
    }

    func managementClient() -> HTTPManagementClient { HTTPManagementClient(connection: self) }

    func engineClient() -> HTTPEngineClient { HTTPEngineClient(connection: self) }
}
