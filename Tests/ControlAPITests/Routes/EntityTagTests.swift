import HTTPTypes
import Testing

@testable import ControlAPI

@Suite struct EntityTagTests {
    private static let path = "/v1/event-gateways"

    private static func get(_ api: TestAPI, _ path: String = Self.path, known: String) async throws -> Answer {
        try await api.call(.get, path, headers: [.ifNoneMatch: known])
    }

    @Test func `who has the newest state already gets 304, until anything is changed`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let first = try await api.get(Self.path)
            let tag = try #require(first.headers[.eTag])
            let again = try await Self.get(api, known: tag)
            #expect(again.status == 304)
            #expect(again.text.isEmpty)
            #expect(again.headers[.eTag] == tag)
            // An entity has a tag of its own.
            let listener = try #require(try await api.get(scenario.listenerPath).headers[.eTag])
            #expect(listener.hasPrefix("\""))
            #expect(try await Self.get(api, scenario.listenerPath, known: listener).status == 304)
            #expect(try await Self.get(api, scenario.listenerPath, known: tag).status == 200)

            // Far below: the list of gateways itself is as before, and yet its tag is another one.
            let policies = "\(scenario.virtualClusterPath)/cluster-policies"
            #expect(try await api.post(policies, Scenario.aclBody(name: "second")).status == 201)
            let changed = try await Self.get(api, known: tag)
            #expect(changed.status == 200)
            #expect(changed.headers[.eTag] != tag)
            #expect(changed.data.count == 1)
            #expect(try await Self.get(api, scenario.listenerPath, known: listener).status == 304)
        }
    }

    @Test func `what is refused changes nothing, also not the tag`() async throws {
        try await TestAPI.run { api in
            let tag = try #require(try await api.get(Self.path).headers[.eTag])
            #expect(try await api.post(Self.path, "{}").status == 400)
            #expect(try await Self.get(api, known: tag).status == 304)
        }
    }

    @Test(arguments: [("T", 304), ("*", 304), ("W/\"other\"", 200), ("W/\"other\", T", 304), ("", 200), (",", 200)])
    func `tags are compared as a list, weakly`(_ known: String, _ status: Int) async throws {
        try await TestAPI.run { api in
            let tag = try #require(try await api.get(Self.path).headers[.eTag])
            let weak = try await Self.get(api, known: known.replacing("T", with: tag))
            #expect(weak.status == status)
            let strong = try await Self.get(api, known: known.replacing("T", with: tag.dropFirst(2)))
            #expect(strong.status == status)
        }
    }

    @Test func `errors stay errors, and what is not configuration has no tag`() async throws {
        try await TestAPI.run { api in
            let tag = try #require(try await api.get(Self.path).headers[.eTag])
            #expect(try await Self.get(api, "\(Self.path)/nowhere", known: tag).status == 404)
            #expect(try await Self.get(api, "\(Self.path)?page%5Bsize%5D=x", known: tag).status == 400)
            let live = try await api.call(
                .get, "\(Self.path)/-/live", headers: [.accept: "application/json", .ifNoneMatch: tag])
            #expect(live.status == 200)
            #expect(live.headers[.eTag] == nil)
        }
    }
}
