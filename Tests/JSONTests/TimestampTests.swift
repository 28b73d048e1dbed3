import JSON
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_785_874_206_927, "2026-08-04T20:10:06.927Z"),
        (951_782_400_001, "2000-02-29T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_799_000, "9999-12-31T23:59:59.000Z"),
    ])
    func `dates are RFC 3339 with milliseconds, and come back the same`(_ milliseconds: Int64, _ text: String) {
        let date = Timestamp.date(milliseconds: milliseconds)
        #expect(Timestamp.text(date) == text)
        #expect(Timestamp.textInSeconds(date) == text.prefix(19) + "Z")
        #expect(Timestamp.date(text) == date)
        #expect(Timestamp.milliseconds(date) == milliseconds)
    }
}
