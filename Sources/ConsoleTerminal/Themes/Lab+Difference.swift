import Foundation

extension Lab {
    /// The colour difference ΔE2000: about 1 is just visible, 20 is visible at a glance.
    ///
    /// - SeeAlso: CIE 142-2001; Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula" (2005), whose equations
    ///   and test pairs this follows.
    func difference(to other: Lab) -> Double {
        let meanChroma = (self.chroma + other.chroma) / 2
        let stretch = 1 + 0.5 * (1 - Self.chromaWeight(meanChroma))
        let one = Lab(lightness: self.lightness, a: self.a * stretch, b: self.b)
        let two = Lab(lightness: other.lightness, a: other.a * stretch, b: other.b)

        let isGrey = one.chroma * two.chroma == 0
        var hueStep = isGrey ? 0 : two.hue - one.hue
        if hueStep > 180 { hueStep -= 360 } else if hueStep < -180 { hueStep += 360 }
        let lightnessDelta = two.lightness - one.lightness
        let chromaDelta = two.chroma - one.chroma
        let hueDelta = 2 * (one.chroma * two.chroma).squareRoot() * Self.sine(hueStep / 2)

        let lightness = (one.lightness + two.lightness) / 2 - 50
        let chroma = (one.chroma + two.chroma) / 2
        let hue = Self.meanHue(one.hue, two.hue, isGrey: isGrey)
        let hueWeight =
            1 - 0.17 * Self.cosine(hue - 30) + 0.24 * Self.cosine(2 * hue) + 0.32 * Self.cosine(3 * hue + 6)
            - 0.20 * Self.cosine(4 * hue - 63)
        let lightnessScale = 1 + 0.015 * lightness * lightness / (20 + lightness * lightness).squareRoot()
        let chromaScale = 1 + 0.045 * chroma
        let hueScale = 1 + 0.015 * chroma * hueWeight
        let blueTurn = 30 * exp(-pow((hue - 275) / 25, 2))
        let rotation = -Self.sine(2 * blueTurn) * 2 * Self.chromaWeight(chroma)

        let (l, c, h) = (lightnessDelta / lightnessScale, chromaDelta / chromaScale, hueDelta / hueScale)
        return max(0, l * l + c * c + h * h + rotation * c * h).squareRoot()
    }

    private static func chromaWeight(_ chroma: Double) -> Double {
        let power = pow(chroma, 7)
        return (power / (power + 6_103_515_625)).squareRoot()
    }

    private static func meanHue(_ one: Double, _ two: Double, isGrey: Bool) -> Double {
        let sum = one + two
        if isGrey { return sum }
        if abs(one - two) <= 180 { return sum / 2 }
        return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
    }

    private static func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
    private static func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
}
