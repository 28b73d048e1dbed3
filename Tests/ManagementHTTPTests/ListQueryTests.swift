import JSON
import ManagementHTTP
import Resources
import Testing

@Suite struct ListQueryTests {
    private let rules = ListQueryRules(
        paging: .cursor, filters: ["name": [.contains], "id": [.equals]], sorts: ["name", "created_at"])

    private func query(_ text: String, paging: ListQueryRules.Paging = .cursor) throws -> ListQuery {
        var rules = self.rules
        rules.paging = paging
        return try ListQuery(QueryItems(text), rules: rules)
    }

    @Test func `pages, filters and sorting are read, escaped or not`() throws {
        let query = try self.query(
            "page%5Bsize%5D=3&filter[name][contains]=a%20b+c&filter[id]=x&sort=created_at%20desc,name")
        #expect(query.size == 3)
        #expect(
            query.filters == [
                ListFilter(field: "name", operation: .contains, value: "a b c"),
                ListFilter(field: "id", operation: .equals, value: "x"),
            ])
        #expect(query.sorts == [ListSort(field: "created_at", isDescending: true), ListSort(field: "name")])
    }

    @Test func `empty page parameters mean the defaults`() throws {
        let query = try self.query("page[size]=&page[after]=")
        #expect(query.size == 10)
        #expect(query.after == nil)
    }

    @Test(arguments: [
        ("page[size]=0", "page[size] min"), ("page[size]=101", "page[size] max"),
        ("page[size]=x", "page[size] is_integer"),
        ("page[after]=%25%25", "page[after] invalid"), ("page[number]=1", "page[number] unknown_property"),
        ("filter[x][eq]=1", "filter[x][eq] unknown_property"), ("filter[name][eqq]=1", "filter[name][eqq] enum"),
        ("filter[name=1", "filter[name invalid"), ("sort=colour", "sort invalid"), ("sort=name%20up", "sort invalid"),
    ])
    func `what a list does not know is refused`(_ text: String, _ expected: String) {
        let problem = #expect(throws: Problem.self) { try self.query(text) }
        #expect(problem?.invalidParameters.map { "\($0.field) \($0.rule.rawValue)" } == [expected])
        #expect(problem?.invalidParameters.first?.source == .query)
    }

    private let typed = ListQueryRules(
        paging: .number,
        filters: ["enabled": [.equals], "id": [.equals], "parent": [.equals], "kind": [.equals], "name": [.equals]],
        types: ["enabled": .boolean, "id": .uuid, "parent": .id, "kind": .choice(["a", "b"])])
    private static let uuid = "6F1B1C8E-0000-4000-8000-00000000000A"

    @Test(arguments: [
        ("enabled", "yes", "is_boolean"), ("enabled", "TRUE", "is_boolean"), ("enabled", "", "is_boolean"),
        ("enabled", "1", "is_boolean"), ("id", "x", "is_uuid"), ("id", "", "is_uuid"), ("kind", "c", "enum"),
    ])
    func `a value of the wrong type is refused`(_ field: String, _ value: String, _ rule: String) {
        for name in ["filter[\(field)]", "filter[\(field)][eq]"] {
            let problem = #expect(throws: Problem.self) {
                try ListQuery(QueryItems("\(name)=\(value)"), rules: self.typed)
            }
            #expect(problem?.invalidParameters.map { "\($0.field) \($0.rule.rawValue)" } == ["\(name) \(rule)"])
        }
    }

    @Test func `values are read as entities have them`() throws {
        func read(_ field: String, _ value: String) throws -> String? {
            try ListQuery(QueryItems("filter[\(field)]=\(value)"), rules: self.typed).filters.first?.value
        }
        #expect(try read("enabled", "false") == "false")
        #expect(try read("id", Self.uuid) == Self.uuid.lowercased())
        #expect(try read("parent", Self.uuid) == Self.uuid.lowercased())
        #expect(try read("parent", "None") == "None")
        #expect(try read("kind", "b") == "b")
        #expect(try read("name", Self.uuid) == Self.uuid)
    }

    @Test func `contains looks for a part in any case`() {
        let filter = ListFilter(field: "name", operation: .contains, value: "ORD")
        #expect(filter.matches("my orders"))
        #expect(!filter.matches("payments"))
    }

    /// Follows `next` from the first page, and gives what each page held.
    @Test func `a list is walked page by page with its cursors, there and back`() throws {
        let elements = (0..<7).map { "e\($0)" }
        func page(_ query: String?) throws -> CursorPage<String> {
            CursorPage(elements.shuffled(), query: try self.query(query ?? ""), path: "/v1/x") {
                PageCursor(created: 5, id: $0)
            }
        }
        func query(of link: String) -> String { String(link.split(separator: "?")[1]) }

        let first = try page("page[size]=3&filter[name][contains]=e")
        #expect(first.data == ["e0", "e1", "e2"])
        #expect(first.meta.page.previous == nil)
        let next = try #require(first.meta.page.next)
        #expect(next.hasPrefix("/v1/x?filter%5Bname%5D%5Bcontains%5D=e&page%5Bsize%5D=3&page%5Bafter%5D="))
        let second = try page(query(of: next))
        #expect(second.data == ["e3", "e4", "e5"])
        let third = try page(query(of: try #require(second.meta.page.next)))
        #expect(third.data == ["e6"])
        #expect(third.meta.page.next == nil)
        let back = try page(query(of: try #require(third.meta.page.previous)))
        #expect(back.data == ["e3", "e4", "e5"])
        #expect(try page(query(of: try #require(back.meta.page.previous))).data == ["e0", "e1", "e2"])
    }

    @Test func `a cursor stays good when its element is gone`() throws {
        let cursor = PageCursor(created: 5, id: "e1").text
        let page = CursorPage(["e0", "e2"], query: try self.query("page[after]=\(cursor)"), path: "/x") {
            PageCursor(created: 5, id: $0)
        }
        #expect(page.data == ["e2"])
    }

    @Test func `next and previous are shown when they are null`() throws {
        let page = CursorPage(["a"], query: try self.query(""), path: "/x") { PageCursor(created: 1, id: $0) }
        let text = String(decoding: try EntityCoding.encode(page), as: UTF8.self)
        #expect(
            text
                == #"{"data":["a"],"meta":{"page":{"first":"/x?page%5Bsize%5D=10","next":null,"previous":null,"size":10}}}"#
        )
    }

    @Test func `numbered pages count all`() throws {
        let page = NumberedPage(Array(0..<25), query: try self.query("page[number]=3", paging: .number))
        #expect(page.data == Array(20..<25))
        #expect(page.meta.page == .init(number: 3, size: 10, total: 25))
        let far = NumberedPage([1], query: try self.query("page[number]=\(Int.max)", paging: .number))
        #expect(far.data == [])
    }

    @Test func `sorting keeps equal elements in their order`() throws {
        let query = try self.query("sort=name desc")
        #expect(
            query.sorted(["a1", "b1", "a2", "b2"]) { element, _ in String(element.prefix(1)) } == [
                "b1", "b2", "a1", "a2",
            ])
    }
}
