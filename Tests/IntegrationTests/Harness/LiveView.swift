import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The live view of an engine as its event stream or `sluice live --json` gives it.
struct LiveView: Sendable {
    var json: JSON

    struct Connection: Hashable {
        var session: Int
        var principal: String?
        var state: String?
        var requests: Int
        /// Seconds since it was opened, when the view was taken.
        var age: Double
    }

    var connections: [Connection] {
        let now = Self.date(self.json["time"])
        return (self.json["connections"].array ?? []).compactMap { connection in
            connection["session_id"].integer.map {
                Connection(
                    session: $0, principal: connection["principal"].string, state: connection["state"].string,
                    requests: connection["requests"].integer ?? 0,
                    age: now.timeIntervalSince(Self.date(connection["connected_at"])))
            }
        }
    }

    private static func date(_ json: JSON) -> Date {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? Date(json.string ?? "", strategy: style)) ?? .distantPast
    }

    /// How often decisions of one kind were taken.
    func count(
        _ verdict: String, principal: String, resourceType: String? = nil, operation: String? = nil
    ) -> Int {
        (self.json["counters"].array ?? []).reduce(0) { sum, counter in
            let key = counter["key"]
            let matches =
                key["verdict"].string == verdict && key["principal"].string == principal
                && (resourceType == nil || key["resource_type"].string == resourceType)
                && (operation == nil || key["operation"].string == operation)
            return matches ? sum + (counter["count"].integer ?? 0) : sum
        }
    }

    /// Every counter of a principal: `allowed topic describe` to its count.
    func counts(principal: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for counter in self.json["counters"].array ?? [] where counter["key"]["principal"].string == principal {
            let key = counter["key"]
            let name = ["verdict", "resource_type", "operation"].map { key[$0].string ?? "?" }.joined(separator: " ")
            counts[name, default: 0] += counter["count"].integer ?? 0
        }
        return counts
    }

    var principals: Set<String> {
        Set((self.json["counters"].array ?? []).compactMap { $0["key"]["principal"].string })
    }

    /// The newest decisions, oldest first.
    var decisions: [JSON] { self.json["decisions"].array ?? [] }

    /// The state of a listener or backend cluster: `UP`, `WARN` or `DOWN`, and why.
    func component(_ kind: String, _ name: String) -> (state: String, reason: String)? {
        (self.json["components"].array ?? []).first { $0["kind"].string == kind && $0["name"].string == name }.map {
            ($0["state"].string ?? "", $0["reason"].string ?? "")
        }
    }
}

extension ManagementClient {
    /// The engine's view of a gateway now.
    func liveView(gateway: String) async throws -> LiveView {
        let path = "/v1/event-gateways/\(gateway)/live"
        let answer = try await self.send("GET", path, headers: ["Accept": "application/json"])
        guard answer.status == 200 else { throw Unexpected(request: "GET \(path)", answer: answer) }
        return LiveView(json: answer.json)
    }

    struct Event: Sendable {
        var id: String?
        var name: String
        var data: String
    }

    /// Reads the event stream of a gateway until an event fits.
    /// - Parameter lastEventID: where to go on, as a client does that lost its connection.
    func liveEvents(
        gateway: String, after lastEventID: String? = nil, until fits: (Event) -> Bool
    ) async throws -> Event {
        var request = HTTPClientRequest(url: self.base + "/v1/event-gateways/\(gateway)/live")
        request.headers.add(name: "Accept", value: "text/event-stream")
        if let lastEventID { request.headers.add(name: "Last-Event-ID", value: lastEventID) }
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        let response = try await Self.http.execute(request, timeout: .seconds(20))
        guard response.status == .ok else {
            let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
            throw Unexpected(
                request: "GET live",
                answer: Answer(status: Int(response.status.code), contentType: "", headers: [:], text: text))
        }
        var pending = ""
        for try await buffer in response.body {
            pending += String(buffer: buffer).replacingOccurrences(of: "\r\n", with: "\n")
            while let end = pending.range(of: "\n\n") {
                let event = Self.event(from: pending[..<end.lowerBound])
                pending.removeSubrange(..<end.upperBound)
                if let event, fits(event) { return event }
            }
        }
        throw TimedOut(description: "the event stream ended before the event came")
    }

    private static func event(from block: Substring) -> Event? {
        var event = Event(id: nil, name: "message", data: "")
        var data: [Substring] = []
        for line in block.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon] {
            case "id": event.id = String(value)
            case "event": event.name = String(value)
            case "data": data.append(value)
            default: continue
            }
        }
        guard !data.isEmpty else { return nil }
        event.data = data.joined(separator: "\n")
        return event
    }
}
