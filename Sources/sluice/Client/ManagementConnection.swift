import ArgumentParser
import AsyncHTTPClient
import EngineInterface
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import Resources
import Store

/// The options that name the running instance of a command.
struct InstanceOptions: ParsableArguments {
    @Option(
        name: .customLong("api"), help: "URL of the management API (default: the one that the data directory names).")
    var api: String?
    @Option(
        name: .customLong("data-dir"), help: "Data directory of the running instance, when it runs on this machine.")
    var dataDirectory: String?
    @Option(name: .customLong("config"), help: "Configuration file.")
    var configurationFile: String?

    /// `host:port` of the sandbox's brokers, when the instance in the data directory is the one meant and has one.
    func sandbox() -> [String]? {
        guard self.api == nil, let settings = try? Settings(configurationFile: self.configurationFile) else {
            return nil
        }
        let directory = settings.dataDirectory(flag: self.dataDirectory)
        return (try? ServeInformation.holding(dataDirectory: directory))?.sandbox
    }

    /// Finds the API's URL and the admin token.
    func connection() throws -> ManagementConnection {
        let settings = try Settings(configurationFile: self.configurationFile)
        let connection = try Self.connection(
            named: self.api, dataDirectory: settings.dataDirectory(flag: self.dataDirectory))
        if let warning = connection.warning { Output.warning(warning) }
        return connection
    }
}

/// Calls of the management API.
struct ManagementConnection: Sendable {
    let url: String
    let token: String
    /// A warning that others can read the token on its way to the instance; nil when the way is safe.
    var warning: String?
    var http = HTTPClient.commands

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type, accept: String = "application/json") async throws
        -> Answer
    {
        try await self.call(.GET, path, body: nil, accept: accept)
    }

    func post<Answer: Decodable>(_ path: String, body: some Encodable, as type: Answer.Type) async throws -> Answer {
        try await self.call(.POST, path, body: try EntityCoding.encode(body), accept: "application/json")
    }

    private func call<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, body: Data?, accept: String
    ) async throws -> Answer {
        do {
            let data = try await self.success(method.rawValue, path, body: body, accept: accept)
            return try self.decode(Answer.self, data, "\(method.rawValue) \(path)")
        } catch let error as EngineClientError {
            throw CommandFailure(error.message)
        }
    }

    /// - Parameter call: the answered call, for the message.
    func decode<Answer: Decodable>(
        _ type: Answer.Type, _ data: Data, _ call: String
    ) throws(CommandFailure) -> Answer {
        do { return try EntityCoding.decode(Answer.self, from: data) } catch {
            throw CommandFailure("The answer of \(self.url) to \(call) cannot be read: is it of another version?")
        }
    }

    /// The body of a successful answer.
    ///
    /// - Throws: `EngineClientError`: no answer, or the words of the problem that came.
    func success(
        _ method: String, _ path: String, body: Data? = nil, accept: String = "application/json"
    ) async throws -> Data {
        let answer = try await self.send(method, path, body: body, accept: accept)
        guard (200..<300).contains(answer.status) else {
            throw self.error(status: answer.status, answer.body, "\(method) \(path)")
        }
        return answer.body
    }

    struct Answer: Sendable {
        var status: Int
        var body: Data
        /// `ETag`.
        var tag: String?
    }

    /// One call, whatever its status.
    ///
    /// - Parameters:
    ///   - knownTag: sent as `If-None-Match`.
    ///   - timeout: until the head of the answer is there.
    /// - Throws: `EngineClientError` when there is no answer.
    func send(
        _ method: String, _ path: String, body: Data? = nil, accept: String = "application/json",
        knownTag: String? = nil, timeout: TimeAmount = .seconds(60)
    ) async throws -> Answer {
        var request = self.request(method, path, accept: accept)
        if let knownTag { request.headers.add(name: "if-none-match", value: knownTag) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await self.http.execute(request, timeout: timeout)
            let bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
            return Answer(
                status: Int(response.status.code), body: Data(bytes.readableBytesView),
                tag: response.headers.first(name: "etag"))
        } catch {
            throw self.unreachable(error)
        }
    }

    /// A call with the admin token in it.
    func request(_ method: String, _ path: String, accept: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: self.url + path)
        request.method = .RAW(value: method)
        request.headers.add(name: "authorization", value: "Bearer \(self.token)")
        request.headers.add(name: "accept", value: accept)
        request.headers.add(name: "user-agent", value: Self.userAgent)
        return request
    }

    /// `sluice/0.1.0 apply`: changes are kept with it.
    private static let userAgent: String = {
        let names = Sluice.configuration.subcommands.compactMap { $0._commandName }
        let command = CommandLine.arguments.dropFirst().first { names.contains($0) } ?? "console"
        return "sluice/\(Sluice.configuration.version) \(command)"
    }()

    /// - Parameter hasAnswered: the head of an answer came before the error.
    func unreachable(_ error: any Error, hasAnswered: Bool = false) -> EngineClientError {
        EngineClientError(ConnectionFailure(error, url: self.url, hasAnswered: hasAnswered).message)
    }

    /// What a problem says, and what it says of each parameter.
    func error(status: Int, _ data: Data, _ call: String) -> EngineClientError {
        let kind: EngineClientError.Kind =
            switch status {
            case 404: .notFound
            case 400, 409, 413: .invalid
            default: .unavailable
            }
        let problem = ProblemText(
            ManagementAnswer(status: status, body: try? JSONValue(parsing: Array(data))), maximumFields: .max)
        if let message = ConnectionFailure.message(status: status, url: self.url, isProblem: problem.detail != nil) {
            return EngineClientError(message, kind: kind)
        }
        guard let detail = problem.detail else {
            return EngineClientError("\(call) answered \(status).", kind: kind)
        }
        let parameters = problem.fields.filter { $0.reason != detail }
        // Its parts are on lines of their own, and no part may begin another.
        let lines = parameters.map { "\n  \(OutsideText.escaped($0.field)): \(OutsideText.escaped($0.reason))" }
        return EngineClientError(
            "\(status): \(OutsideText.escaped(detail))\(lines.joined())", kind: kind)
    }

    enum HTTPMethod: String { case GET, POST }
}

/// The parts of gateways and virtual clusters that commands need to find them by name.
struct NamedEntity: Decodable {
    var id: String
    var name: String
}

struct EntityPage: Decodable {
    var data: [NamedEntity]
}

extension ManagementConnection {
    /// The gateway that is named, or the only one there is.
    func gateway(_ nameOrID: String?) async throws -> NamedEntity {
        try self.pick(
            nameOrID, kind: "gateway", option: "--gateway",
            from: try await self.get("/v1/event-gateways?page%5Bsize%5D=100", as: EntityPage.self).data)
    }

    func virtualCluster(_ nameOrID: String?, gateway: NamedEntity) async throws -> NamedEntity {
        try self.pick(
            nameOrID, kind: "virtual cluster", option: "--virtual-cluster",
            from: try await self.get(
                "/v1/event-gateways/\(gateway.id)/virtual-clusters?page%5Bsize%5D=100", as: EntityPage.self
            ).data)
    }

    private func pick(
        _ nameOrID: String?, kind: String, option: String, from all: [NamedEntity]
    ) throws -> NamedEntity {
        let names = all.map { "'\($0.name)'" }.joined(separator: ", ")
        if let nameOrID {
            if let found = all.first(where: { $0.id == canonicalID(nameOrID) || $0.name == nameOrID }) { return found }
            throw CommandFailure("There is no \(kind) '\(nameOrID)'. There are: \(all.isEmpty ? "none" : names).")
        }
        switch all.count {
        case 0: throw CommandFailure("No \(kind) is configured yet.")
        case 1: return all[0]
        default: throw CommandFailure("There are several: \(names). Choose one with \(option).")
        }
    }
}
