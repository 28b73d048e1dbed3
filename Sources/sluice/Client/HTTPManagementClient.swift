import AsyncHTTPClient
import Foundation
import GatewayModel
import NIOCore
import NIOHTTP1

/// The management API over HTTP.
struct HTTPManagementClient: ManagementClient {
    let connection: ManagementConnection

    func call(_ call: ManagementCall) async throws -> ManagementAnswer {
        var request = HTTPClientRequest(url: self.connection.url + call.path)
        request.method = .RAW(value: call.method.rawValue)
        request.headers.add(name: "authorization", value: "Bearer \(self.connection.token)")
        request.headers.add(name: "accept", value: "application/json")
        if let body = call.body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try EntityCoding.encode(body)))
        }
        let status: UInt
        let bytes: ByteBuffer
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            status = response.status.code
            bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
        } catch {
            throw EngineClientError("The management API at \(self.connection.url) cannot be reached: \(error)")
        }
        guard bytes.readableBytes > 0 else { return ManagementAnswer(status: Int(status)) }
        guard let body = try? JSONValue(parsing: Array(bytes.readableBytesView)) else {
            throw EngineClientError(
                "\(call.method.rawValue) \(call.path) answered \(status) with something that is not JSON. "
                    + "Is \(self.connection.url) a management API?")
        }
        return ManagementAnswer(status: Int(status), body: body)
    }
}

extension ManagementConnection {
    func managementClient() -> HTTPManagementClient { HTTPManagementClient(connection: self) }
}
