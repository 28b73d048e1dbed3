import Testing

@testable import Console

struct FormTests {
    static let form = Form([
        FormItem("name", "Name", .text("orders", placeholder: "a name")),
        FormItem("kind", "Kind", .choice([.init("topic"), .init("group")], selected: "topic")),
        FormItem("action", "Action", .radio([.init("allow"), .init("deny")], selected: "allow")),
        FormItem("flag", "Flag", .checkbox(title: "let them in", isOn: false)),
        FormItem(
            "operations", "Operations",
            .checks([.init("read"), .init("write"), .init("create")], on: ["read"], cursor: 0)),
        .text("note", "a note"),
        FormItem("back", "", .button(title: "Back")),
        FormItem("next", "", .button(title: "Next")),
    ])

    @Test func `tab goes round all that can be answered, in order`() {
        var form = Self.form
        var seen: [String] = []
        for _ in 0..<8 {
            seen.append(form.focus)
            _ = form.press(.tab)
        }
        #expect(seen == ["name", "kind", "action", "flag", "operations", "back", "next", "name"])
        _ = form.press(.backTab)
        #expect(form.focus == "name")
    }

    @Test func `Up and Down stop at texts that are there to be read, Tab does not`() {
        var form = Form([
            FormItem.text("first", "a result").stopping(), .text("gap", ""),
            FormItem.text("second", "another").stopping(), FormItem("name", "Name", .text("")),
            FormItem("next", "", .button(title: "Next")),
        ])
        #expect(form.focus == "name", "what can be answered comes first")
        _ = form.press(.up)
        #expect(form.focus == "second")
        _ = form.press(.up)
        #expect(form.focus == "first")
        // In view, and marked.
        var grid = Grid(Size(columns: 20, rows: 1))
        form.draw(into: &grid, area: Rect(Size(columns: 20, rows: 1)), glyphs: .ascii, isActive: true)
        #expect(grid.lines[0].hasPrefix(">a result"))
        #expect(form.press(.character("x")) == .unhandled)
        #expect(form.press(.enter) == .submitted("first"))
        _ = form.press(.tab)
        #expect(form.focus == "name")
        _ = form.press(.backTab)
        #expect(form.focus == "next")
    }

    @Test func `each control answers its keys`() {
        var form = Self.form
        #expect(form.press(.character("2")) == .changed("name"))
        #expect(form["name"]?.value == "orders2")
        #expect(form.press(.left) == .handled)
        #expect(form.press(.enter) == .submitted("name"))
        #expect(form.press(.tab) == .left("name"))
        #expect(form.press(.right) == .changed("kind"))
        #expect(form["kind"]?.value == "group")
        #expect(form.press(.right) == .handled)
        #expect(form.press(.space) == .changed("kind"))
        #expect(form["kind"]?.value == "topic")
        _ = form.press(.down)
        #expect(form.press(.right) == .changed("action"))
        #expect(form["action"]?.value == "deny")
        _ = form.press(.down)
        #expect(form.press(.space) == .changed("flag"))
        #expect(form["flag"]?.value == "true")
        #expect(form.press(.character("x")) == .unhandled)
        _ = form.press(.down)
        #expect(form.press(.right) == .handled)
        #expect(form.press(.space) == .changed("operations"))
        #expect(form["operations"]?.value == "read,write")
        _ = form.press(.down)
        #expect(form.press(.right) == .left("back"))
        #expect(form.press(.space) == .pressed("next"))
        #expect(form.press(.enter) == .pressed("next"))
        #expect(form.press(.pageDown) == .unhandled)
    }

    @Test func `new items keep the focus and the place in a text`() {
        var form = Self.form
        _ = form.press(.home)
        form.replaceItems(Array(Self.form.items.dropFirst(0)))
        _ = form.press(.character("x"))
        #expect(form["name"]?.value == "xorders")
        form.focus("flag")
        form.replaceItems(Self.form.items.filter { $0.id != "flag" })
        #expect(form.focus == "operations")
        form.replaceItems([])
        #expect(form.focus == "")
        #expect(form.press(.tab) == .unhandled)
    }

    @Test func `what is under the cursor is always in view`() {
        for columns in [1, 5, 12, 30, 60] {
            for rows in [1, 2, 3, 5, 8, 20] {
                for id in ["name", "kind", "action", "flag", "operations", "back", "next"] {
                    var form = Self.form
                    form.focus(id)
                    var grid = Grid(Size(columns: columns, rows: rows))
                    form.draw(into: &grid, area: grid.bounds, glyphs: .ascii, isActive: true)
                    #expect(grid.lines.allSatisfy { CellText.width($0) == columns })
                    guard columns >= 30 else { continue }
                    if id == "back" || id == "next" {
                        #expect(grid.lines.joined().contains("[ Next ]"))
                    } else {
                        #expect(grid.lines.contains { $0.hasPrefix(">") }, "\(id) at \(columns)x\(rows)")
                    }
                }
            }
        }
    }

    @Test func `a problem and its suggestion stand under the field`() {
        var item = FormItem("label", "DNS label", .text("vcluster 1"))
        item.problem = "may hold a-z, 0-9 and \"-\" only."
        item.suggestion = "vcluster-1"
        var grid = Grid(Size(columns: 60, rows: 4))
        Form([item]).draw(into: &grid, area: grid.bounds, glyphs: .ascii, isActive: true)
        #expect(grid.lines[1].contains("! may hold a-z, 0-9 and \"-\" only."))
        #expect(grid.lines[2].contains("Suggest: vcluster-1  (Ctrl-F accepts)"))
        #expect(grid.cursor?.row == 0)
    }

    @Test func `a secret is drawn as stars`() {
        var grid = Grid(Size(columns: 40, rows: 1))
        Form([FormItem("s", "Secret", .text("hidden", isSecret: true))])
            .draw(into: &grid, area: grid.bounds, glyphs: .ascii, isActive: false)
        #expect(grid.lines[0].contains("******"))
        #expect(!grid.lines[0].contains("hidden"))
    }
}
