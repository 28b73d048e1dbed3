import Foundation
import NIOCore
import NIOPosix

/// Many connections that say nothing.
enum Connections {
    /// Opens them, as far as they are taken, and closes them when `body` ends.
    static func run(
        count: Int, port: Int, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void
    ) async throws {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        var channels: [any Channel] = []
        for _ in 0..<count {
            if let channel = try? await bootstrap.connect(host: "127.0.0.1", port: port).get() {
                channels.append(channel)
            }
        }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        for channel in channels { try? await channel.close() }
        try result.get()
    }
}
