import ArgumentParser
import Foundation
import Histogram
import KafkaProtocol
import NIOCore
import NIOPosix

/// A load on one broker address, measured. Loopback only, bounded in time and size; it ends by itself.
@main
struct LoadGenerator: AsyncParsableCommand {
    enum Mode: String, ExpressibleByArgument, CaseIterable { case produce, fetch, small, idle }

    static let configuration = CommandConfiguration(
        commandName: "LoadGenerator", abstract: "Measures one broker address on loopback.")

    @Argument(help: "produce, fetch, small (100-byte Produce, one in flight) or idle (open connections and wait).")
    var mode: Mode
    @Option(help: "Host of the broker; a loopback address.") var host = "127.0.0.1"
    @Option(help: "Port of the broker that leads the partition.") var port: Int
    @Option(help: "Topic; made when missing.") var topic = "benchmark"
    @Option(help: "Connections.") var connections = 4
    @Option(help: "Requests in flight on each connection.") var inFlight = 5
    @Option(help: "Bytes of one batch, or of one fetch at most.") var bytes = 1_000_000
    @Option(help: "Seconds to measure.") var seconds = 3.0
    @Option(help: "Seconds before the measurement starts.") var warmUp = 0.5
    @Option(help: "Event loops of the generator.") var threads = 1

    func validate() throws {
        guard ["127.0.0.1", "::1", "localhost"].contains(self.host) else {
            throw ValidationError("--host must be a loopback address; '\(self.host)' is not.")
        }
        guard (1...5000).contains(self.connections), (0.1...120).contains(self.seconds) else {
            throw ValidationError("--connections must be 1 to 5000 and --seconds 0.1 to 120.")
        }
    }

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: self.threads)
        defer { group.shutdownGracefully { _ in } }
        if self.mode == .idle {
            try await self.holdIdle(group)
            return
        }
        let topic = try await TopicSetup(host: self.host, port: self.port, name: self.topic).run(on: group)
        let frame = RequestFrames(topic: topic, bytes: self.bytes)
        let request =
            switch self.mode {
            case .produce: frame.produce(bytes: self.bytes)
            case .small: frame.produce(bytes: 100)
            case .fetch, .idle: frame.fetch(maximumBytes: self.bytes)
            }
        let depth = self.mode == .small ? 1 : self.inFlight
        let plan = LoadConnection.Plan(
            request: request, depth: depth, start: .now() + .nanoseconds(Int64(self.warmUp * 1e9)),
            end: .now() + .nanoseconds(Int64((self.warmUp + self.seconds) * 1e9)))
        let results = try await withThrowingTaskGroup(of: LoadConnection.Result.self) { tasks in
            for _ in 0..<self.connections {
                tasks.addTask {
                    try await LoadConnection.run(host: self.host, port: self.port, plan: plan, on: group.next())
                }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        try self.report(results, requestBytes: request.readableBytes)
    }

    private func report(_ results: [LoadConnection.Result], requestBytes: Int) throws {
        var latencies = Histogram<UInt64>(highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
        for latency in results.flatMap(\.latencies) { latencies.record(latency) }
        let requests = results.reduce(0) { $0 + $1.latencies.count }
        let received = results.reduce(0) { $0 + $1.bytesReceived }
        let moved = self.mode == .fetch ? received : requests * requestBytes
        let errors = results.reduce(0) { $0 + $1.errors }
        let line: [String: Double] = [
            "requestsPerSecond": Double(requests) / self.seconds,
            "megabytesPerSecond": Double(moved) / self.seconds / 1_000_000,
            "p50Milliseconds": Double(latencies.valueAtPercentile(50)) / 1e6,
            "p99Milliseconds": Double(latencies.valueAtPercentile(99)) / 1e6,
            "errors": Double(errors),
        ]
        print(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
    }

    /// Opens the connections, each with one answered ApiVersions request, says `ready`, and closes them at end of input.
    private func holdIdle(_ group: MultiThreadedEventLoopGroup) async throws {
        var channels: [any Channel] = []
        for _ in 0..<self.connections {
            channels.append(
                try await LoadConnection.openIdle(host: self.host, port: self.port, on: group.next()))
        }
        print("ready")
        fflush(nil)
        while readLine() != nil {}
        for channel in channels { try? await channel.close() }
    }
}
