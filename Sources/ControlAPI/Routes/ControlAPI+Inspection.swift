internal import EngineInterface
internal import Hummingbird
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

/// What becomes of a topic that is to be made.
private struct TopicBody {
    var name: String
    var partitions: Int32
}

extension ControlAPI {
    /// What would be, why, and what is behind. Nothing here changes the configuration.
    ///
    /// `-` in place of the gateway's id stands for all gateways; gateways and virtual clusters are named by id or name.
    ///
    /// - `POST …/{gatewayId}/access-matrix`: `AccessMatrixQuestion` → `AccessMatrix`.
    /// - `POST …/{gatewayId}/explain`: `AccessQuestion` → `AccessExplanation`.
    /// - `POST …/{gatewayId}/probe`: `ProbeQuestion` → `ProbeReport`. Opens a connection through the listener and reads.
    /// - `POST …/{gatewayId}/reachability`: `ReachabilityTarget` → `ReachabilityReport`; 200 also when it is not reachable.
    /// - `GET …/{gatewayId}/virtual-clusters/{virtualClusterId}/topics`: `[TopicView]`.
    /// - `POST …/{gatewayId}/virtual-clusters/{virtualClusterId}/topics`: `{"name": "…", "partitions": 3}`: 204 once the backend made it.
    /// - `GET …/{gatewayId}/virtual-clusters/{virtualClusterId}/groups`: `[GroupView]`.
    ///
    /// 400: the question cannot be answered as it is, such as with a token that is refused or rules that do not compile;
    /// 404: there is no such virtual cluster; 503: the backend cluster does not answer. `detail` is a sentence for people.
    ///
    ///     {"virtual_cluster": "orders", "subject": {"type": "anonymous"}, "resource_type": "topic",
    ///      "resource_name": "orders.v1", "operation": "read"}
    var inspectionRoutes: RouteTable {
        var routes = RouteTable()

        routes.post(
            Paths.gateway + "/access-matrix",
            APIOperation(
                "askAccessMatrix", "What a client may do, resource by resource.", tag: "Inspection",
                body: .json(.component("AccessMatrixQuestion")),
                .ok(.component("AccessMatrix")))
        ) { request, context in
            let gateway = try await self.gatewayScope(context)
            var question = try await request.decoded(AccessMatrixQuestion.self)
            if !question.rules.standAlone || !question.virtualCluster.isEmpty {
                question.virtualCluster = try await self.virtualCluster(question.virtualCluster, gateway: gateway)
            }
            let asked = question
            return try .json(try await self.asking { try await self.engineClient.accessMatrix(asked) })
        }

        routes.post(
            Paths.gateway + "/explain",
            APIOperation(
                "explainAccess", "Whether a client may do something, and why.", tag: "Inspection",
                body: .json(.component("AccessQuestion")),
                .ok(.component("AccessExplanation")))
        ) { request, context in
            let gateway = try await self.gatewayScope(context)
            var question = try await request.decoded(AccessQuestion.self)
            if !question.rules.standAlone || !question.virtualCluster.isEmpty {
                question.virtualCluster = try await self.virtualCluster(question.virtualCluster, gateway: gateway)
            }
            let asked = question
            return try .json(try await self.asking { try await self.engineClient.explain(asked) })
        }

        routes.post(
            Paths.gateway + "/probe",
            APIOperation(
                "probe", "Opens a connection through the listener, and reads.", tag: "Inspection",
                body: .json(
                    .object(
                        ["virtual_cluster": .string],
                        optional: ["token": Schema.string.orNull, "action": .choice(of: ProbeQuestion.Action.self)],
                        isClosed: false)),
                .ok(.component("ProbeReport")))
        ) { request, context in
            let gateway = try await self.gatewayScope(context)
            var question = try await request.decoded(ProbeQuestion.self)
            question.virtualCluster = try await self.virtualCluster(question.virtualCluster, gateway: gateway)
            let asked = question
            return try .json(try await self.asking { try await self.engineClient.probe(asked) })
        }

        routes.post(
            Paths.gateway + "/reachability",
            APIOperation(
                "checkReachability", "Whether a server can be reached from here.", tag: "Inspection",
                body: .json(
                    .oneOf([
                        .object(["type": .const("backend"), "bootstrap_servers": .array(.string)], isClosed: false),
                        .object(["type": .const("jwks"), "url": .string], isClosed: false),
                        .object(["type": .const("port"), "address": .string, "port": .integer], isClosed: false),
                    ])),
                .ok(.component("ReachabilityReport")))
        ) { request, context in
            _ = try await self.gatewayScope(context)
            let target = try await request.decoded(ReachabilityTarget.self)
            return try .json(try await self.asking { try await self.engineClient.check(target) })
        }

        routes.get(
            Paths.virtualCluster + "/topics",
            APIOperation(
                "listTopics", "The topics behind a virtual cluster.", tag: "Inspection",
                .ok(.array(.component("TopicView"))))
        ) { _, context in
            let cluster = try await self.virtualClusterScope(context)
            return try .json(try await self.asking { try await self.engineClient.topics(virtualCluster: cluster) })
        }

        routes.post(
            Paths.virtualCluster + "/topics",
            APIOperation(
                "createTopic", "Makes a topic on the backend cluster.", tag: "Inspection",
                body: .json(
                    .object(
                        ["name": .text(atMost: TopicName.maximumBytes)], optional: ["partitions": .integer(1...10_000)])
                ),
                .noContent)
        ) { request, context in
            let cluster = try await self.virtualClusterScope(context)
            let topic = try BodyReader.read(try await request.json()) { reader -> TopicBody? in
                let name = reader["name"].string(.length(1...TopicName.maximumBytes))
                let partitions = reader["partitions"].ifPresent.flatMap { $0.integer(in: 1...10_000) } ?? 1
                return name.map { TopicBody(name: $0, partitions: Int32(clamping: partitions)) }
            }
            try await self.asking {
                try await self.engineClient.createTopic(
                    topic.name, partitions: topic.partitions, virtualCluster: cluster)
            }
            try await self.store.record(
                AuditChange(
                    .created, "topic", id: topic.name, name: topic.name,
                    after: .object([
                        "virtual_cluster_id": .string(cluster), "partitions": .integer(Int64(topic.partitions)),
                    ])))
            return .noContent
        }

        routes.get(
            Paths.virtualCluster + "/groups",
            APIOperation(
                "listGroups", "The consumer groups behind a virtual cluster.", tag: "Inspection",
                .ok(.array(.component("GroupView"))))
        ) { _, context in
            let cluster = try await self.virtualClusterScope(context)
            return try .json(try await self.asking { try await self.engineClient.groups(virtualCluster: cluster) })
        }
        return routes
    }
}

extension AccessRules {
    /// Whether they may be asked about without a virtual cluster.
    fileprivate var standAlone: Bool {
        switch self {
        case .inForce, .inForceAnd: false
        case .only: true
        }
    }
}
