// swift-tools-version: 6.2
import PackageDescription

// Each module is listed with what it may import; the build refuses any other import
// (`--explicit-target-dependency-import-check error`).
//
// SLUICE_TARGETS=KafkaProtocol,Sandbox   builds only those modules, what they need, and their tests: a fast inner loop.
// SLUICE_BENCHMARKS=1                    adds the load generator of the benchmarks.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tool(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, exclude: [String] = [])
    -> Target
{
    .executableTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

var targets: [Target] = [
    module("KafkaProtocol", [nioCore]),
    tool("KafkaProtocolGenerator", exclude: ["Specifications"]),
    module("JSON"),
    module("Resources", ["JSON", yams]),
    module("EngineInterface", ["JSON", "Resources"]),
    module("Patterns"),
    module("PolicyExpressions", ["Patterns"]),
    module("Policies", ["KafkaProtocol", "Patterns", "PolicyExpressions", "Resources"]),
    module(
        "Gateway",
        [
            "EngineInterface", "JSON", "KafkaProtocol", "Patterns", "Policies", "PolicyExpressions", "Resources",
            asyncHTTPClient, collections, crypto, jwtKit, logging, nioCore, nioHTTP1, nioPosix,
        ]),
    module("Sandbox", ["KafkaProtocol", collections, logging, nioCore, nioPosix]),
    module("Store", ["EngineInterface", "JSON", "Resources", crypto, cryptoExtras, grdb]),
    module(
        "ManagementHTTP", ["JSON", "Resources", "Store", crypto, httpTypes, hummingbird, logging, nioCore]),
    module(
        "Identity",
        [
            "EngineInterface", "JSON", "ManagementHTTP", "Resources", "Store", crypto, cryptoExtras, httpTypes,
            hummingbird, jwtKit, logging, nioCore, nioPosix,
        ]),
    module(
        "ControlAPI",
        [
            "EngineInterface", "JSON", "ManagementHTTP", "Policies", "PolicyExpressions", "Resources", "Store",
            httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1, serviceLifecycle,
        ]),
    module("Console", ["EngineInterface", "JSON", "Patterns", "Resources"]),
    .target(
        name: "CNCurses", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
        linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    module("ConsoleTerminal", ["CNCurses", "Console", "Resources"]),
    tool(
        "sluice",
        [
            "Console", "ConsoleTerminal", "ControlAPI", "EngineInterface", "Gateway", "Identity", "JSON",
            "ManagementHTTP", "Resources", "Sandbox", "Store", argumentParser, asyncHTTPClient, hummingbird,
            hummingbirdCore, logging, nioCore, nioHTTP1, nioPosix, serviceLifecycle, tomlKit, unixSignals,
        ]),

    .target(
        name: "TestSupport", dependencies: [nioCore], path: "Tests/TestSupport",
        swiftSettings: settings),
    .target(
        name: "ResourceFixtures", dependencies: ["JSON", "Resources"], path: "Tests/ResourceFixtures",
        swiftSettings: settings),
    tests(
        "KafkaProtocolTests", ["KafkaProtocol", "KafkaProtocolGenerator", "TestSupport", nioCore],
        resources: [.copy("Fixtures")]),
    tests("JSONTests", ["JSON"]),
    tests("ResourcesTests", ["JSON", "ResourceFixtures", "Resources"]),
    tests("EngineInterfaceTests", ["EngineInterface", "JSON", "Resources"]),
    tests("PatternsTests", ["Patterns"]),
    tests("PolicyExpressionsTests", ["PolicyExpressions"]),
    tests("PoliciesTests", ["Patterns", "Policies", "PolicyExpressions", "Resources"]),
    tests(
        "GatewayTests",
        [
            "EngineInterface", "Gateway", "JSON", "KafkaProtocol", "Patterns", "Policies", "PolicyExpressions",
            "Resources", "Sandbox", "TestSupport", jwtKit, logging, nioCore, nioEmbedded, nioPosix, crypto,
            cryptoExtras,
        ], resources: [.copy("Fixtures")]),
    tests(
        "SandboxTests", ["KafkaProtocol", "Sandbox", "TestSupport", logging, nioCore, nioEmbedded, nioPosix],
        resources: [.copy("Clients")]),
    tests("StoreTests", ["EngineInterface", "JSON", "Resources", "Store"]),
    tests("ManagementHTTPTests", ["JSON", "ManagementHTTP", "Resources"]),
    tests(
        "IdentityTests",
        [
            "EngineInterface", "Identity", "JSON", "ManagementHTTP", "Resources", "Store", hummingbird,
            hummingbirdTesting, httpTypes, jwtKit, logging, nioCore,
        ]),
    tests(
        "ControlAPITests",
        [
            "ControlAPI", "EngineInterface", "Identity", "JSON", "ManagementHTTP", "Resources", "Store", hummingbird,
            hummingbirdTesting, httpTypes, logging, nioCore, nioEmbedded, nioHTTP1,
        ]),
    tests(
        "ConsoleTests", ["Console", "EngineInterface", "JSON", "ResourceFixtures", "Resources"],
        resources: [.copy("Golden")]),
    tool("ConsoleProbe", ["Console", "ConsoleTerminal"], path: "Tests/ConsoleProbe"),
    tests("ConsoleTerminalTests", ["Console", "ConsoleTerminal"]),
    tests(
        "sluiceTests",
        [
            "Console", "ConsoleTerminal", "EngineInterface", "Identity", "JSON", "Resources", "Store", "sluice",
            asyncHTTPClient, httpTypes, hummingbird, logging, nioCore, nioPosix, serviceLifecycle,
        ]),
    tests(
        "IntegrationTests", ["ConsoleProbe", "sluice", asyncHTTPClient, nioCore, nioHTTP1, nioPosix],
        resources: [.copy("Clients"), .copy("Console/Terminal/Drivers")]),
]

if Context.environment["SLUICE_BENCHMARKS"] != nil {
    targets.append(
        tool(
            "LoadGenerator",
            [
                "KafkaProtocol", argumentParser, nioCore, nioPosix,
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ], path: "Tests/Benchmarks/LoadGenerator"))
}

/// The named targets, what they depend on, and the test targets that then have all they need.
func closure(of names: [String], in targets: [Target]) -> [Target] {
    func needed(_ target: Target) -> [String] {
        target.dependencies.compactMap { dependency in
            switch dependency {
            case .byNameItem(let name, _), .targetItem(let name, _): name
            default: nil
            }
        }
    }
    var wanted = Set(names)
    for target in targets where target.isTest && target.name.hasSuffix("Tests") {
        if names.contains(String(target.name.dropLast("Tests".count))) { wanted.insert(target.name) }
    }
    var size = 0
    while size != wanted.count {
        size = wanted.count
        for target in targets where wanted.contains(target.name) { wanted.formUnion(needed(target)) }
    }
    return targets.filter { wanted.contains($0.name) }
}

if let names = Context.environment["SLUICE_TARGETS"] {
    let chosen = names.split(separator: ",").map(String.init)
    let kept = closure(of: chosen + (chosen.isEmpty ? [] : ["TestSupport"]), in: targets)
    targets = kept
}

let package = Package(
    name: "sluice",
    platforms: [.macOS(.v15)],
    products: targets.contains { $0.name == "sluice" } ? [.executable(name: "sluice", targets: ["sluice"])] : [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: targets
)
