import AsyncHTTPClient
import NIOPosix

extension HTTPClient {
    /// The client of the commands' calls. It follows no redirect: an admin token or a client's secret goes to the address
    /// that was named and to no other. It is never shut down, since it lives as long as the process.
    static let commands: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // A refused connection is told at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }()
}
