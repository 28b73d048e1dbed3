import EngineInterface
import KafkaProtocol
import Policies
import Resources
import Testing

@testable import Gateway

@Suite struct SessionAuthorizerTests {
    private final class Ledger {
        var decisions: [RecordedDecision] = []
        var short: [String] {
            self.decisions.map {
                "\($0.api) \($0.operation.rawValue) \($0.type.rawValue) \($0.name) \($0.verdict.rawValue)"
            }
        }
    }

    private func authorizer(_ rules: [ACLRule], _ ledger: Ledger) throws -> SessionAuthorizer {
        SessionAuthorizer(rules: try OracleWorld.ruleSet(rules)) { ledger.decisions.append($0) }
    }

    @Test func `one operation on one resource counts once in one request`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([OracleWorld.rule(.topic, .allow, .read, "a")], ledger)
        authorizer.beginRequest(api: .fetch)
        for _ in 0..<3 {
            #expect(authorizer.allows(.read, .topic, "a"))
            #expect(!authorizer.allows(.read, .topic, "b"))
        }
        authorizer.beginRequest(api: .fetch)
        #expect(authorizer.allows(.read, .topic, "a"))
        #expect(
            ledger.short == ["Fetch read topic a allowed", "Fetch read topic b denied", "Fetch read topic a allowed"])
    }

    @Test func `what is left out of a list is filtered, not denied`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([], ledger)
        authorizer.beginRequest(api: .listGroups)
        #expect(!authorizer.shows(.describe, .group, "g"))
        #expect(ledger.short == ["ListGroups describe group g filtered"])
    }

    @Test func `of two permissions the one that grants is recorded, or the refusal of the narrow one`() throws {
        let ledger = Ledger()
        let narrow = Permission(.create, .topic, "t")
        let granting = try self.authorizer([OracleWorld.rule(.cluster, .allow, .create, "*")], ledger)
        granting.beginRequest(api: .createTopics)
        #expect(granting.allows(.cluster(.create), or: narrow))
        let refusing = try self.authorizer([], ledger)
        refusing.beginRequest(api: .createTopics)
        #expect(!refusing.allows(.cluster(.create), or: narrow))
        #expect(
            ledger.short == [
                "CreateTopics create cluster kafka-cluster allowed", "CreateTopics create topic t denied",
            ])
    }

    @Test func `writing to any one topic is enough for an idempotent producer`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([OracleWorld.rule(.topic, .allow, .write, "t")], ledger)
        authorizer.beginRequest(api: .initProducerId)
        #expect(authorizer.allows(.cluster(.idempotentWrite), orAny: .write, .topic))
        #expect(ledger.short == ["InitProducerId write topic * allowed"])
    }

    @Test func `a question beforehand records nothing`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([], ledger)
        #expect(!authorizer.wouldAllow(.cluster(.describe)))
        #expect(ledger.decisions.isEmpty)
    }

    @Test func `changed rules hold for the next decision`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([], ledger)
        authorizer.beginRequest(api: .fetch)
        #expect(!authorizer.allows(.read, .topic, "a"))
        authorizer.replaceRules(try OracleWorld.ruleSet([OracleWorld.rule(.topic, .allow, .read, "a")]))
        authorizer.beginRequest(api: .fetch)
        #expect(authorizer.allows(.read, .topic, "a"))
    }

    @Test func `without rules everything is allowed and nothing is recorded`() {
        let ledger = Ledger()
        let authorizer = SessionAuthorizer(rules: nil) { ledger.decisions.append($0) }
        #expect(authorizer.allows(.write, .topic, "a"))
        #expect(authorizer.allows(.cluster(.idempotentWrite), orAny: .write, .topic))
        #expect(authorizer.allows(.cluster(.create), or: Permission(.create, .topic, "t")))
        #expect(authorizer.allowsClusterAction())
        #expect(authorizer.authorizedOperations(.topic, "a") == nil)
        #expect(ledger.decisions.isEmpty)
    }

    @Test func `more names than the cache holds are still decided rightly`() throws {
        let ledger = Ledger()
        let authorizer = try self.authorizer([OracleWorld.rule(.topic, .allow, .read, "t1*")], ledger)
        authorizer.beginRequest(api: .metadata)
        for number in 0..<(SessionAuthorizer.capacity + 100) {
            let name = "t\(number)"
            #expect(authorizer.allows(.read, .topic, name) == name.hasPrefix("t1"))
        }
    }
}
