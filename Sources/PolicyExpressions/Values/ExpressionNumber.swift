/// A number of the language. Integers of 64 bits, signed or not, and doubles are one type and compare exactly.
enum ExpressionNumber: Sendable {
    /// Fits `Int64` or `UInt64`.
    case integer(Int128)
    case decimal(Double)

    init?(_ value: ExpressionValue) {
        switch value {
        case .int(let int): self = .integer(Int128(int))
        case .uint(let uint): self = .integer(Int128(uint))
        case .double(let double): self = .decimal(double)
        case .null, .bool, .text, .array, .map: return nil
        }
    }

    /// nil when it does not fit 64 bits or is not finite.
    var value: ExpressionValue? {
        switch self {
        case .integer(let integer):
            if let int = Int64(exactly: integer) { return .int(int) }
            return UInt64(exactly: integer).map(ExpressionValue.uint)
        case .decimal(let double):
            return double.isFinite ? .double(double) : nil
        }
    }

    var double: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .decimal(let double): double
        }
    }

    var isZero: Bool { self.double == 0 }

    /// Toward zero; nil when not finite or out of 64 bits.
    var truncated: ExpressionValue? {
        switch self {
        case .integer: self.value
        case .decimal(let double):
            Int128(exactly: double.rounded(.towardZero)).flatMap { ExpressionNumber.integer($0).value }
        }
    }

    /// As messages and concatenation write it: no fraction when there is none.
    var text: String {
        switch self {
        case .integer(let integer): return integer.description
        case .decimal(let double):
            if abs(double) < 1e15, let integer = Int64(exactly: double) { return integer.description }
            return double.description
        }
    }

    /// The order of two numbers; nil when one is not a number.
    func compare(to other: ExpressionNumber) -> Int? {
        switch (self, other) {
        case (.integer(let left), .integer(let right)):
            return left < right ? -1 : left > right ? 1 : 0
        case (.decimal(let left), .decimal(let right)):
            return left < right ? -1 : left > right ? 1 : left == right ? 0 : nil
        case (.integer(let left), .decimal(let right)):
            return Self.compare(left, right)
        case (.decimal(let left), .integer(let right)):
            return Self.compare(right, left).map { -$0 }
        }
    }

    private static func compare(_ integer: Int128, _ double: Double) -> Int? {
        guard !double.isNaN else { return nil }
        // Beyond 2^65 the double's sign decides; within, its floor is exact.
        if double >= 0x1p65 { return -1 }
        if double <= -0x1p65 { return 1 }
        let floor = double.rounded(.down)
        guard let whole = Int128(exactly: floor) else { return nil }
        if integer != whole { return integer < whole ? -1 : 1 }
        return double > floor ? -1 : 0
    }

    /// nil on overflow; the caller has seen to division by zero.
    func applying(_ operation: Syntax.Arithmetic, _ other: ExpressionNumber) -> ExpressionNumber? {
        if case .integer(let left) = self, case .integer(let right) = other {
            switch operation {
            case .add: return .integer(left + right)
            case .subtract: return .integer(left - right)
            case .multiply:
                let (product, overflow) = left.multipliedReportingOverflow(by: right)
                return overflow ? nil : .integer(product)
            case .divide: return right == 0 ? nil : .integer(left / right)
            case .remainder: return right == 0 ? nil : .integer(left % right)
            }
        }
        switch operation {
        case .add: return .decimal(self.double + other.double)
        case .subtract: return .decimal(self.double - other.double)
        case .multiply: return .decimal(self.double * other.double)
        case .divide: return .decimal(self.double / other.double)
        case .remainder: return .decimal(self.double.truncatingRemainder(dividingBy: other.double))
        }
    }
}

extension ExpressionValue {
    /// The language's `==`: numbers by value, texts by code point, arrays and maps by content, types never mixed.
    package func isEqual(to other: ExpressionValue) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.text(let left), .text(let right)): return left.string.hasSameScalars(as: right.string)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.allSatisfy { key, value in right.entry(key).map { value.isEqual(to: $0) } ?? false }
        default:
            guard let left = ExpressionNumber(self), let right = ExpressionNumber(other) else { return false }
            return left.compare(to: right) == 0
        }
    }
}
