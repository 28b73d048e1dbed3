import Console
import EngineInterface
import Foundation
import JSON
import Testing

@testable import sluice

@Suite struct PreferencesReadingTests {
    @Test func `what was kept is read, and what it leaves out is as at first`() throws {
        let reading = try PreferencesReading(#"{"theme":"paper","sort":{"live":"-in"}}"#)
        #expect(reading.problems.isEmpty)
        #expect(reading.preferences.theme == "paper")
        #expect(reading.preferences.sort == ["live": "-in"])
        #expect(reading.preferences.mouse == false)
        #expect(try PreferencesReading("{}").preferences == Preferences())
        #expect(try PreferencesReading("\u{FEFF}{}".replacing("\u{FEFF}", with: "")).problems.isEmpty)
    }

    @Test func `one that cannot be used takes no other with it, and is told`() throws {
        let reading = try PreferencesReading(
            #"{"mouse":"yes","theme":"paper","colour":1,"place":null,"sort":["a\u001b"]}"#)
        #expect(reading.preferences.theme == "paper")
        #expect(reading.preferences.mouse == false)
        #expect(
            reading.problems == [
                #"'mouse' cannot be "yes""#, "'colour' is no preference of this version",
                #"'sort' cannot be ["a\u001b"]"#,
            ])
    }

    @Test(arguments: ["", "[]", "nonsense", "{"])
    func `a file that is no object of JSON is told`(text: String) {
        #expect(throws: EngineClientError.self) { try PreferencesReading(text) }
    }

    @Test func `everything that can be kept is read again`() throws {
        var preferences = Preferences()
        preferences.theme = "tern"
        preferences.mouse = true
        preferences.sort = ["live": "in"]
        preferences.place = "live"
        preferences.panes = "below"
        let reading = try PreferencesReading(String(decoding: try EntityCoding.encode(preferences), as: UTF8.self))
        #expect(reading.preferences == preferences)
        #expect(reading.problems.isEmpty)
    }
}
