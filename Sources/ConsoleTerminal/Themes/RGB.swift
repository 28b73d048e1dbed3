import Foundation

/// An sRGB colour.
struct RGB: Hashable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// - Parameter hex: 0xRRGGBB; higher bits are ignored.
    init(_ hex: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex))
    }

    /// 0xRRGGBB.
    var value: Int { Int(self.red) << 16 | Int(self.green) << 8 | Int(self.blue) }

    var linear: LinearRGB {
        LinearRGB(red: Self.linear(self.red), green: Self.linear(self.green), blue: Self.linear(self.blue))
    }

    /// The contrast ratio of WCAG 2.2, 1 through 21.
    func contrast(with other: RGB) -> Double {
        let (one, two) = (self.linear.luminance, other.linear.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    private static func linear(_ channel: UInt8) -> Double {
        let value = Double(channel) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}

/// A colour in proportion to light, each channel 0 through 1.
struct LinearRGB: Equatable, Sendable {
    var red: Double
    var green: Double
    var blue: Double

    /// Relative luminance (WCAG 2.2).
    var luminance: Double { 0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue }

    /// The nearest sRGB colour; what lies outside the gamut is clipped.
    var rgb: RGB {
        func channel(_ value: Double) -> UInt8 {
            let clipped = min(1, max(0, value))
            let curved = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * pow(clipped, 1 / 2.4) - 0.055
            return UInt8((curved * 255).rounded())
        }
        return RGB(red: channel(self.red), green: channel(self.green), blue: channel(self.blue))
    }
}
