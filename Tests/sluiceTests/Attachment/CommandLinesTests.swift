import ArgumentParser
import EngineInterface
import Foundation
import JSON
import Resources
import Testing

@testable import Console
@testable import sluice

/// The command lines that the console offers are commands of this program.
@Suite struct CommandLinesTests {
    /// A command line as a shell splits it.
    private func words(_ line: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "set -- \(line); for word do printf '%s\\0' \"$word\"; done"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func parsed(_ line: String) throws -> any ParsableCommand {
        let words = try self.words(line)
        #expect(words.first == "sluice")
        return try Sluice.parseAsRoot(Array(words.dropFirst()))
    }

    private static let names = ["orders", "a b", "-x", "--", "o'brien", "$HOME", "#1", "日本", "a=b", "*"]

    private func record(_ name: String, _ type: ResourceType, authentication: String) -> DecisionRecord {
        DecisionRecord(
            sequence: 1, eventLoop: 0, ordinal: 1, time: Date(timeIntervalSince1970: 0), gateway: "edge",
            virtualCluster: "orders", principal: name, authentication: authentication, sessionID: 1, clientID: nil,
            api: "Metadata", resourceType: type, resourceName: name, operation: .describe, verdict: .denied,
            rule: "r", reason: "because")
    }

    @Test(arguments: Self.names, ResourceType.allCases)
    func `the command of a proposed rule asks the same question`(name: String, type: ResourceType) throws {
        let now = Date(timeIntervalSince1970: 0)
        let gateway = Gateway(id: "g", name: name, description: "", createdAt: now, updatedAt: now)
        let cluster = VirtualCluster(
            id: "v", name: name, destination: Reference(id: "b", name: "b"), authentication: [],
            aclMode: .enforceOnGateway, dnsLabel: "v", createdAt: now, updatedAt: now)
        for authentication in ["sasl_oauth_bearer", "anonymous"] {
            let proposal = RuleProposal(
                self.record(name, type, authentication: authentication), cluster: ClusterPlace(cluster, in: gateway),
                log: DecisionLog(), taken: [], now: now)
            let command = try #require(try self.parsed(proposal.commandLine) as? ExplainCommand)
            #expect(command.gateway == name && command.virtualCluster == name)
            #expect(command.anonymous == (authentication == "anonymous"))
            #expect(command.principal == (authentication == "anonymous" ? nil : name))
            #expect(command.operation == "describe")
            #expect(command.topic == (type == .topic ? name : nil))
            #expect(command.group == (type == .group ? name : nil))
            #expect(command.transactionalID == (type == .transactionalID ? name : nil))
            #expect(command.cluster == (type == .cluster))
        }
    }

    @Test(arguments: Self.names) func `the command of a place can be given to a shell`(name: String) throws {
        var state = ConsoleState(
            size: Size(columns: 80, rows: 24), glyphs: .ascii, now: Date(timeIntervalSince1970: 0))
        let now = state.now
        let cluster = VirtualCluster(
            id: "v", name: name, destination: Reference(id: "b", name: "b"), authentication: [],
            aclMode: .enforceOnGateway, dnsLabel: "v", createdAt: now, updatedAt: now)
        var gateway = try Gateway(id: "g", name: name, description: "", createdAt: now, updatedAt: now).object()
        var virtualCluster = try cluster.object()
        virtualCluster["cluster_policies"] = .array([])
        gateway["backend_clusters"] = .array([])
        gateway["virtual_clusters"] = .array([.object(virtualCluster)])
        gateway["listeners"] = .array([])
        _ = state.update(
            .configuration(
                try ConfigurationTree(
                    reading: .object(["auth_servers": .array([]), "gateways": .array([.object(gateway)])]))))
        state.setup.exportPath = name
        for place in Place.allCases {
            state.setFilter(Filter.term("principal", name), for: place)
            if let line = place.screen.commandLine(state) {
                #expect(throws: Never.self, "\(line)") { try self.parsed(line) }
            }
        }
        let check = try #require(try self.parsed(TokensScreen.commandLine(state) ?? "") as? TokenCommand.Check)
        #expect(check.virtualCluster == name && check.token == "-")
    }
}
