import Foundation
import JSON

extension String {
    /// The text in single quotes, fit for one line of a log or screen: cut to a length, invisible characters escaped.
    func quoted(maximumLength: Int = 80) -> String {
        var text = "'"
        for scalar in self.unicodeScalars.prefix(maximumLength) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            default:
                text.unicodeScalars.append(scalar)
            }
        }
        return text + (self.unicodeScalars.count > maximumLength ? "…'" : "'")
    }
}

extension Date {
    /// `2026-03-01T12:00:00Z`.
    var inMessage: String { Timestamp.textInSeconds(self) }
}

extension TimeInterval {
    /// A length of time as sentences say it: `12 s`, `35 min`, `7 h`, `3 d`.
    var inMessage: String {
        let seconds = self.rounded()
        return if seconds < 120 {
            "\(Int(seconds)) s"
        } else if seconds < 120 * 60 {
            "\(Int(seconds / 60)) min"
        } else if seconds < 48 * 3600 {
            "\(Int(seconds / 3600)) h"
        } else if seconds < 1e9 {
            "\(Int(seconds / 86400)) d"
        } else {
            "over 30 years"
        }
    }
}
