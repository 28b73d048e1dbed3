import ArgumentParser
import Foundation
import Logging
import Sandbox

/// How the sandbox cluster is started.
struct SandboxSettings: Equatable {
    /// Address to listen on.
    var host = "127.0.0.1"
    /// Port of broker 0; the others take the next two. 0: any free ones.
    var port = 9094
    /// Host that the brokers advertise to clients; nil: one that fits `host`.
    var advertisedHost: String?
    /// Make topics when clients ask for them.
    var autoCreate = false
    /// The most memory for records and what the cluster remembers of its clients; nil: the sandbox's own bound.
    var memoryBytes: Int?

    /// Brokers that listen on all addresses advertise `localhost`, which all clients of this machine reach.
    private var effectiveAdvertisedHost: String {
        self.advertisedHost ?? (["127.0.0.1", "0.0.0.0", "::"].contains(self.host) ? "localhost" : self.host)
    }

    /// - Parameter takesFreePorts: when a port is in use the brokers take any free ones.
    func start(
        maximumConnections: Int, logger: Logger, takesFreePorts: Bool = false
    ) async throws -> SandboxCluster {
        var configuration = SandboxConfiguration()
        configuration.bindHost = self.host == "localhost" ? "127.0.0.1" : self.host
        configuration.advertisedHost = self.effectiveAdvertisedHost
        configuration.ports = self.port == 0 ? [0, 0, 0] : [self.port, self.port + 1, self.port + 2]
        configuration.autoCreateTopics = self.autoCreate
        configuration.maximumConnections = maximumConnections
        if let memoryBytes {
            configuration.capacityBytes = memoryBytes
            // One request must not take what is meant for all records; a batch of the largest usual size still fits.
            configuration.maximumRequestBytes = min(configuration.maximumRequestBytes, max(2 << 20, memoryBytes / 4))
        }
        do {
            do {
                return try await SandboxCluster.start(configuration, logger: logger)
            } catch let error as SandboxError where error.isAddressInUse && takesFreePorts {
                configuration.ports = [0, 0, 0]
                return try await SandboxCluster.start(configuration, logger: logger)
            }
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

extension SandboxSettings {
    /// A host as flags write it: an IPv6 address with or without brackets.
    ///
    /// - Parameter setting: the setting's name, for the message.
    static func host(_ text: String, setting: String) throws -> String {
        let host = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        let isHost =
            !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: ":"), UInt8(ascii: "%"):
                    true
                default: false
                }
            }
        // One colon would be a port.
        guard isHost, host.split(separator: ":", omittingEmptySubsequences: false).count != 2 else {
            throw CommandFailure(
                "\(setting) is '\(text)'; it must be a host name or an address without a port, such as 192.0.2.10 or ::1.",
                isWrongUse: true)
        }
        return host
    }

    /// A number of bytes: `512MiB`, `1GiB`, or digits alone.
    ///
    /// - Parameter setting: the setting's name, for the message.
    static func memory(_ text: String, setting: String) throws -> Int {
        let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)]
        let range = (1 << 20)...(1 << 40)
        for (unit, size) in units where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count)
            guard let number = Int(digits), digits.utf8.allSatisfy({ (48...57).contains($0) }) else { continue }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: size)
            if !overflow, range.contains(bytes) { return bytes }
        }
        throw CommandFailure(
            "\(setting) is '\(text)'; it must be a number of bytes from 1MiB to 1024GiB, such as 512MiB.",
            isWrongUse: true)
    }
}

/// The sandbox beside a gateway, as flags. Kept as texts: environment and file are read in the same way.
struct SandboxOptions: ParsableArguments {
    @Option(
        name: .customLong("sandbox"), defaultAsFlag: "127.0.0.1",
        help: "Run the sandbox cluster too, on HOST (default: 127.0.0.1), ports 9094 to 9096.")
    var host: String?
    @Option(
        name: .customLong("sandbox-port"),
        help:
            "Port of the sandbox's broker 0; brokers 1 and 2 take the next two (default: 9094). 0 takes any free ones.")
    var givenPort: Int?
    @Option(
        name: .customLong("sandbox-advertise"),
        help: "Host that the sandbox advertises to clients (default: its HOST, or localhost).")
    var advertise: String?
    @Flag(name: .customLong("sandbox-auto-create"), help: "Create topics in the sandbox when clients ask for them.")
    var autoCreate = false
    @Option(
        name: .customLong("sandbox-memory"),
        help: "Memory for the sandbox's records, such as 256MiB; the oldest are deleted first (default: 1GiB).")
    var memory: String?

    func validate() throws {
        guard (0...65_533).contains(self.givenPort ?? 0) else {
            throw ValidationError(
                "--sandbox-port must be 0 to 65533, for three ports in a row; it is \(self.givenPort ?? 0).")
        }
    }

    /// Refuses flags that say how a sandbox is started where none is: they would do nothing.
    func requireSandbox(_ settings: Settings) throws {
        guard try !self.read(settings).isWanted else { return }
        let given = [
            ("--sandbox-port", self.givenPort != nil), ("--sandbox-advertise", self.advertise != nil),
            ("--sandbox-auto-create", self.autoCreate), ("--sandbox-memory", self.memory != nil),
        ]
        guard let flag = given.first(where: \.1)?.0 else { return }
        throw CommandFailure("\(flag) is given, and no sandbox is started: add --sandbox.", isWrongUse: true)
    }

    /// Names of the settings in environment and file.
    static let names = ["sandbox", "sandbox-advertise", "sandbox-auto-create", "sandbox-memory"]

    /// - Returns: how to start the sandbox, and whether it starts with the instance.
    /// - Throws: `CommandFailure` for wrong use, wherever the value comes from.
    func read(_ settings: Settings) throws -> (sandbox: SandboxSettings, isWanted: Bool) {
        var sandbox = SandboxSettings(port: self.givenPort ?? 9094)
        var isWanted = false
        if let host = settings.value("sandbox", flag: self.host) {
            switch Self.truth(host) {
            case false?: break
            case true?: isWanted = true
            case nil:
                isWanted = true
                sandbox.host = try SandboxSettings.host(host, setting: "sandbox")
            }
        }
        sandbox.advertisedHost = try settings.value("sandbox-advertise", flag: self.advertise).map {
            try SandboxSettings.host($0, setting: "sandbox-advertise")
        }
        if let text = settings.value("sandbox-auto-create", flag: self.autoCreate ? "true" : nil) {
            guard let autoCreate = Self.truth(text) else {
                throw CommandFailure("sandbox-auto-create is '\(text)'; it must be true or false.", isWrongUse: true)
            }
            sandbox.autoCreate = autoCreate
        }
        sandbox.memoryBytes = try settings.value("sandbox-memory", flag: self.memory).map {
            try SandboxSettings.memory($0, setting: "sandbox-memory")
        }
        return (sandbox, isWanted)
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "", "off", "false", "0", "no": false
        case "on", "true", "1", "yes": true
        default: nil
        }
    }
}
