package import Hummingbird
internal import NIOCore
internal import Resources

/// The context of every request: where it comes from, beside Hummingbird's own.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The peer's address and port; nil when no socket is behind the request.
    package let remoteAddress: String?

    package init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        self.remoteAddress = source.channel.remoteAddress.flatMap { address in
            address.ipAddress.map { HostPort(host: $0, port: address.port ?? 0).description }
        }
    }
}
