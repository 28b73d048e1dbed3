/// A body that is not what its reader takes, with all that is wrong with it.
package struct InvalidBody: Error, Equatable, Sendable {
    /// At least one and at most ``maximumInvalidParameters``, in the order found.
    package let invalidParameters: [InvalidParameter]

    /// More would help nobody and make a large answer.
    package static let maximumInvalidParameters = 100

    init(_ invalidParameters: [InvalidParameter]) {
        self.invalidParameters = invalidParameters
    }
}
