import EngineInterface
import Foundation
import HTTPTypes
import Resources
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ChangesRoutesTests {
    private static func change(
        _ method: String, _ path: String, _ body: String? = nil, as name: String? = nil, ifMatch: String? = nil
    ) -> String {
        var parts = ["\"method\":\"\(method)\"", "\"path\":\"\(path)\""]
        if let body { parts.append("\"body\":\(body)") }
        if let name { parts.append("\"as\":\"\(name)\"") }
        if let ifMatch { parts.append("\"if_match\":\"\(ifMatch.replacing("\"", with: "\\\""))\"") }
        return "{\(parts.joined(separator: ","))}"
    }

    private static func post(_ api: TestAPI, _ changes: [String], dryRun: Bool = false) async throws -> Answer {
        try await api.post(
            "/v1/changes\(dryRun ? "?dry_run=true" : "")", "{\"changes\":[\(changes.joined(separator: ","))]}")
    }

    private static let tutorial = [
        change("POST", "/v1/auth-servers", #"{"name":"dev","audience":"a"}"#, as: "auth"),
        change("POST", "/v1/auth-servers/{auth}/scopes", #"{"name":"my-scope"}"#, as: "scope"),
        change(
            "POST", "/v1/auth-servers/{auth}/clients",
            #"{"name":"cl","grant_types":["client_credentials"],"response_types":["token"],"allow_scopes":["{scope}"]}"#,
            as: "client"),
        change("POST", "/v1/event-gateways", #"{"name":"edge","description":"{not-a-name} a{2}"}"#, as: "gw"),
        change("POST", "/v1/event-gateways/{gw}/backend-clusters", Scenario.backendBody, as: "backend"),
        change(
            "POST", "/v1/event-gateways/{gw}/virtual-clusters",
            Scenario.virtualClusterBody(
                backend: "{backend}",
                authentication:
                    #"{"type":"oauth_bearer","mediation":"terminate","jwks":{"endpoint":"{auth.jwks_uri}"}}"#),
            as: "vc"),
        change("POST", "/v1/event-gateways/{gw}/listeners", Scenario.listenerBody, as: "listener"),
        change(
            "POST", "/v1/event-gateways/{gw}/listeners/{listener}/policies",
            Scenario.forwardBody(virtualCluster: "{vc}")),
        change(
            "POST", "/v1/event-gateways/{gw}/virtual-clusters/{vc}/cluster-policies",
            Scenario.aclBody(condition: "context.auth.principal.name == '{client}'"), as: "acl"),
    ]

    @Test func `a whole configuration is one request, and the engine sees it at once`() async throws {
        try await TestAPI.run { api in
            let answer = try await Self.post(api, Self.tutorial)
            #expect(answer.status == 200, "\(answer.text)")
            let changes = answer.object["changes"] as? [[String: Any]] ?? []
            #expect(changes.map { $0["status"] as? Int } == Array(repeating: 201, count: 9))
            let bodies = changes.map { $0["body"] as? [String: Any] ?? [:] }
            #expect((bodies[2]["client_secret"] as? String)?.isEmpty == false)
            #expect(bodies[2]["allow_scopes"] as? [String] == [bodies[1]["id"] as? String ?? ""])
            #expect(bodies[3]["description"] as? String == "{not-a-name} a{2}")
            #expect(
                bodies[8]["condition"] as? String
                    == "context.auth.principal.name == '\(bodies[2]["id"] as? String ?? "")'")

            #expect(api.engine.applied.count == 1)
            let gateway = try #require(api.engine.applied.last?.gateways.first)
            #expect(gateway.listeners.first?.policies.count == 1)
            let path =
                "/v1/event-gateways/\(bodies[3]["id"] as? String ?? "")/listeners/\(bodies[6]["id"] as? String ?? "")"
            #expect(try await api.get(path).headers[.eTag] == changes[6]["etag"] as? String)
        }
    }

    /// Keys and hashes are made of these before anything is.
    @Test(arguments: [
        (
            change(
                "POST", "/v1/auth-servers",
                #"{"name":"b","audience":"b","signing_algorithm":"{a.signing_algorithm}"}"#),
            "signing_algorithm"
        ),
        (change("PATCH", "/v1/auth-servers/{a}", #"{"signing_algorithm":"{c.name}"}"#), "signing_algorithm"),
        (
            change(
                "PUT", "/v1/auth-servers/{a}/clients/me",
                #"{"name":"me","grant_types":["client_credentials"],"response_types":["token"],"client_secret":"{a}"}"#),
            "client_secret"
        ),
        (change("POST", "/v1/auth-servers/{a}/clients/{c}/secrets", #"{"secret":"{a.name}-1"}"#), "secret"),
    ])
    func `a field that is needed before anything is made names nothing that is made`(
        last: String, field: String
    ) async throws {
        try await TestAPI.run { api in
            let first = [
                Self.change("POST", "/v1/auth-servers", #"{"name":"a","audience":"a"}"#, as: "a"),
                Self.change(
                    "POST", "/v1/auth-servers/{a}/clients",
                    #"{"name":"PS256","grant_types":["client_credentials"],"response_types":["token"]}"#,
                    as: "c"),
            ]
            for dryRun in [true, false] {
                let answer = try await Self.post(api, first + [last], dryRun: dryRun)
                #expect(answer.status == 400, "\(answer.text)")
                #expect(answer.text.contains("\(field)") && answer.text.contains("must be written out"))
            }
            #expect(try await api.get("/v1/auth-servers").text.contains("\"data\":[]"))
            #expect(try await Self.post(api, first).status == 200)
        }
    }

    @Test func `a signing key is made and withdrawn with other changes`() async throws {
        try await TestAPI.run { api in
            let changes = [
                Self.change("POST", "/v1/auth-servers", #"{"name":"a","audience":"a"}"#, as: "a"),
                Self.change("POST", "/v1/auth-servers/{a}/keys", #"{"signs_in_seconds":600}"#, as: "next"),
                Self.change("DELETE", "/v1/auth-servers/{a}/keys/{next}"),
            ]
            #expect(try await Self.post(api, changes, dryRun: true).status == 200)
            let answer = try await Self.post(api, changes)
            #expect(answer.status == 200, "\(answer.text)")
            let made = (answer.object["changes"] as? [[String: Any]])?.first?["body"] as? [String: Any]
            let keys = try await api.get("/v1/auth-servers/\(made?["id"] as? String ?? "")/keys")
            let states = (keys.object["data"] as? [[String: Any]])?.map { $0["state"] as? String }
            #expect(states == ["signing"])
        }
    }

    @Test func `one refused change keeps all from happening, and all that is wrong is told`() async throws {
        try await TestAPI.run { api in
            var changes = Self.tutorial
            changes[1] = Self.change("POST", "/v1/auth-servers/{auth}/scopes", #"{"name":"no good"}"#, as: "scope")
            changes[6] = Self.change(
                "POST", "/v1/event-gateways/{gw}/listeners", #"{"name":"edge","addresses":[],"ports":[1]}"#,
                as: "listener"
            )
            for dryRun in [true, false] {
                let answer = try await Self.post(api, changes, dryRun: dryRun)
                #expect(answer.status == 400)
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(
                    answer.faults == ["changes[1].body.name matches_regex", "changes[6].body.addresses min_items"],
                    "what needs the refused ones is not judged: \(answer.text)")
                let told = answer.object["changes"] as? [[String: Any]] ?? []
                #expect(told.map { $0["index"] as? Int } == [1, 6])
                #expect(told.map { $0["as"] as? String } == ["scope", "listener"])
                #expect(try await api.get("/v1/event-gateways").data.isEmpty)
                #expect(try await api.get("/v1/auth-servers").data.isEmpty)
            }
            #expect(api.engine.applied.isEmpty)
        }
    }

    @Test func `a dry run judges ports too, gives them back, and changes nothing`() async throws {
        try await TestAPI.run { api in
            let good = try await Self.post(api, Self.tutorial, dryRun: true)
            #expect(good.status == 200, "\(good.text)")
            #expect(good.object["dry_run"] as? Bool == true)
            #expect(!good.text.contains("\"client_secret\":"))
            #expect(try await api.get("/v1/event-gateways").data.isEmpty)
            #expect(api.engine.applied.isEmpty, "nothing was bound that would have to be released")

            api.engine.state.withLock { $0.busyPorts = [19_093] }
            for dryRun in [true, false] {
                let busy = try await Self.post(api, Self.tutorial, dryRun: dryRun)
                #expect(busy.status == 400)
                #expect(busy.faults == ["changes[6].body.ports invalid"], "\(busy.text)")
                #expect(busy.reasons.first?.contains("19093") == true)
            }
            #expect(try await api.get("/v1/auth-servers").data.isEmpty)
        }
    }

    @Test func `versions are those of before the first change`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let backend = try #require(try await api.get(scenario.backendPath).headers[.eTag])
            let cluster = try #require(try await api.get(scenario.virtualClusterPath).headers[.eTag])
            let gateway = try #require(try await api.get(scenario.gatewayPath).headers[.eTag])
            // A new name goes into the virtual cluster too, and all go into the gateway's version.
            let changes = [
                Self.change(
                    "PUT", scenario.backendPath,
                    Scenario.backendBody.replacing("default_backend_cluster", with: "renamed"), ifMatch: backend),
                Self.change(
                    "PUT", scenario.virtualClusterPath, Scenario.virtualClusterBody(backend: scenario.backend),
                    ifMatch: cluster),
                Self.change("PATCH", scenario.gatewayPath, #"{"description":"d"}"#, ifMatch: gateway),
            ]
            let taken = try await Self.post(api, changes)
            #expect(taken.status == 200, "\(taken.text)")
            let late = try await Self.post(api, changes)
            #expect(late.status == 412, "\(late.text)")
            let told = late.object["changes"] as? [[String: Any]] ?? []
            #expect(told.count == 3)
            let detail = (told.first?["problem"] as? [String: Any])?["detail"] as? String ?? ""
            #expect(detail.contains(backend))
            #expect(detail.contains(try #require(try await api.get(scenario.backendPath).headers[.eTag])))
        }
    }

    @Test func `two listeners swap their ports in one request, and end with different ones`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let other = try await api.post(
                "\(scenario.gatewayPath)/listeners",
                #"{"name":"other","addresses":["0.0.0.0"],"ports":["20000-20003"]}"#)
            #expect(other.status == 201)
            func put(_ path: String, _ name: String, _ ports: String) -> String {
                Self.change("PUT", path, "{\"name\":\"\(name)\",\"addresses\":[\"0.0.0.0\"],\"ports\":[\"\(ports)\"]}")
            }
            let second = "\(scenario.gatewayPath)/listeners/\(other.id)"
            let first = scenario.listenerPath
            let swapped = try await Self.post(
                api, [put(first, "example_listener", "20000-20003"), put(second, "other", "19092-19095")])
            #expect(swapped.status == 200, "\(swapped.text)")
            #expect(
                api.engine.applied.last?.gateways.first?.listeners.map(\.listener.allPorts.first) == [20_000, 19_092])
            let same = try await Self.post(
                api, [put(first, "example_listener", "20000-20003"), put(second, "other", "20002-20005")])
            #expect(same.faults == ["changes[1].body.ports invalid"], "\(same.text)")
            // A change below a listener is none of the listener.
            let chain = try await api.get("\(first)/policy-chain").text
            let below = try await Self.post(
                api,
                [
                    Self.change(
                        "POST", "\(scenario.gatewayPath)/listeners",
                        #"{"name":"third","addresses":["0.0.0.0"],"ports":[20001]}"#),
                    Self.change("PUT", "\(first)/policy-chain", chain),
                ])
            #expect(below.faults == ["changes[0].body.ports invalid"], "\(below.text)")
        }
    }

    @Test func `a port moves from a listener, or from a gateway, that the same request deletes later`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let other = try await api.post("/v1/event-gateways", #"{"name":"other"}"#).id
            func post(_ name: String) -> String {
                Self.change(
                    "POST", "/v1/event-gateways/\(other)/listeners",
                    "{\"name\":\"\(name)\",\"addresses\":[\"0.0.0.0\"],\"ports\":[\"19092-19095\"]}")
            }
            let listener = scenario.listenerPath.replacing(scenario.listener, with: scenario.listener.uppercased())
            let gateway = scenario.gatewayPath.replacing(scenario.gateway, with: scenario.gateway.uppercased())
            #expect(try await Self.post(api, [post("one")]).status == 400)
            for path in [listener, gateway] {
                let moved = try await Self.post(api, [post("one"), Self.change("DELETE", path)], dryRun: true)
                #expect(moved.status == 200, "\(moved.text)")
            }
            let moved = try await Self.post(api, [post("one"), Self.change("DELETE", gateway)])
            #expect(moved.status == 200, "\(moved.text)")
            let applied = try #require(api.engine.applied.last)
            #expect(applied.gateways.flatMap(\.listeners).map(\.listener.name) == ["one"])
        }
    }

    @Test func `ports are compared as they are after the last change of a request`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            func body(_ name: String, _ port: Int) -> String {
                "{\"name\":\"\(name)\",\"addresses\":[\"0.0.0.0\"],\"ports\":[\(port)]}"
            }
            let path = "\(scenario.gatewayPath)/listeners"
            // In between, the new listener has a port of the one that is there.
            let passing = try await Self.post(
                api,
                [
                    Self.change("POST", path, body("new", 19_092), as: "new"),
                    Self.change("PUT", "\(path)/{new}", body("new", 21_000)),
                ])
            #expect(passing.status == 200, "\(passing.text)")
            let gone = try await Self.post(
                api,
                [
                    Self.change("POST", path, body("gone", 19_092), as: "gone"),
                    Self.change("DELETE", "\(path)/{gone}"),
                ])
            #expect(gone.status == 200, "\(gone.text)")
            let last = try await Self.post(
                api,
                [
                    Self.change("POST", path, body("late", 22_000), as: "late"),
                    Self.change("PUT", "\(path)/{late}", body("late", 19_093)),
                ])
            #expect(last.faults == ["changes[1].body.ports invalid"], "\(last.text)")
        }
    }

    @Test(arguments: [
        ("{}", "changes required"), (#"{"changes":[]}"#, "changes min_items"),
        (#"{"changes":[1]}"#, "changes[0] is_object"),
        (#"{"changes":[{"method":"GET","path":"/v1/event-gateways"}]}"#, "changes[0].method enum"),
        (#"{"changes":[{"method":"POST","path":"/v1/nowhere","body":{}}]}"#, "changes[0].path invalid"),
        (#"{"changes":[{"method":"POST","path":"/v1/changes","body":{}}]}"#, "changes[0].path invalid"),
        (#"{"changes":[{"method":"PUT","path":"/v1/event-gateways","body":{}}]}"#, "changes[0].path invalid"),
        (#"{"changes":[{"method":"POST","path":"/v1/event-gateways"}]}"#, "changes[0].body required"),
        (#"{"changes":[{"method":"POST","path":"/v1/event-gateways","body":{},"as":"2"}]}"#, "changes[0].as invalid"),
        (
            #"{"changes":[{"method":"POST","path":"/v1/event-gateways/{gw}/listeners","body":{}},{"method":"POST","path":"/v1/event-gateways","body":{"name":"gw"},"as":"gw"}]}"#,
            "changes[0].body missing_reference"
        ),
        (
            #"{"changes":[{"method":"POST","path":"/v1/event-gateways","body":{},"x":1}]}"#,
            "changes[0].x unknown_property"
        ),
    ])
    func `what is no change is told with its place`(body: String, fault: String) async throws {
        try await TestAPI.run { api in
            let answer = try await api.post("/v1/changes", body)
            #expect(answer.status == 400, "\(answer.text)")
            #expect(answer.faults.contains(fault), "\(answer.text)")
            #expect(try await api.get("/v1/event-gateways").data.isEmpty)
        }
    }

    @Test func `more changes than a request may hold are refused`() async throws {
        try await TestAPI.run { api in
            let one = Self.change("POST", "/v1/event-gateways", "{}")
            let answer = try await Self.post(api, Array(repeating: one, count: ChangesRequest.maximumChanges + 1))
            #expect(answer.status == 400)
            #expect(answer.faults.contains("changes max_items"))
        }
    }

    @Test func `a secret goes into no other entity`() async throws {
        try await TestAPI.run { api in
            var changes = Array(Self.tutorial[..<3])
            changes.append(
                Self.change("POST", "/v1/event-gateways", #"{"name":"edge","description":"{client.client_secret}"}"#))
            let answer = try await Self.post(api, changes)
            #expect(answer.status == 400)
            #expect(answer.reasons == ["the answer to the change [client] has no text [client_secret]"])
        }
    }

    /// What a call of its own answers, and a dry run of it before.
    @Test func `a dry run and the change itself are judged alike`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let calls: [(String, String, String?)] = [
                ("POST", "/v1/event-gateways", #"{"name":"x"}"#), ("POST", "/v1/event-gateways", #"{"name":"good"}"#),
                ("POST", "/v1/event-gateways", #"{"name":"event-gateway-quickstart"}"#),
                ("POST", "\(scenario.gatewayPath)/listeners", Scenario.listenerBody),
                ("POST", "\(scenario.gatewayPath)/listeners", #"{"name":"l2","addresses":["127.0.0.1"],"ports":[1]}"#),
                (
                    "POST", "\(scenario.virtualClusterPath)/cluster-policies",
                    Scenario.aclBody(name: "b", condition: "1 +")
                ),
                ("POST", "\(scenario.virtualClusterPath)/cluster-policies?before=nope", Scenario.aclBody(name: "b")),
                ("PUT", scenario.backendPath, Scenario.backendBody.replacing("true", with: "false")),
                ("PATCH", scenario.gatewayPath, #"{"labels":{"kong":"x"}}"#),
                ("DELETE", scenario.backendPath, nil), ("DELETE", "\(scenario.gatewayPath)/listeners/nope", nil),
                ("POST", "/v1/auth-servers", #"{"name":"a","audience":"a","signing_algorithm":"none"}"#),
                ("DELETE", "/v1/auth-servers/nope?force=maybe", nil), ("DELETE", "/v1/event-gateways/nope", nil),
            ]
            for (method, path, body) in calls {
                let judged = try await Self.post(api, [Self.change(method, path, body)], dryRun: true)
                let done = try await api.call(.init(rawValue: method) ?? .get, path, body)
                #expect(
                    (judged.status == 200) == (200..<300).contains(done.status), "\(method) \(path): \(judged.text)")
                guard judged.status != 200 else { continue }
                let told = (judged.object["changes"] as? [[String: Any]])?.first?["problem"] as? [String: Any] ?? [:]
                #expect(told["status"] as? Int == done.status)
                #expect(told["detail"] as? String == done.detail)
            }
        }
    }

    @Test func `the whole configuration is read with its versions`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let whole = try await api.get("/v1/configuration")
            #expect(whole.status == 200)
            let gateway = try #require((whole.object["gateways"] as? [[String: Any]])?.first)
            let listener = try #require((gateway["listeners"] as? [[String: Any]])?.first)
            #expect(listener["etag"] as? String == (try await api.get(scenario.listenerPath).headers[.eTag]))
            #expect(gateway["etag"] as? String == (try await api.get(scenario.gatewayPath).headers[.eTag]))
            let chains = try #require(listener["chain_etags"] as? [String: String])
            #expect(
                chains["policy-chain"] == (try await api.get("\(scenario.listenerPath)/policy-chain").headers[.eTag]))
            let tag = try #require(whole.headers[.eTag])
            #expect(try await api.call(.get, "/v1/configuration", headers: [.ifNoneMatch: tag]).status == 304)
            #expect(try await api.call(.get, "/v1/configuration", token: nil).status == 401)
        }
    }
}
