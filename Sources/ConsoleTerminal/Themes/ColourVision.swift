/// A way of seeing without one of the three cones.
package enum ColourVision: String, CaseIterable, Hashable, Sendable {
    case deutan
    case protan
    case tritan

    /// Rows of the matrix for linear RGB at full severity.
    ///
    /// - SeeAlso: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision
    ///   Deficiency" (2009).
    private var matrix: [[Double]] {
        switch self {
        case .deutan:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .protan:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .tritan:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    /// The colour that an eye of this kind sees for `colour`.
    func simulated(_ colour: RGB) -> LinearRGB {
        let light = colour.linear
        let channels = self.matrix.map { row in
            let sum = zip(row, [light.red, light.green, light.blue]).reduce(0) { $0 + $1.0 * $1.1 }
            return min(1, max(0, sum))
        }
        return LinearRGB(red: channels[0], green: channels[1], blue: channels[2])
    }

    /// ΔE2000 between two colours as this eye sees them.
    func difference(_ one: RGB, _ two: RGB) -> Double {
        Lab(self.simulated(one)).difference(to: Lab(self.simulated(two)))
    }
}
