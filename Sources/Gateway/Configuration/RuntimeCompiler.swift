import EngineInterface
import Foundation
import Logging
import NIOCore
import Policies
import Resources

/// Compiles a configuration into the form that sessions use, keeping every part that did not change.
struct RuntimeCompiler {
    struct Result {
        var runtime: RuntimeConfiguration
        /// The monitors by backend cluster id.
        var monitors: [String: BackendClusterMonitor]
    }

    let previous: RuntimeConfiguration
    let monitors: [String: BackendClusterMonitor]
    let keys: JWKSCache
    let logger: Logger
    let nextLoop: () -> any EventLoop

    func compile(_ configuration: EngineConfiguration) -> Result {
        var result = Result(runtime: RuntimeConfiguration(revision: configuration.revision), monitors: [:])
        for gateway in configuration.gateways {
            for cluster in gateway.backendClusters {
                result.monitors[cluster.id] = self.monitor(for: cluster, gatewayName: gateway.gateway.name)
            }
            var virtualClusters: [String: VirtualClusterRuntime] = [:]
            for virtualCluster in gateway.virtualClusters {
                guard let monitor = result.monitors[virtualCluster.virtualCluster.destination.id] else { continue }
                let runtime = self.virtualCluster(virtualCluster, gateway: gateway.gateway, monitor: monitor)
                virtualClusters[virtualCluster.virtualCluster.id] = runtime
                result.runtime.virtualClusters.append(runtime)
            }
            for listener in gateway.listeners {
                let route = self.route(listener, gateway: gateway.gateway, virtualClusters: virtualClusters)
                for key in ListenerBinder.bindings(of: listener.listener) { result.runtime.routes[key] = route }
            }
        }
        return result
    }

    private func monitor(for cluster: BackendCluster, gatewayName: String) -> BackendClusterMonitor {
        if let known = self.monitors[cluster.id], known.isEquivalent(to: cluster) {
            known.become(cluster, gatewayName: gatewayName)
            return known
        }
        return BackendClusterMonitor(
            cluster: cluster, gatewayName: gatewayName, loop: self.nextLoop(), logger: self.logger)
    }

    private func virtualCluster(
        _ configuration: VirtualClusterConfiguration, gateway: Gateway, monitor: BackendClusterMonitor
    ) -> VirtualClusterRuntime {
        let known = self.previous.virtualClusters.first {
            $0.virtualCluster.id == configuration.virtualCluster.id && $0.gatewayName == gateway.name
        }
        if let known, known.monitor === monitor, known.configuration.hasSameBytes(as: configuration) { return known }
        var acl: CompiledACL?
        if configuration.virtualCluster.aclMode == .enforceOnGateway {
            acl = self.compile(configuration.clusterPolicies, of: configuration.virtualCluster)
        }
        return VirtualClusterRuntime(
            gatewayID: gateway.id, gatewayName: gateway.name, configuration: configuration, acl: acl, monitor: monitor,
            authenticator: TokenAuthenticator(rules: configuration.virtualCluster.authentication, keys: self.keys))
    }

    private func compile(_ policies: [ClusterPolicy], of virtualCluster: VirtualCluster) -> CompiledACL {
        do {
            return try CompiledACL(policies: policies)
        } catch {
            // The API refuses a rule that does not compile, so this configuration is an older one: deny everything
            // rather than guess.
            self.logger.error(
                "policies do not compile; everything is denied",
                metadata: ["virtualCluster": "\(virtualCluster.name)", "error": "\(error)"])
            return self.compile([], of: virtualCluster)
        }
    }

    private func route(
        _ configuration: ListenerConfiguration, gateway: Gateway, virtualClusters: [String: VirtualClusterRuntime]
    ) -> ListenerRoute {
        var route = ListenerRoute(gatewayID: gateway.id, gatewayName: gateway.name, listener: configuration.listener)
        if let forward = configuration.policies.lazy.filter(\.enabled).compactMap(\.portMapping).first,
            let virtualCluster = virtualClusters[forward.destination.id],
            let mapping = PortMapping(listener: configuration.listener, configuration: forward)
        {
            route.forward = .init(
                endpoints: BrokerEndpoints(advertisedHost: forward.advertisedHost, mapping: mapping),
                virtualCluster: virtualCluster)
        }
        return route
    }
}

extension VirtualClusterConfiguration {
    /// Whether both are equal, with names and values compared byte by byte: `==` treats different spellings of a letter
    /// as equal.
    fileprivate func hasSameBytes(as other: VirtualClusterConfiguration) -> Bool {
        guard self == other else { return false }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return try encoder.encode(self.virtualCluster) == encoder.encode(other.virtualCluster)
                && encoder.encode(self.clusterPolicies) == encoder.encode(other.clusterPolicies)
        } catch {
            return false
        }
    }
}
