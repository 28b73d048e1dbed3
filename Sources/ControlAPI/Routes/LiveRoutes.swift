internal import Foundation
internal import GatewayModel
internal import HTTPTypes
internal import Hummingbird
internal import Identity
internal import Logging
internal import Store

extension ControlAPI {
    /// What the console and the command line ask of the engine.
    var liveRoutes: RouteTable {
        var routes = RouteTable()
        // Sequences of decisions start anew with the process.
        let run = String(UInt32.random(in: .min ... .max), radix: 16)

        routes.get(Paths.gateway + "/live") { request, context in
            let gateway = try await self.existingGateway(context)
            if request.wantsJSON {
                return try .json(try await self.engineClient.liveSnapshot(gateway: gateway))
            }
            let stream = LiveStream(
                client: self.engineClient, gateway: gateway, run: run,
                resumption: request.lastEventID, timing: self.live)
            let logger = context.logger
            return Response(
                status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: ResponseBody { writer in
                    do {
                        try await stream.write(to: &writer)
                    } catch {
                        logger.debug("live stream ended", metadata: ["error": "\(error)"])
                    }
                    try await writer.finish(nil)
                })
        }

        routes.get(Paths.gateway + "/decisions") { request, context in
            let gateway = try await self.existingGateway(context)
            let text = request.queryItems["after"] ?? "0"
            guard let sequence = UInt64(text) else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "after", rule: .isInteger, source: .query, reason: "must be a decision's sequence number"
                    ))
            }
            return try .json(try await self.engineClient.decisions(after: sequence, gateway: gateway))
        }

        routes.post(Paths.virtualCluster + "/check-token") { request, context in
            let gateway = try await self.existingGateway(context)
            let cluster = try context.pathParameter("virtualClusterId")
            _ = try await self.store.read { try $0.get(VirtualCluster.self, id: cluster, in: gateway) }
            let body = try await request.json()
            let token = try BodyReader.read(body) { $0["token"].string(.length(1...65_536)) }
            return try .json(try await self.engineClient.checkToken(token, virtualCluster: cluster))
        }
        return routes
    }

    private func existingGateway(_ context: APIContext) async throws -> String {
        let id = try context.pathParameter("gatewayId")
        return try await self.store.read { try $0.get(Gateway.self, id: id).id }
    }
}

extension Request {
    /// True when the client asks for JSON and not for a stream.
    fileprivate var wantsJSON: Bool {
        let accept = self.headers[.accept]?.lowercased() ?? ""
        return accept.contains("application/json") && !accept.contains("text/event-stream")
    }

    /// Where a client that comes back left off.
    fileprivate var lastEventID: LivePosition? {
        HTTPField.Name("Last-Event-ID").flatMap { self.headers[$0] }.flatMap(LivePosition.init(text:))
    }
}
