import NIOCore
import NIOPosix
import Testing

extension IntegrationSuite {
    /// Secrets go to the address that was named, whatever it answers.
    @Suite(.serialized) struct RedirectTests {
        /// Answers every request with a redirect that repeats it elsewhere.
        private final class Redirect: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer
            private let target: String

            init(to target: String) {
                self.target = target
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                let answer = "HTTP/1.1 307 Moved\r\nlocation: \(self.target)\r\ncontent-length: 0\r\n\r\n"
                context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
            }
        }

        /// Runs `body` with the URL of a server that redirects to `target`.
        private static func redirecting(to target: String, _ body: (String) async throws -> Void) async throws {
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Redirect(to: target))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            do {
                try await body("http://127.0.0.1:\(try #require(server.localAddress?.port))")
            } catch {
                try await server.close()
                throw error
            }
            try await server.close()
        }

        @Test func `a client's secret does not follow a redirect`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                try await Self.redirecting(to: "\(quickstart.issuer)/oauth/token") { url in
                    let fetched = try await runToEnd(
                        SluiceProcess.binary,
                        [
                            "token", "fetch", "--issuer", url, "--client-id", quickstart.clientID, "--client-secret",
                            quickstart.clientSecret,
                        ])
                    #expect(fetched.status == 1 && fetched.output.isEmpty)
                    #expect(fetched.errors.contains("status 307"), "\(fetched.errors)")
                }
            }
        }
    }
}
