import EngineInterface
import Foundation
import Resources
import Testing

@testable import Store

@Suite struct ConfigurationStoreTests {
    let directory: TemporaryDirectory
    let store: ConfigurationStore

    init() throws {
        self.directory = try TemporaryDirectory()
        self.store = try ConfigurationStore(path: self.directory.file("sluice.db"))
    }

    /// gateway ⊃ backend, virtual cluster ⊃ two policies, listener ⊃ forward policy
    private func fill() async throws {
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.gateway())
            try transaction.insert(Fixtures.backend(), in: "gw")
            try transaction.insert(Fixtures.virtualCluster(), in: "gw")
            try transaction.insert(Fixtures.listener(), in: "gw")
            try transaction.insert(Fixtures.forward(), in: "ls")
            try transaction.insert(Fixtures.acl("p1", name: "one"), in: "vc")
            try transaction.insert(Fixtures.acl("p2"), in: "vc")
        }
    }

    @Test func `the database is only for its owner`() async throws {
        try await self.fill()
        for suffix in ["", "-wal", "-shm"] {
            #expect(try TemporaryDirectory.mode(of: self.directory.file("sluice.db" + suffix)) == 0o600)
        }
    }

    @Test func `commits wait for stable storage`() throws {
        #expect(try self.store.synchronousLevel() == 2)
    }

    @Test func `everything is there again after reopening`() async throws {
        try await self.fill()
        let before = try await self.store.loadEngineConfiguration()
        try self.store.close()
        let reopened = try ConfigurationStore(path: self.directory.file("sluice.db"))
        let after = try await reopened.loadEngineConfiguration()
        #expect(after == before)
        #expect(after.gateways.first?.listeners.first?.listener == Fixtures.listener())
        #expect(after.gateways.first?.virtualClusters.first?.clusterPolicies.map(\.id) == ["p1", "p2"])
        #expect(after.gateways.first?.virtualClusters.first?.virtualCluster == Fixtures.virtualCluster())
    }

    @Test func `the revision and the gateway's version rise with each change and stay over a restart`() async throws {
        try await self.fill()
        let (revision, version) = try await self.store.read { (try $0.revision(), try $0.gatewayVersion(id: "gw")) }
        #expect(version == 7)
        try await self.store.write { try $0.replace(Fixtures.acl("p1", name: "renamed"), in: "vc") }
        try self.store.close()
        let reopened = try ConfigurationStore(path: self.directory.file("sluice.db"))
        #expect(try await reopened.read { try $0.revision() } == revision + 1)
        #expect(try await reopened.read { try $0.gatewayVersion(id: "gw") } == version + 1)
    }

    @Test func `the identity server's records do not touch the engine's revision`() async throws {
        try await self.store.write { try $0.insert(Fixtures.authServer()) }
        #expect(try await self.store.loadEngineConfiguration().revision == 0)
    }

    @Test func `the tag changes with each change of an entity, in each run, and with nothing else`() async throws {
        let empty = self.store.tag
        try await self.store.write { try $0.insert(Fixtures.authServer()) }
        let written = self.store.tag
        #expect(written != empty)
        _ = try await self.store.rehearse { try $0.insert(Fixtures.gateway()) }
        await #expect(throws: StoreError.self) {
            try await self.store.write { try $0.insert(Fixtures.authServer()) }
        }
        try await self.store.write { try $0.deleteTokens(expiredBefore: .now, limit: 10) }
        _ = try await self.store.loadEngineConfiguration()
        #expect(self.store.tag == written)
        try await self.store.write { try $0.delete(AuthServer.self, id: Fixtures.authServer().id) }
        #expect(self.store.tag != written)
        let other = try ConfigurationStore(path: self.directory.file("sluice.db"))
        #expect(other.tag != empty && other.tag != written)
    }

    @Test func `each change of an entity gives it a version that none had before`() async throws {
        func version() async throws -> Int64 {
            try await self.store.read { try $0.version(of: AuthServer.self, id: "as") }
        }
        try await self.store.write { try $0.insert(Fixtures.authServer()) }
        let first = try await version()
        var renamed = Fixtures.authServer()
        renamed.name = "other"
        try await self.store.write { [renamed] in try $0.replace(renamed) }
        let second = try await version()
        #expect(second > first)
        _ = try await self.store.rehearse { try $0.replace(Fixtures.authServer()) }
        #expect(try await version() == second)
        try await self.store.write { try $0.delete(AuthServer.self, id: "as") }
        await #expect(throws: StoreError.notFound(kind: "auth server", id: "as")) { try await version() }
        try await self.store.write { try $0.insert(Fixtures.authServer()) }
        #expect(try await version() > second, "made again it is another")
        let reopened = try ConfigurationStore(path: self.directory.file("sluice.db"))
        #expect(try await reopened.read { try $0.version(of: AuthServer.self, id: "as") } > second)
    }

    @Test func `a name that is copied into another entity is a change of that one too`() async throws {
        try await self.fill()
        let before = try await self.store.read { try $0.version(of: VirtualCluster.self, id: "vc") }
        try await self.store.write { try $0.replace(Fixtures.backend(name: "renamed"), in: "gw") }
        #expect(try await self.store.read { try $0.version(of: VirtualCluster.self, id: "vc", in: "gw") } > before)
    }

    @Test func `a part that fails undoes itself and not what was before`() async throws {
        struct Stop: Error {}
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.gateway())
            #expect(throws: Stop.self) {
                try transaction.attempt {
                    try transaction.insert(Fixtures.backend(), in: "gw")
                    throw Stop()
                }
            }
        }
        #expect(try await self.store.read { try $0.list(Gateway.self).count } == 1)
        #expect(try await self.store.read { try $0.list(BackendCluster.self).isEmpty })
    }

    @Test func `a name clash says what is taken`() async throws {
        try await self.fill()
        await #expect(throws: StoreError.nameTaken(kind: "backend cluster", name: "orders")) {
            try await self.store.write { try $0.insert(Fixtures.backend("other"), in: "gw") }
        }
        await #expect(throws: StoreError.taken(kind: "virtual cluster", field: "dns_label", value: "team")) {
            try await self.store.write { try $0.insert(Fixtures.virtualCluster("v2", name: "second"), in: "gw") }
        }
        await #expect(throws: StoreError.nameTaken(kind: "gateway", name: "edge")) {
            try await self.store.write { try $0.insert(Fixtures.gateway("gw2")) }
        }
    }

    @Test func `names are free in another gateway, and policies need none`() async throws {
        try await self.fill()
        try await self.store.write { transaction in
            try transaction.insert(Fixtures.gateway("gw2", name: "second"))
            try transaction.insert(Fixtures.backend("b2"), in: "gw2")
            try transaction.insert(Fixtures.acl("p3"), in: "vc")
        }
        #expect(try await self.store.read { try $0.chain(ClusterPolicy.self, in: "vc") } == ["p1", "p2", "p3"])
    }

    @Test func `a transaction that throws leaves nothing behind`() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await self.store.write { transaction in
                try transaction.insert(Fixtures.gateway())
                throw Stop()
            }
        }
        #expect(try await self.store.loadEngineConfiguration() == EngineConfiguration())
    }

    @Test func `a rehearsal shows the outcome and changes nothing`() async throws {
        let rehearsal = try await self.store.rehearse { try $0.insert(Fixtures.gateway()) }
        #expect(rehearsal.configuration.gateways.map(\.gateway.id) == ["gw"])
        #expect(try await self.store.loadEngineConfiguration() == EngineConfiguration())
    }

    @Test func `what is referred to cannot be deleted alone`() async throws {
        try await self.fill()
        await #expect(throws: StoreError.referenced(kind: "backend cluster", id: "bc")) {
            try await self.store.write { try $0.delete(BackendCluster.self, id: "bc", in: "gw") }
        }
        await #expect(throws: StoreError.referenced(kind: "virtual cluster", id: "vc")) {
            try await self.store.write { try $0.delete(VirtualCluster.self, id: "vc", in: "gw") }
        }
    }

    @Test func `deleting a gateway deletes everything below it`() async throws {
        try await self.fill()
        try await self.store.write { try $0.delete(Gateway.self, id: "gw") }
        let counts = try await self.store.read { snapshot in
            [
                try snapshot.count(BackendCluster.self), try snapshot.count(VirtualCluster.self),
                try snapshot.count(Listener.self), try snapshot.count(ListenerPolicy.self),
                try snapshot.count(ClusterPolicy.self),
            ]
        }
        #expect(counts == [0, 0, 0, 0, 0])
    }

    @Test func `an entity is only found below its own parent`() async throws {
        try await self.fill()
        #expect(try await self.store.read { try $0.find(BackendCluster.self, id: "bc", in: "gw2") } == nil)
        await #expect(throws: StoreError.notFound(kind: "backend cluster", id: "bc")) {
            try await self.store.write { try $0.delete(BackendCluster.self, id: "bc", in: "gw2") }
        }
    }

    @Test func `a renamed target is renamed where it is referred to`() async throws {
        try await self.fill()
        try await self.store.write { transaction in
            try transaction.replace(Fixtures.backend(name: "payments"), in: "gw")
            var cluster = try transaction.get(VirtualCluster.self, id: "vc")
            cluster.name = "squad"
            try transaction.replace(cluster, in: "gw")
        }
        let (cluster, policy) = try await self.store.read {
            (try $0.get(VirtualCluster.self, id: "vc"), try $0.get(ListenerPolicy.self, id: "fw"))
        }
        #expect(cluster.destination == Reference(id: "bc", name: "payments"))
        #expect(policy.portMapping?.destination == Reference(id: "vc", name: "squad"))
    }

    @Test func `a chain keeps the order it is given`() async throws {
        try await self.fill()
        try await self.store.write { try $0.insert(Fixtures.acl("p0"), in: "vc", at: 0) }
        #expect(
            try await self.store.read { try $0.list(ClusterPolicy.self, in: "vc").map(\.id) } == ["p0", "p1", "p2"])
        try await self.store.write { try $0.reorder(ClusterPolicy.self, in: "vc", ids: ["p2", "p0", "p1"]) }
        try await self.store.write { try $0.delete(ClusterPolicy.self, id: "p0", in: "vc") }
        try await self.store.write { try $0.insert(Fixtures.acl("p9"), in: "vc", at: 1) }
        #expect(try await self.store.read { try $0.chain(ClusterPolicy.self, in: "vc") } == ["p2", "p9", "p1"])
    }

    @Test func `a file that is no database is refused`() throws {
        let path = self.directory.file("other.db")
        try Data("this is a text, and long enough to be looked at as a header".utf8)
            .write(to: URL(fileURLWithPath: path))
        #expect {
            try ConfigurationStore(path: path)
        } throws: { error in
            if case .unavailable = error as? StoreError { true } else { false }
        }
    }
}
