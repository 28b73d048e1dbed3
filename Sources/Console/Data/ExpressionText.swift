/// Text of the expression language.
enum ExpressionText {
    /// A string literal.
    static func quoted(_ text: String, by mark: Unicode.Scalar = "'") -> String {
        var result = String(mark)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", mark:
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        result.unicodeScalars.append(mark)
        return result
    }
}
