package import Foundation

/// RFC 3339 dates in UTC with milliseconds: `2026-08-04T20:10:06.927Z`.
package enum Timestamp {
    /// Now, cut to milliseconds, so that a date survives being written and read.
    package static func now() -> Date { self.date(milliseconds: self.milliseconds(Date())) }

    /// Milliseconds since 1970.
    package static func milliseconds(_ date: Date) -> Int64 {
        // The years 0 through 9999; anything outside cannot be written as RFC 3339.
        let seconds = min(max(date.timeIntervalSince1970, -62_167_219_200), 253_402_300_799)
        return Int64((seconds * 1000).rounded())
    }

    package static func date(milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    package static func text(_ date: Date) -> String {
        let milliseconds = self.milliseconds(date)
        return self.textInSeconds(milliseconds: milliseconds)
            + ".\(padded(milliseconds - floorDivide(milliseconds, 1000) * 1000, 3))Z"
    }

    /// The date without fractions: `2026-08-04T20:10:06Z`.
    package static func textInSeconds(_ date: Date) -> String {
        self.textInSeconds(milliseconds: self.milliseconds(date)) + "Z"
    }

    private static func textInSeconds(milliseconds: Int64) -> String {
        let day = floorDivide(milliseconds, 86_400_000)
        let time = milliseconds - day * 86_400_000
        let (year, month, dayOfMonth) = civil(day: day)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T"
            + "\(padded(time / 3_600_000, 2)):\(padded(time / 60_000 % 60, 2)):\(padded(time / 1000 % 60, 2))"
    }

    /// - Returns: nil unless the text is an RFC 3339 date-time, with or without fractions, in any offset.
    package static func date(_ text: String) -> Date? {
        let withFractions = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        if let date = try? withFractions.parse(text) {
            return self.date(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return try? Date.ISO8601FormatStyle().parse(text)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let quotient = dividend / divisor
        return dividend % divisor < 0 ? quotient - 1 : quotient
    }

    /// The Gregorian date of a day counted from 1970-01-01: years are counted from March, so that the leap day ends one.
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
