import Foundation

/// Numbers as narrow columns show them.
enum NumberText {
    /// `0`, `812`, `4.1K`, `18M`: bytes, in powers of 1000.
    static func bytes(_ value: Double) -> String {
        guard value.isFinite, value >= 0.5 else { return "0B" }
        return self.scaled(value, units: ["B", "K", "M", "G", "T", "P"])
    }

    /// `0`, `7.1`, `4811`, `12.3K`: events in a second.
    static func rate(_ value: Double) -> String {
        guard value.isFinite, value >= 0.05 else { return "0" }
        if value < 9.95 { return Self.fixed(value, 1) }
        if value < 10_000 { return String(Int(value.rounded())) }
        return self.scaled(value, units: ["", "K", "M", "G"])
    }

    /// `0`, `812`, `9999`, `12.3K`, `2.5M`: how many.
    static func count(_ value: Int) -> String {
        value < 10_000 ? String(value) : self.scaled(Double(value), units: ["", "K", "M", "G"])
    }

    private static func scaled(_ value: Double, units: [String]) -> String {
        var value = value
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let number = unit > 0 && value < 9.95 ? Self.fixed(value, 1) : String(Int(value.rounded()))
        return number + units[unit]
    }

    static func fixed(_ value: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", value)
    }

    /// `4 811`: thousands apart.
    static func grouped(_ value: UInt64) -> String {
        var digits = Array(String(value))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(" ", at: index)
            index -= 3
        }
        return String(digits)
    }

    /// `2s`, `21m`, `3h04`, `5d`.
    static func age(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e10 else { return "" }
        let total = max(0, Int(seconds))
        if total < 60 { return "\(total)s" }
        if total < 3600 { return "\(total / 60)m" }
        if total < 86_400 {
            let minutes = total / 60 % 60
            return "\(total / 3600)h" + (minutes < 10 ? "0" : "") + "\(minutes)"
        }
        return "\(total / 86_400)d"
    }

    /// `12:41:07`, in UTC.
    static func clock(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let day = ((seconds % 86_400) + 86_400) % 86_400
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(two(day / 3600)):\(two(day / 60 % 60)):\(two(day % 60))"
    }

    /// `12:41:07Z`; a time more than 20 hours ago is `2d ago`, because its time of day would look like today's.
    static func moment(_ date: Date, now: Date) -> String {
        let age = now.timeIntervalSince(date)
        return age < 20 * 3600 ? self.clock(date) + "Z" : self.age(age) + " ago"
    }

    /// `12:41:07.114`, in UTC.
    static func clockWithMilliseconds(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded(.down)) % 1000
        let digits = String((milliseconds + 1000) % 1000)
        return self.clock(date) + "." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
