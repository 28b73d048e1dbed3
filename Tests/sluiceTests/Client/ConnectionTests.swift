import Foundation
import Store
import Testing

@testable import sluice

@Suite struct ConnectionTests {
    /// A data directory that an instance holds, at an address on which nothing listens.
    private func held(at api: String?, _ body: (_ directory: String, _ token: String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let directory = try DataDirectory(path: path)
        let token = try directory.adminToken()
        let lock = try api.map { api in
            let lock = try directory.lock()
            try lock.publish(ServeInformation(api: api))
            return lock
        }
        try body(path, token)
        withExtendedLifetime(lock) {}
    }

    private func connection(
        _ name: String?, _ directory: String, token: String? = nil
    ) throws -> ManagementConnection {
        try InstanceOptions.connection(
            named: name, dataDirectory: directory, environment: token.map { ["SLUICE_ADMIN_TOKEN": $0] } ?? [:])
    }

    @Test func `the token of the data directory goes to the instance that holds it`() throws {
        try self.held(at: "http://127.0.0.1:9190") { directory, token in
            for name in [nil, "http://127.0.0.1:9190", "localhost:9190", "http://localhost:9190/"] {
                let connection = try self.connection(name, directory)
                #expect(connection.url == "http://127.0.0.1:9190")
                #expect(connection.token == token)
            }
        }
    }

    @Test(arguments: ["http://example.org", "http://127.0.0.1:9191", "https://127.0.0.1:9190", "10.1.2.3:9190"])
    func `no other address gets it, whoever names it`(name: String) throws {
        try self.held(at: "http://127.0.0.1:9190") { directory, token in
            #expect {
                try self.connection(name, directory)
            } throws: { error in
                guard let failure = error as? CommandFailure else { return false }
                return failure.exitCode == 1 && failure.message.contains("SLUICE_ADMIN_TOKEN")
                    && failure.message.contains("http://127.0.0.1:9190") && !failure.message.contains(token)
            }
            let given = try self.connection(name, directory, token: "given")
            #expect(given.token == "given")
        }
    }

    @Test func `without an instance the token goes nowhere`() throws {
        try self.held(at: nil) { directory, _ in
            #expect(throws: CommandFailure.self) { try self.connection("http://127.0.0.1:9190", directory) }
            #expect(throws: CommandFailure.self) { try self.connection(nil, directory) }
        }
        #expect(throws: CommandFailure.self) { try self.connection("http://127.0.0.1:9190", "/nonexistent") }
    }
}
