import Console
import EngineInterface
import Foundation
import JSON
import Resources

/// Reads the console's preferences member by member: one that cannot be used takes no other with it.
struct PreferencesReading {
    private(set) var preferences = Preferences()
    /// What is wrong with each member that is left as it is at first.
    private(set) var problems: [String] = []

    /// - Throws: `EngineClientError` when the text is not an object of JSON.
    init(_ text: String) throws {
        let document: JSONValue
        do throws(JSONSyntaxError) { document = try JSONValue(parsing: text) } catch {
            throw EngineClientError(
                "The preferences are not JSON: line \(error.line), column \(error.column): \(error.reason).")
        }
        guard case .object(let members) = document else {
            throw EngineClientError("The preferences are not an object of JSON.")
        }
        for name in members.keys {
            guard let value = members[name], value != .null else { continue }
            guard let with = try? Self.setting(name, to: value, of: self.preferences) else {
                self.problems.append("\(Self.shown(name)) cannot be \(Self.shown(value))")
                continue
            }
            guard try Self.members(of: with)[name] != nil else {
                self.problems.append("\(Self.shown(name)) is no preference of this version")
                continue
            }
            self.preferences = with
        }
    }

    private static func setting(_ name: String, to value: JSONValue, of preferences: Preferences) throws -> Preferences
    {
        let before = try Self.members(of: preferences)
        var members: JSONObject = [:]
        _ = members.insert(value, forKey: name)
        for key in before.keys {
            if let value = before[key] { _ = members.insert(value, forKey: key) }
        }
        return try EntityCoding.decode(Preferences.self, from: try EntityCoding.encode(JSONValue.object(members)))
    }

    private static func members(of preferences: Preferences) throws -> JSONObject {
        guard case .object(let members) = try JSONValue(parsing: Array(try EntityCoding.encode(preferences))) else {
            return [:]
        }
        return members
    }

    private static func shown(_ name: String) -> String { "'\(OutsideText.escaped(name, maximumBytes: 60))'" }

    private static func shown(_ value: JSONValue) -> String {
        guard let data = try? EntityCoding.encode(value) else { return "that" }
        return OutsideText.escaped(String(decoding: data, as: UTF8.self), maximumBytes: 60)
    }
}
