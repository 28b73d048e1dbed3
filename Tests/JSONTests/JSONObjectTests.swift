import Foundation
import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test func `members keep their order, are found and are removed at every size`() {
        for size in [0, 1, 16, 17, 24, 25, 100, 1_000] {
            var object = JSONObject()
            for number in 0..<size {
                let isNew = object.insert(.integer(Int64(number)), forKey: "m\(number)")
                let isNewAgain = object.insert(.null, forKey: "m\(number)")
                #expect(isNew && !isNewAgain)
            }
            #expect(object.keys == (0..<size).map { "m\($0)" })
            #expect((0..<size).allSatisfy { object["m\($0)"] == .integer(Int64($0)) })
            #expect(object["m\(size)"] == nil)
            for number in stride(from: 0, to: size, by: 2) { object["m\(number)"] = nil }
            #expect(object.keys == stride(from: 1, to: size, by: 2).map { "m\($0)" })
            #expect((0..<size).allSatisfy { (object["m\($0)"] == nil) == $0.isMultiple(of: 2) })
        }
    }

    @Test func `objects with the same members in another order are equal`() {
        let one: JSONObject = ["a": .integer(1), "b": .object(["c": .null])]
        let other: JSONObject = ["b": .object(["c": .null]), "a": .integer(1)]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.keys != other.keys)
        #expect(one != ["a": .integer(1), "b": .null])
        #expect(one != ["a": .integer(1)])
    }

    @Test func `a value is the same after any coder`() throws {
        let text = #"{"a":[1,-2,18446744073709551615,2.5,"x",true,false,null,{},[]],"b":{"c":9007199254740993}}"#
        let value = try JSONValue(parsing: text)
        #expect(try EntityCoding.encode(value) == Data(text.utf8))
        #expect(try EntityCoding.decode(JSONValue.self, from: Data(text.utf8)) == value)
    }
}
