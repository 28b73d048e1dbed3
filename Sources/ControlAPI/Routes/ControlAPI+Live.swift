internal import EngineInterface
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// What is going on, for the console and the command line.
    ///
    /// `-` in place of the gateway's id stands for all gateways.
    ///
    /// - `GET …/{gatewayId}/live`: server-sent events, see ``LiveEvent``; `Last-Event-ID` resumes. With
    ///   `Accept: application/json` one snapshot. 503 when as many streams are open as there may be.
    /// - `GET …/{gatewayId}/decisions?after=N&verdict=denied`: the decisions that are kept with a sequence above N, oldest
    ///   first; of all verdicts without `verdict`.
    /// - `GET …/{gatewayId}/logs?after=N`: the same of the log of the process.
    /// - `DELETE …/{gatewayId}/connections/{sessionId}`: closes a client's connection: 204, or 404 when it is gone.
    /// - `POST …/{gatewayId}/virtual-clusters/{id or name}/check-token`: `{"token": "…"}` → `TokenCheckReport`.
    var liveRoutes: RouteTable {
        var routes = RouteTable()
        // Sequences of decisions start anew with the process.
        let run = String(UInt32.random(in: .min ... .max), radix: 16)

        let after = APIOperation.Parameter("after", .count, "The sequence of the last that is known.")
        let stream = APIOperation.Content(
            type: "text/event-stream", schema: .object(["data": .string], optional: ["event": .string, "id": .string]))
        routes.get(
            Paths.gateway + "/live",
            APIOperation(
                "watchLive", "What is going on: events, or one snapshot with Accept: application/json.", tag: "Live",
                parameters: [
                    APIOperation.Parameter("Last-Event-ID", in: .header, .string, "The event to resume behind.")
                ], APIOperation.Answer(200, "Events, or a snapshot.", .json(.component("LiveSnapshot")), stream))
        ) { request, context in
            let gateway = try await self.gatewayScope(context)
            if request.wantsJSON {
                return try .json(try await self.engineClient.liveSnapshot(gateway: gateway))
            }
            let stream = LiveStream(
                client: self.engineClient, hub: self.liveHub, place: try self.liveHub.enter(), gateway: gateway,
                run: run, resumption: request.lastEventID, heartbeat: self.live.heartbeat)
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

        routes.get(
            Paths.gateway + "/decisions",
            APIOperation(
                "listDecisions", "The decisions that are kept, oldest first.", tag: "Live",
                parameters: [after, APIOperation.Parameter("verdict", .choice(of: Verdict.self), "The verdict.")],
                .ok(.array(.component("Decision"))))
        ) { request, context in
            let gateway = try await self.gatewayScope(context)
            let after = try request.sequence(after: "a decision's")
            let verdict = try request.verdict
            var decisions = try await self.engineClient.decisions(after: after, gateway: gateway)
            if let verdict { decisions.removeAll { $0.verdict != verdict } }
            return try .json(decisions)
        }

        routes.get(
            Paths.gateway + "/logs",
            APIOperation(
                "listLogLines", "The lines of the log that are kept, oldest first.", tag: "Live",
                parameters: [after],
                .ok(.array(.component("LogLine"))))
        ) { request, context in
            _ = try await self.gatewayScope(context)
            return try .json(try await self.engineClient.logs(after: try request.sequence(after: "a line's")))
        }

        routes.delete(
            Paths.gateway + "/connections/:sessionId",
            APIOperation(
                "closeConnection", "Closes a client's connection.", tag: "Live",
                .noContent)
        ) { _, context in
            let gateway = try await self.gatewayScope(context)
            let text = try context.pathText("sessionId")
            let isThere = try await self.asking {
                guard let id = UInt64(text) else { return false }
                if let gateway {
                    let connections = try await self.engineClient.liveSnapshot(gateway: gateway).connections
                    guard connections.contains(where: { $0.sessionID == id }) else { return false }
                }
                return try await self.engineClient.closeConnection(sessionID: id)
            }
            guard isThere else { throw Problem.notFound("connection", id: text) }
            try await self.store.record(AuditChange(.closed, "connection", id: text, gatewayID: gateway))
            return .noContent
        }

        routes.post(
            Paths.virtualCluster + "/check-token",
            APIOperation(
                "checkToken", "Whether a virtual cluster would accept a token.", tag: "Live",
                body: .json(.object(["token": .text(atMost: 65_536)])),
                .ok(.component("TokenCheckReport")))
        ) { request, context in
            let cluster = try await self.virtualClusterScope(context)
            let body = try await request.json()
            let token = try BodyReader.read(body) { $0["token"].string(.length(1...65_536)) }
            return try .json(
                try await self.asking { try await self.engineClient.checkToken(token, virtualCluster: cluster) })
        }
        return routes
    }
}

extension Request {
    /// True when the client asks for JSON and not for a stream.
    fileprivate var wantsJSON: Bool {
        let accept = self.headers[.accept]?.lowercased() ?? ""
        return accept.contains("application/json") && !accept.contains("text/event-stream")
    }

    /// The query's `after`; 0 when it is left out.
    fileprivate func sequence(after whose: String) throws -> UInt64 {
        guard let sequence = UInt64(self.queryItems["after"] ?? "0") else {
            throw Problem.badRequest(
                InvalidParameter(
                    field: "after", rule: .isInteger, source: .query, reason: "must be \(whose) sequence number"))
        }
        return sequence
    }

    /// The query's `verdict`; nil when it is left out.
    fileprivate var verdict: Verdict? {
        get throws {
            guard let text = self.queryItems["verdict"] else { return nil }
            guard let verdict = Verdict(rawValue: text) else {
                let choices = Verdict.allCases.map(\.rawValue)
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "verdict", rule: .choice, source: .query, bound: .choices(choices),
                        reason: "must be one of: \(choices.joined(separator: ", "))"))
            }
            return verdict
        }
    }

    /// Where a client that comes back left off.
    fileprivate var lastEventID: LivePosition? {
        HTTPField.Name("Last-Event-ID").flatMap { self.headers[$0] }.flatMap(LivePosition.init(text:))
    }
}
