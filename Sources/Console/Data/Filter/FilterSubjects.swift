import EngineInterface
import Foundation
import Resources

extension DecisionRecord: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "principal": [self.principal]
        case "op": [self.operation.rawValue]
        case "result": [self.verdict.rawValue]
        case "topic": self.resourceType == .topic ? [self.resourceName] : []
        case "group": self.resourceType == .group ? [self.resourceName] : []
        case "cluster": self.resourceType == .cluster ? [self.resourceName] : []
        case "transaction": self.resourceType == .transactionalID ? [self.resourceName] : []
        case "resource", "name": [self.resourceName, ResourceText.short(self.resourceType, self.resourceName)]
        case "type", "kind": [self.resourceType.rawValue]
        case "rule": [self.rule, RuleName.shown(self.rule)]
        case "policy": [RuleName.policy(self.rule)]
        case "vc": [self.virtualCluster]
        case "gateway": [self.gateway]
        case "api": [self.api]
        case "reason", "message": [self.reason]
        case "client", "host":
            ([self.remoteAddress, self.remoteAddress.map { String(HostPort.withoutPort($0)) }, self.clientID])
                .compactMap { $0 }
        case "clientid": self.clientID.map { [$0] } ?? []
        case "session": [String(self.sessionID)]
        default: nil
        }
    }

    var filterText: String {
        [
            self.verdict.rawValue, self.principal, self.operation.rawValue, self.resourceName, self.virtualCluster,
            RuleName.shown(self.rule), self.api, self.remoteAddress ?? "", self.clientID ?? "", self.reason,
        ].joined(separator: " ")
    }

    func anyFilterText(_ test: (String) -> Bool) -> Bool {
        test(self.principal) || test(self.resourceName) || test(self.operation.rawValue) || test(self.virtualCluster)
            || test(self.rule) || test(self.reason) || test(self.api) || test(self.clientID ?? "")
            || test(self.remoteAddress ?? "") || test(self.resourceType.rawValue)
    }

    var filterTime: Date? { self.time }
}

extension LogLine: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "level": [self.level.rawValue, LevelText.short(self.level)]
        case "component": [self.component]
        case "message": [self.message]
        case "vc": self.metadata["virtualCluster"].map { [$0] } ?? []
        case "client": self.metadata["remoteAddress"].map { [$0] } ?? []
        case "session": self.metadata["sessionID"].map { [$0] } ?? []
        default: self.metadata[field].map { [$0] }
        }
    }

    var filterText: String {
        ([LevelText.short(self.level), self.component, self.message]
            + self.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    func anyFilterText(_ test: (String) -> Bool) -> Bool {
        test(self.message) || test(self.component) || test(LevelText.short(self.level)) || test(self.level.rawValue)
            || self.metadata.contains { test($0.value) || test("\($0.key)=\($0.value)") }
    }

    var filterTime: Date? { self.time }
}

extension ConnectionView: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "client", "host":
            [self.remoteAddress, String(HostPort.withoutPort(self.remoteAddress)), self.clientID].compactMap { $0 }
        case "principal": self.principal.map { [$0] } ?? []
        case "vc": self.virtualCluster.map { [$0] } ?? []
        case "listener": [self.listener]
        case "gateway": [self.gateway]
        case "auth": self.authentication.map { [$0, AuthenticationText.short($0)] } ?? []
        case "clientid": self.clientID.map { [$0] } ?? []
        case "software": [self.software]
        case "upstream", "backend": self.upstream.map { [$0] } ?? []
        case "state": [self.state.rawValue]
        case "session", "id": [String(self.sessionID)]
        case "result": self.denied > 0 ? ["denied"] : ["allowed"]
        default: nil
        }
    }

    var software: String {
        [self.clientSoftwareName, self.clientSoftwareVersion].compactMap { $0 }.joined(separator: " ")
    }

    var filterText: String {
        [
            self.remoteAddress, self.principal ?? "", self.virtualCluster ?? "", self.listener,
            self.authentication ?? "", self.clientID ?? "", self.software, self.upstream ?? "", self.state.rawValue,
        ].joined(separator: " ")
    }

    func anyFilterText(_ test: (String) -> Bool) -> Bool {
        test(self.remoteAddress) || test(self.principal ?? "") || test(self.virtualCluster ?? "")
            || test(self.listener) || test(self.authentication ?? "") || test(self.clientID ?? "")
            || test(self.clientSoftwareName ?? "") || test(self.clientSoftwareVersion ?? "")
            || test(self.upstream ?? "") || test(self.state.rawValue)
    }

    func filterNumber(_ field: String) -> Double? {
        switch field {
        case "bytes": Double(self.bytesIn) + Double(self.bytesOut)
        case "in": Double(self.bytesIn)
        case "out": Double(self.bytesOut)
        case "denied": Double(self.denied)
        case "requests": Double(self.requests)
        case "port": Double(self.localPort)
        default: nil
        }
    }

    var filterTime: Date? { self.connectedAt }
}
