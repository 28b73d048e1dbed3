import EngineInterface
import Foundation
import JSON
import Resources

/// Calls of a management API over HTTP: another process's, or this one's over loopback.
struct HTTPManagementClient: ManagementClient {
    let connection: ManagementConnection

    func call(_ call: ManagementCall) async throws -> ManagementAnswer {
        let body = try call.body.map { try EntityCoding.encode($0) }
        let answer = try await self.connection.send(
            call.method.rawValue, call.path, body: body, knownTag: call.knownTag)
        guard !answer.body.isEmpty else { return ManagementAnswer(status: answer.status, tag: answer.tag) }
        do {
            let body = try JSONValue(parsing: Array(answer.body))
            return ManagementAnswer(status: answer.status, body: body, tag: answer.tag)
        } catch {
            throw EngineClientError(
                "The answer to \(call.method.rawValue) \(call.path) is not JSON: line \(error.line), column "
                    + "\(error.column): \(error.reason).")
        }
    }
}
