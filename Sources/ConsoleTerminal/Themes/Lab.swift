import Foundation

/// A colour in CIELAB (D65), where distances are about as large as they look.
struct Lab: Equatable, Sendable {
    /// 0 (black) through 100 (white).
    var lightness: Double
    /// Green to red.
    var a: Double
    /// Blue to yellow.
    var b: Double

    var chroma: Double { hypot(self.a, self.b) }

    /// Degrees, 0 through 360.
    var hue: Double {
        let degrees = atan2(self.b, self.a) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// The square of the plain distance (CIE 1976): enough to find the nearest of many.
    func squaredDistance(to other: Lab) -> Double {
        let (lightness, a, b) = (self.lightness - other.lightness, self.a - other.a, self.b - other.b)
        return lightness * lightness + a * a + b * b
    }

    /// The point `fraction` of the way to `other`.
    func mixed(with other: Lab, fraction: Double) -> Lab {
        Lab(
            lightness: self.lightness + (other.lightness - self.lightness) * fraction,
            a: self.a + (other.a - self.a) * fraction, b: self.b + (other.b - self.b) * fraction)
    }
}

extension Lab {
    private static let white = (x: 0.95047, z: 1.08883)
    private static let epsilon = 216.0 / 24389
    private static let kappa = 24389.0 / 27

    init(_ colour: LinearRGB) {
        let x = 0.4124564 * colour.red + 0.3575761 * colour.green + 0.1804375 * colour.blue
        let y = 0.2126729 * colour.red + 0.7151522 * colour.green + 0.0721750 * colour.blue
        let z = 0.0193339 * colour.red + 0.1191920 * colour.green + 0.9503041 * colour.blue
        func curve(_ value: Double) -> Double {
            value > Self.epsilon ? cbrt(value) : (Self.kappa * value + 16) / 116
        }
        let (fx, fy, fz) = (curve(x / Self.white.x), curve(y), curve(z / Self.white.z))
        self.init(lightness: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz))
    }

    init(_ colour: RGB) {
        self.init(colour.linear)
    }

    var rgb: RGB {
        let fy = (self.lightness + 16) / 116
        func curve(_ value: Double) -> Double {
            let cube = value * value * value
            return cube > Self.epsilon ? cube : (116 * value - 16) / Self.kappa
        }
        let x = Self.white.x * curve(fy + self.a / 500)
        let y = curve(fy)
        let z = Self.white.z * curve(fy - self.b / 200)
        return LinearRGB(
            red: 3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
            green: -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
            blue: 0.0556434 * x - 0.2040259 * y + 1.0572252 * z
        ).rgb
    }
}
