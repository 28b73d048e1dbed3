package import EngineInterface
import JSON
import Logging
import NIOCore
import Policies
import Resources

/// The live views.
extension GatewayEngine {
    private var collector: LiveCollector { LiveCollector(loops: self.loops, epoch: self.epoch) }

    package func liveSnapshot(gateway: String?, decisions: Int) async throws -> LiveSnapshot {
        let components = await self.components(gateway: gateway)
        return try await self.collector.snapshot(gateway: gateway, components: components, decisions: decisions)
    }

    package func decisions(
        after sequence: UInt64, gateway: String?, limit: DecisionLimit
    ) async throws -> [DecisionRecord] {
        try await self.collector.decisions(after: sequence, gateway: gateway, limit: limit)
    }

    package func logs(after sequence: UInt64) async throws -> [LogLine] {
        self.log.lines(after: sequence)
    }

    package func topics(virtualCluster name: String) async throws -> [TopicView] {
        let virtualCluster = try self.virtualCluster(name)
        var topics = try await BackendInspector(monitor: virtualCluster.monitor).topics()
        let principals = try await self.judgedPrincipals(of: virtualCluster)
        for index in topics.indices {
            let name = topics[index].name
            topics[index].readers = principals.lazy.filter { $0.allows(.read, topic: name) }.map(\.name)
                .sortedUniquely()
            topics[index].writers = principals.lazy.filter { $0.allows(.write, topic: name) }.map(\.name)
                .sortedUniquely()
        }
        return topics
    }

    /// The principals whose rights are shown for each topic: those connected, `anonymous` where a rule admits it, those
    /// seen since the engine started, and those that a condition names. A principal that is not connected is judged
    /// without claims.
    private func judgedPrincipals(of virtualCluster: VirtualClusterRuntime) async throws -> [ConnectedPrincipal] {
        let id = virtualCluster.virtualCluster.id
        var principals = try await self.collector.principals(ofVirtualCluster: id)
        var known = principals.map(\.name).wireNames
        if virtualCluster.virtualCluster.authentication.contains(.anonymous) {
            known.insert(WireName(SessionPrincipal.anonymous.name))
            principals.append(
                ConnectedPrincipal(
                    name: SessionPrincipal.anonymous.name, clientID: nil,
                    rules: virtualCluster.acl?.ruleSet(for: .anonymous)))
        }
        known.insert(WireName(SessionPrincipal.anonymous.name))
        let named = virtualCluster.configuration.clusterPolicies.filter(\.enabled)
            .compactMap(\.condition).flatMap(NamedPrincipals.of)
        let seen = try await self.collector.seenPrincipals(ofVirtualCluster: id)
        var others: [String] = []
        for name in named + seen where known.insert(WireName(name)).inserted { others.append(name) }
        for name in others.prefix(Self.maximumAbsentPrincipals) {
            let context = SessionPrincipal(type: .saslOAuthBearer, name: name, claims: .object([:]))
                .authenticationContext
            principals.append(
                ConnectedPrincipal(name: name, clientID: nil, rules: virtualCluster.acl?.ruleSet(for: context)))
        }
        return principals
    }

    /// Each of them is judged for each topic whenever the view is refreshed, so their number is bounded.
    private static let maximumAbsentPrincipals = 50

    package func groups(virtualCluster name: String) async throws -> [GroupView] {
        let virtualCluster = try self.virtualCluster(name)
        let backend = BackendInspector(monitor: virtualCluster.monitor)
        var groups: [GroupView]
        do {
            groups = try await GroupInspector(backend: backend).groups()
        } catch let error as EngineClientError {
            throw error
        } catch {
            throw EngineClientError(
                "Groups of backend cluster '\(virtualCluster.monitor.cluster.name)' cannot be had: \(describe(error)).")
        }
        let connected = try await self.collector.principals(ofVirtualCluster: virtualCluster.virtualCluster.id)
        for index in groups.indices {
            let clients = groups[index].members.map { OutsideText.cut($0.clientID) }.wireNames
            groups[index].principals = connected.lazy.filter { principal in
                principal.clientID.map { clients.contains(WireName($0)) } ?? false
            }.map(\.name).sortedUniquely()
        }
        return groups
    }

    package func createTopic(_ name: String, partitions: Int32, virtualCluster: String) async throws {
        guard TopicName.isLegal(name) else {
            throw EngineClientError(
                "\(name.quoted()) is no topic name: 1 to \(TopicName.maximumBytes) letters, digits, dots, underscores "
                    + "and hyphens.",
                kind: .invalid)
        }
        guard (1...10_000).contains(partitions) else {
            throw EngineClientError("A topic has 1 to 10000 partitions, not \(partitions).", kind: .invalid)
        }
        let found = try self.virtualCluster(virtualCluster)
        try await BackendInspector(monitor: found.monitor).createTopic(name, partitions: partitions)
    }

    package func closeConnection(sessionID: UInt64) async throws -> Bool {
        // The low six bits of a session's id are its loop's number.
        let index = Int(sessionID % UInt64(DecisionSequence.maximumLoops))
        guard self.loops.indices.contains(index) else { return false }
        let context = self.loops[index]
        return try await context.eventLoop.submit {
            guard let session = context.value.sessions[sessionID], !session.isClosing else { return false }
            session.log(.info, "connection closed by an operator")
            session.close(reason: "closed by an operator")
            return true
        }.get()
    }

    /// - Parameter nameOrID: an id wins over a name.
    /// - Throws: `EngineClientError`.
    func virtualCluster(_ nameOrID: String) throws -> VirtualClusterRuntime {
        let all = self.runtime.virtualClusters
        if let found = all.first(where: { $0.virtualCluster.id.hasSameBytes(as: nameOrID) }) { return found }
        let named = all.filter { $0.virtualCluster.name.hasSameBytes(as: nameOrID) }
        guard let found = named.first else {
            throw EngineClientError("There is no virtual cluster \(nameOrID.quoted()).", kind: .notFound)
        }
        guard named.count == 1 else {
            let ids = named.map(\.virtualCluster.id).sorted().joined(separator: ", ")
            throw EngineClientError(
                "There are several virtual clusters \(nameOrID.quoted()): choose one by its id (\(ids)).",
                kind: .invalid)
        }
        return found
    }
}
