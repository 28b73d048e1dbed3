import EngineInterface
import Foundation
import NIOCore
import Store

extension InstanceOptions {
    /// The management API that is named, else the one of the instance that runs in the data directory.
    ///
    /// The token is `SLUICE_ADMIN_TOKEN`. Without it, that of the data directory is used, and it goes to the instance that
    /// runs there and to no other address, whatever was named.
    static func connection(
        named name: String?, dataDirectory: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ManagementConnection {
        let running = try ServeInformation.holding(dataDirectory: dataDirectory)
        let given = environment["SLUICE_ADMIN_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        guard let name else {
            guard let running else {
                throw CommandFailure(
                    "No running instance is known in '\(dataDirectory)'. Start one with `sluice serve`, or name it with "
                        + "--api URL.")
            }
            return ManagementConnection(url: running.api, token: try given ?? Self.storedToken(dataDirectory))
        }
        guard let address = ServerAddress(name) else {
            throw CommandFailure(
                "'\(name)' is no URL of a management API, such as http://localhost:9190.", isWrongUse: true)
        }
        if let given {
            return ManagementConnection(
                url: address.url, token: given, warning: address.warning(ofSecret: "the admin token"))
        }
        if let running, let own = ServerAddress(running.api), address.names(own) {
            return ManagementConnection(url: own.url, token: try Self.storedToken(dataDirectory))
        }
        let place = running.map { "runs there, at \($0.api)" } ?? "runs there, and none does now"
        throw CommandFailure(
            "The admin token in '\(dataDirectory)' is sent only to the instance that \(place). Set SLUICE_ADMIN_TOKEN to "
                + "the token of \(address.url); it is in the file admin-token of that instance's data directory.")
    }

    private static func storedToken(_ dataDirectory: String) throws -> String {
        let stored: String?
        do throws(DataDirectoryError) {
            stored = try DataDirectory(path: dataDirectory).existingAdminToken()
        } catch { throw CommandFailure(error.description) }
        guard let stored else {
            throw CommandFailure(
                "There is no admin token at '\(dataDirectory)/admin-token'. Set SLUICE_ADMIN_TOKEN to it.")
        }
        return stored
    }
}

extension ServeInformation {
    /// The instance that holds a data directory now; nil when none does, whatever it left behind.
    static func holding(dataDirectory: String) throws(CommandFailure) -> ServeInformation? {
        guard FileManager.default.fileExists(atPath: dataDirectory) else { return nil }
        do throws(DataDirectoryError) {
            return try DataDirectory(path: dataDirectory).runningInstance()
        } catch { throw CommandFailure(error.description) }
    }
}

extension ManagementConnection {
    /// Checks that the token is accepted before the screen opens: an instance that cannot be reached may come back, a
    /// token stays wrong.
    ///
    /// - Throws: `CommandFailure` when the token is refused.
    func requireAcceptedToken() async throws {
        var impatient = self
        impatient.http = .impatient
        guard
            let answer = try? await impatient.send(
                "GET", "/v1/event-gateways?page%5Bsize%5D=1", timeout: .milliseconds(1_500)),
            answer.status == 401
        else { return }
        throw CommandFailure(self.error(status: answer.status, answer.body, "GET /v1/event-gateways").message)
    }

    func managementClient() -> HTTPManagementClient { HTTPManagementClient(connection: self) }

    func engineClient() -> HTTPEngineClient { HTTPEngineClient(connection: self) }
}
