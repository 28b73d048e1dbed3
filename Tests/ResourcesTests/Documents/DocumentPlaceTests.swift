import Resources
import Testing

struct DocumentPlaceTests {
    @Test func `a field of an entity has a place of its own`() throws {
        let document = try ConfigurationDocument(
            reading: """
                gateways:
                  - name: edge
                    listeners:
                      - name: all
                        addresses: ["::"]
                        ports: [1, 99999]
                """)
        let node = try #require(document.node(EntityKey(.gateway, ["edge"]).child(.listener, "all")))
        #expect(node.place == DocumentPlace(line: 4, column: 9))
        #expect(node.place(of: "ports[1]")?.line == 6)
        #expect(node.place(of: "addresses[7].host")?.line == 5)
        #expect(node.place(of: "nothing") == node.place)
    }
}
