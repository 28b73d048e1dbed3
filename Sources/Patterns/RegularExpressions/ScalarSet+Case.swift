extension ScalarSet {
    /// The scalars whose lower or upper case is in `ranges`, where that is one scalar.
    static func caseVariants(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        // Almost every pattern is ASCII: then the table of all letters with cases is not made.
        let isASCII = ranges.allSatisfy { $0.upperBound < 0x80 }
        return ranges.flatMap { isASCII ? self.caseVariants(ofASCII: $0) : self.caseVariants(of: $0) }
    }

    private static func caseVariants(ofASCII range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        if range.overlaps(0x41...0x5A) {
            let upper = range.clamped(to: 0x41...0x5A)
            result.append(upper.lowerBound + 0x20...upper.upperBound + 0x20)
        }
        if range.overlaps(0x61...0x7A) {
            let lower = range.clamped(to: 0x61...0x7A)
            result.append(lower.lowerBound - 0x20...lower.upperBound - 0x20)
        }
        for (scalar, variant) in self.variantsInASCII where range.contains(variant) { result.append(scalar...scalar) }
        return result
    }

    /// The Kelvin sign's lower case is k; the upper case of the long s is S, that of the dotless i is I.
    private static let variantsInASCII: [(scalar: UInt32, variant: UInt32)] = [
        (0x212A, 0x6B), (0x17F, 0x53), (0x131, 0x49),
    ]

    /// The ASCII letter, in lower case, that is another case of a scalar outside ASCII; nil for almost all.
    static func asciiVariant(of scalar: UInt32) -> UInt32? {
        self.variantsInASCII.first { $0.scalar == scalar }.map { $0.variant | 0x20 }
    }

    static func caseVariants(of range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        var low = 0
        var high = self.cased.count
        while low < high {
            let middle = (low + high) / 2
            if self.cased[middle].variant < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return self.cased[low...].prefix { $0.variant <= range.upperBound }.map { $0.scalar...$0.scalar }
    }

    /// Where the letters are that have cases. Asking each scalar of Unicode would take many milliseconds.
    static let casedBlocks: [ClosedRange<UInt32>] = [
        0x0000...0x05FF, 0x1000...0x13FF, 0x1C00...0x1FFF, 0x2100...0x2DFF, 0xA600...0xABFF, 0xFF00...0xFFFF,
        0x10400...0x105FF, 0x10C00...0x10DFF, 0x11800...0x118FF, 0x16E00...0x16EFF, 0x1E900...0x1E9FF,
    ]

    /// Every scalar that has another case, by that case.
    private static let cased: [(variant: UInt32, scalar: UInt32)] = {
        var cased: [(variant: UInt32, scalar: UInt32)] = []
        for value in casedBlocks.joined() {
            guard let properties = Unicode.Scalar(value)?.properties,
                properties.changesWhenLowercased || properties.changesWhenUppercased
            else { continue }
            for mapping in [properties.lowercaseMapping, properties.uppercaseMapping] {
                let scalars = mapping.unicodeScalars
                guard let variant = scalars.first?.value, scalars.count == 1, variant != value else { continue }
                cased.append((variant, value))
            }
        }
        return cased.sorted { ($0.variant, $0.scalar) < ($1.variant, $1.scalar) }
    }()
}
