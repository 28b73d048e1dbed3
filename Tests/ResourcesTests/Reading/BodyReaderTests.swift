import JSON
import Resources
import Testing

/// Faults as `field rule`, in the order found.
func faults(_ text: String, _ build: (BodyReader) throws -> Any?) throws -> [String] {
    do {
        _ = try BodyReader.read(JSONValue(parsing: text)) { try build($0) }
        return []
    } catch let body as InvalidBody {
        return body.invalidParameters.map { "\($0.field) \($0.rule.rawValue)" }
    }
}

@Suite struct BodyReaderTests {
    enum Colour: String, CaseIterable { case red, green }

    @Test func `all faults come at once, with their paths`() throws {
        let found = try faults(
            """
            {"text": 5, "flag": "yes", "count": 70000, "list": [{"colour": "blue"}, {"colour": "red", "x": 1}, 3],
             "more": 1, "short": ""}
            """
        ) { reader in
            _ = reader["text"].string()
            _ = reader["flag"].bool()
            _ = reader["count"].integer(in: 1...65_535)
            _ = reader["list"].array(1...) { $0.object { $0["colour"].choice(of: Colour.self) } }
            _ = reader["short"].string(.minimumLength(1))
            _ = reader["absent"].string()
            return 0
        }
        #expect(
            found == [
                "text is_string", "flag is_boolean", "count max", "list[0].colour enum", "list[1].x unknown_property",
                "list[2] is_object", "short min_length", "absent required", "more unknown_property",
            ])
    }

    @Test func `null is present and of the wrong type, unless the field may be null`() throws {
        let found = try faults(#"{"a": null, "b": null}"#) { reader in
            _ = reader["a"].ifPresent?.string()
            _ = reader["b"].ifNotNull?.string()
            return 0
        }
        #expect(found == ["a is_string"])
    }

    @Test func `bounds of arrays and integers carry the bound`() throws {
        let invalid = #expect(throws: InvalidBody.self) {
            try BodyReader.read(JSONValue(parsing: #"{"a": [], "b": [1,2,3], "c": 0, "d": 1.5}"#)) { reader -> Int? in
                _ = reader["a"].array(1...) { $0.integer(in: 0...9) }
                _ = reader["b"].array(0..., atMost: 2) { $0.integer(in: 0...9) }
                _ = reader["c"].integer(in: 1...3)
                _ = reader["d"].integer(in: 1...3)
                return 0
            }
        }
        #expect(
            invalid?.invalidParameters == [
                InvalidParameter(
                    field: "a", rule: .minimumItems, bound: .minimum(1), reason: "must have at least 1 item"),
                InvalidParameter(
                    field: "b", rule: .maximumItems, bound: .maximum(2), reason: "must have at most 2 items"),
                InvalidParameter(field: "c", rule: .minimum, bound: .minimum(1), reason: "must be at least 1"),
                InvalidParameter(field: "d", rule: .isInteger, reason: "must be an integer"),
            ])
    }

    @Test func `a body that is no object is refused`() throws {
        #expect(try faults("[1]") { _ in 0 } == ["body is_object"])
    }

    @Test func `an endless list of faults is cut`() throws {
        let body = "{" + (0..<500).map { "\"k\($0)\": 1" }.joined(separator: ",") + "}"
        #expect(try faults(body) { _ in 0 }.count == 100)
    }

    @Test func `labels follow their rules`() throws {
        let found = try faults(
            #"{"labels": {"env": "prod", "kong-x": "a", "_y": "a", "": "a", "z": "-a", "w": 1, "v": ""}}"#
        ) { reader in reader["labels"].labels() }
        #expect(
            found == [
                "labels.kong-x is_label", "labels._y is_label", "labels. is_label", "labels.z is_label",
                "labels.w is_string", "labels.v is_label",
            ])
        let many = (0..<51).map { "\"k\($0)\": \"v\"" }.joined(separator: ",")
        #expect(try faults("{\"labels\": {\(many)}}") { $0["labels"].labels() } == ["labels max_items"])
    }

    @Test(arguments: ["ab", "Team Analytics", "über-straße_1", "a.b:c/d+e'f", "数据", "a1"])
    func `names with letters and digits at both ends are good`(_ name: String) throws {
        #expect(try faults("{\"name\": \"\(name)\"}") { $0["name"].string(.entityName) } == [])
    }

    @Test(arguments: ["a", " ab", "ab ", "-ab", "a\u{1}b", "a@b", "ab."])
    func `other names are not`(_ name: String) throws {
        let body = JSONValue.object(["name": .string(name)])
        let invalid = #expect(throws: InvalidBody.self) {
            try BodyReader.read(body) { $0["name"].string(.entityName) }
        }
        #expect(invalid?.invalidParameters.map(\.rule) == [.matchesRegex])
    }

    @Test func `name lengths are counted in Unicode scalars`() throws {
        let name = String(repeating: "é", count: 255)
        #expect(try faults("{\"name\": \"\(name)\"}") { $0["name"].string(.entityName) } == [])
        #expect(try faults("{\"name\": \"\(name)x\"}") { $0["name"].string(.entityName) } == ["name max_length"])
        #expect(try faults(#"{"name": ""}"#) { $0["name"].string(.entityName) } == ["name min_length"])
    }

    @Test(arguments: [
        ("10s", Duration.seconds(10)), ("1.5h", .seconds(5400)), ("250ms", .milliseconds(250)),
        ("7µs", .microseconds(7)), ("7us", .microseconds(7)), ("30m", .seconds(1800)), ("9ns", .nanoseconds(9)),
    ])
    func `durations are read in all their units`(_ text: String, _ expected: Duration) {
        #expect(Duration(durationText: text) == expected)
    }

    @Test(arguments: [
        "", "10", "s", "-1s", "+1s", "1.s", ".5s", "1.2.3s", "1 s", " 1s", "1s ", "1S", "1d", "1e3s", "1h30m", "inf s",
        "99999999999999999999h", "٣s",
    ])
    func `other durations are refused`(_ text: String) {
        #expect(Duration(durationText: text) == nil)
    }

    @Test(arguments: [
        ("http://localhost:9190/x/auth/.well-known/jwks", true), ("https://id.example.net", true),
        ("ftp://id.example.net", false), ("/relative", false), ("http://", false), ("http://user:pw@host/", false),
        ("http://host:99999/", false), ("http://a b/", false),
    ])
    func `URLs must be absolute http or https`(_ text: String, _ isGood: Bool) throws {
        #expect(try faults("{\"u\": \"\(text)\"}") { $0["u"].string(.httpURL) }.isEmpty == isGood)
    }
}
