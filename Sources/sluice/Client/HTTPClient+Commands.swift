import AsyncHTTPClient
import NIOCore
import NIOPosix

extension HTTPClient {
    /// The client of the commands' calls. It follows no redirect: an admin token or a client's secret goes to the address
    /// that was named and to no other. It is never shut down, since it lives as long as the process.
    static let commands = HTTPClient(
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: .commands(silence: .seconds(60)))

    /// The client for questions that are not worth a wait.
    static let impatient = HTTPClient(
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: .commands(silence: .seconds(2)))
}

extension HTTPClient.Configuration {
    /// - Parameter silence: the longest wait for the next part of an answer. The deadline of a call ends with the head of its
    ///   answer; without a limit of its own, a body that stalls would hold the caller for ever.
    static func commands(silence: TimeAmount) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: silence))
        // Report a refused connection at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
