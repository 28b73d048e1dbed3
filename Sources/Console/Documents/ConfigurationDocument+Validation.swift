package import GatewayModel

/// Checks a document without a server, with the same readers that the management API uses.
extension ConfigurationDocument {
    /// All that the API would refuse of the gateways, as far as it can be told without knowing the instance.
    ///
    /// Auth servers are checked for references and unknown fields only; their values are the server's to judge.
    /// - Parameter text: what the document was read from, to find the places.
    package func problems(in text: String, expressions: PolicyExpressionCheck) -> [DocumentError] {
        guard let located = try? YAMLReader.read(text) else { return [] }
        var problems: [DocumentError] = []
        do throws(DocumentErrors) {
            _ = try ConfigurationPlan.make(current: ConfigurationTree(), wanted: self)
        } catch {
            problems += error.errors
        }
        var check = Check(located: located, expressions: expressions)
        for (index, gateway) in (self.gateways ?? []).enumerated() { check.gateway(gateway, "gateways[\(index)]") }
        return (problems + check.problems).sorted { left, right in
            (left.place ?? DocumentPlace(line: 0, column: 0)) < (right.place ?? DocumentPlace(line: 0, column: 0))
        }
    }

    private struct Check {
        var located: LocatedValue
        var expressions: PolicyExpressionCheck
        var problems: [DocumentError] = []
        /// Ports are checked across all gateways.
        private var listeners: [Listener] = []

        init(located: LocatedValue, expressions: PolicyExpressionCheck) {
            self.located = located
            self.expressions = expressions
        }

        /// Reads one entity as the API would.
        private mutating func read<Value>(
            _ node: EntityNode, _ path: String, _ read: (BodyReader, EntityStamp) throws -> Value?
        ) -> Value? {
            let stamp = EntityStamp(
                id: path, createdAt: Timestamp.date(milliseconds: 0), updatedAt: Timestamp.date(milliseconds: 0))
            do {
                return try BodyReader.read(.object(node.fields)) { try read($0, stamp) }
            } catch let problem as Problem {
                for parameter in problem.invalidParameters {
                    self.problems.append(
                        DocumentError(
                            "\(parameter.field) \(parameter.reason)",
                            at: self.located.place(of: "\(path).\(parameter.field)")))
                }
            } catch {
                self.problems.append(DocumentError("cannot be read", at: self.located.place(of: path)))
            }
            return nil
        }

        mutating func gateway(_ node: EntityNode, _ path: String) {
            let gateway = self.read(node, path) { Gateway(reading: $0, stamp: $1) }
            var backends: [BackendCluster] = []
            for (index, child) in (node.children[.backendCluster] ?? []).enumerated() {
                let read = self.read(child, "\(path).backend_clusters[\(index)]") {
                    BackendCluster(reading: $0, stamp: $1) { nil }
                }
                if let read { backends.append(read) }
            }
            for (index, child) in (node.children[.virtualCluster] ?? []).enumerated() {
                let place = "\(path).virtual_clusters[\(index)]"
                _ = self.read(child, place) { reader, stamp in
                    VirtualCluster(reading: reader, stamp: stamp) { input in
                        backends.first { $0.name == input.text } ?? Self.assumedBackend
                    }
                }
                guard let gateway else { continue }
                for (number, policy) in (child.children[.clusterPolicy] ?? []).enumerated() {
                    let expressions = self.expressions
                    _ = self.read(policy, "\(place).cluster_policies[\(number)]") { reader, stamp in
                        ClusterPolicy(reading: reader, stamp: stamp, gateway: gateway, expressions: expressions)
                    }
                }
            }
            for (index, child) in (node.children[.listener] ?? []).enumerated() {
                let place = "\(path).listeners[\(index)]"
                let others = self.listeners
                let read = self.read(child, place) { Listener(reading: $0, stamp: $1, others: others) }
                if let read { self.listeners.append(read) }
                var policies: [ListenerPolicy] = []
                for (number, policy) in (child.children[.listenerPolicy] ?? []).enumerated() {
                    let before = policies
                    let read = self.read(policy, "\(place).policies[\(number)]") { reader, stamp in
                        ListenerPolicy(reading: reader, stamp: stamp, others: before) { input in
                            Reference(id: input.text, name: input.text)
                        }
                    }
                    if let read { policies.append(read) }
                }
            }
        }

        /// Stands for a backend cluster that the document only names: that it is missing is said elsewhere.
        private static let assumedBackend = BackendCluster(
            id: "", name: "", bootstrapServers: [], insecureAllowAnonymousVirtualClusterAuth: true,
            createdAt: Timestamp.date(milliseconds: 0), updatedAt: Timestamp.date(milliseconds: 0))
    }
}
