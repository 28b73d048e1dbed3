import JSON
import Resources
import Testing

@testable import Console

struct MapFieldTextTests {
    private static let kind = EntityKind(
        AuthScope.self, title: "sensor", collection: "sensors", capture: "sensorId", table: "sensors", "Measures.",
        fields: [
            Field("name", .string(), .required, "Its name."),
            Field("place", .string(), .required, "Where it is."),
            Field("interval", .integer(1...60), .defaults(.integer(5)), "How often it measures."),
            Field("is_outdoors", .boolean, .defaults(.bool(false)), "Whether it rains on it."),
            Field("password", .string(), .optional, access: .writeOnly, "Never shown."),
            Field("calibrated_by_the_manufacturer", .boolean, .defaults(.bool(false)), "Whether it is exact."),
            Field("limits", .object([Field("low", .integer(0...9), .required, "")]), .optional, "What it may say."),
            .labels,
        ])

    private func node(_ fields: JSONObject) -> EntityNode {
        EntityNode(kind: Self.kind, name: "attic", fields: fields)
    }

    @Test func `fields are shown as they are, those with defaults, secrets and what every kind has left out`() {
        let node = self.node([
            "name": .string("attic"), "place": .string("roof"), "interval": .integer(5), "is_outdoors": .bool(true),
            "password": .string("hidden"), "calibrated_by_the_manufacturer": .bool(true),
            "limits": .object(["low": .integer(3)]), "labels": .object(["a": .string("b")]),
        ])
        #expect(
            MapFieldText.lines(node, without: [])
                == [
                    DetailLine("place", "roof"), DetailLine("is outdoors", "yes"),
                    DetailLine("also", "calibrated by the manufacturer: yes"), DetailLine("limits", ""),
                    DetailLine("  low", "3"),
                ])
        #expect(MapFieldText.lines(node, without: ["place", "limits", "is_outdoors"]).map(\.label) == ["also"])
        #expect(MapFieldText.summary(node) == "roof  yes")
    }

    @Test func `a reference is shown by its name`() {
        #expect(MapFieldText.text(.object(["name": .string("back")])) == "back")
        #expect(MapFieldText.text(.object(["level": .string("all"), "sample": .integer(5)])) == "level=all sample=5")
    }
}
