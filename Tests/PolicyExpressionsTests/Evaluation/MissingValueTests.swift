import PolicyExpressions
import Testing

@Suite struct MissingValueTests {
    @Test(
        arguments: [
            ("record.value.content['x'] == null", ["x": .null], true),
            ("'x' in record.value.content", ["x": .null], true),
            ("'x' in record.value.content", [:], false),
            ("record.value.content.x == 1", [:], false),
            ("record.value.content.x != 1", [:], true),
            ("record.value.content.a.b.c == 1", ["a": [:]], false),
            ("record.value.content.list[5] == 1", ["list": [1]], false),
            ("record.value.content.list[1.0] == 2", ["list": [1, 2]], true),
            ("has(record.value.content.a.b)", ["a": ["b": .null]], true),
            ("has(record.value.content.a.b)", ["a": "text"], false),
            ("has(record.value.content.a.b)", [:], false),
            ("has(record.value.content['a'])", ["a": 1], true),
            ("record.value.content.x ? false : true", [:], true),
            ("record.value.content.x in ['a']", [:], false),
            ("'a' in record.value.content.roles", [:], false),
            ("record.value.content['order.lines[0].sku'] == 'A1'", ["order": ["lines": [["sku": "A1"]]]], true),
            ("record.value.content.order.lines[0].sku == 'A1'", ["order": ["lines": [["sku": "A1"]]]], true),
            ("'order.lines[0].sku' in record.value.content", ["order": ["lines": [["sku": "A1"]]]], true),
            ("'order.lines[1].sku' in record.value.content", ["order": ["lines": [["sku": "A1"]]]], false),
            ("record.value.content['a.b'] == 1", ["a.b": 1, "a": ["b": 2]], true),
            ("'a..b' in record.value.content", ["a": ["b": 2]], false),
            ("'[0]' in record.value.content", ["a": 2], false),
            ("'' in record.value.content", ["a": 2], false),
            ("'a.b' in record.value.content.inner", ["inner": ["a": ["b": 1]]], false),
            (
                "'order.discount' in record.value.content && record.value.content['order.discount'] > 0",
                ["order": ["discount": 2]], true
            ),
            ("record.value.content.order.total >= 1000", ["order": ["total": 1000.5]], true),
        ] as [(String, ExpressionValue, Bool)])
    func `content that may be missing`(text: String, value: ExpressionValue, expected: Bool) throws {
        #expect(try evaluate(text, content(value)) == expected)
    }

    @Test(arguments: [
        "record.value.content.x > 1", "record.value.content.x", "!record.value.content.x",
        "record.value.content.x + 'a' == 'a'", "record.value.content.x.includes('a')", "1 == record.value.content.x",
        "[record.value.content.x] == []", "record.value.schema.format == 'json'", "size(record.value.content.x) == 0",
        "context.auth.principal.id == 'x'",
    ])
    func `using what is absent fails and names it`(text: String) throws {
        let error = try #require(try fails(text, content([:])))
        #expect(error.contains("is absent; test it first, for example with has(...)."))
    }

    @Test func `published examples hold without their data`() throws {
        #expect(try evaluate("context.auth.principal.metadata.team == 'ops'", identity("a")) == false)
        #expect(try evaluate("context.auth.principal.metadata.team != 'fraud'", identity("a")))
        #expect(try evaluate("context.auth.token.claims['role'] == 'x'", identity("a", type: "anonymous")) == false)
        #expect(
            try evaluate(
                "record.headers['x-internal'] == 'true' && context.auth.principal.name != 'sre_user'", headers([:]))
                == false)
        #expect(try evaluate("'x-tenant' in record.headers", headers(["x-tenant": ""])))
        #expect(try evaluate("has(record.value.schema.avro.namespace)", content([:])) == false)
        #expect(try evaluate("'banned' in context.auth.token.claims", identity("a")) == false)
    }

    @Test func `schema facts and tags`() throws {
        var variables = content([:])
        variables.set(
            ["record", "value", "schema"],
            [
                "format": "json", "id": .uint(.max), "json": ["title": "Order"],
                "metadata": ["tags": ["PII": ["a.b"]]],
            ])
        #expect(
            try evaluate("record.value.schema.format == 'json' && record.value.schema.json.title == 'Order'", variables)
        )
        #expect(try evaluate("'PII' in record.value.schema.metadata.tags", variables))
        #expect(try evaluate("'a.b' in record.value.schema.metadata.tags.PII", variables))
        #expect(try evaluate("record.value.schema.id > 9223372036854775807", variables))
    }

    @Test func `the short form of the topic works`() throws {
        #expect(try evaluate("topic.name == 'a' && context.topic.name == 'a'", topic("a")))
    }

    @Test func `keys compare by code point`() throws {
        #expect(try evaluate("'\\u00e9' in record.headers", headers(["e\u{301}": "1"])) == false)
    }
}
