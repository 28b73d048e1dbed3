/// A body that is not what its reader takes, with all that is wrong with it.
package struct InvalidBody: Error, Equatable, Sendable {
    /// At least one and at most ``maximumInvalidParameters``, in the order found.
    package let invalidParameters: [InvalidParameter]

    /// A longer list would make a large answer without helping anyone.
    package static let maximumInvalidParameters = 100

    init(_ invalidParameters: [InvalidParameter]) {
        self.invalidParameters = invalidParameters
    }
}
