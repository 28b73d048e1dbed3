import Testing

/// Tests with real sockets, real clients and brokers that we did not write.
///
/// Every test runs a gateway of its own on free ports. They take turns: several gateways, brokers and Python clients
/// at once on a small machine only make each other slow.
@Suite(
    .serialized, .enabled(if: Prerequisites.allowTests, Comment(rawValue: Prerequisites.advice)),
    .timeLimit(.minutes(5)))
enum IntegrationSuite {}
