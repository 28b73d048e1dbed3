import Foundation
import JSON
import ManagementHTTP
import Resources
import Testing

@Suite struct ProblemTests {
    @Test func `a 400 lists each variant of parameter with its extra member`() throws {
        var problem = Problem.badRequest([
            InvalidParameter(field: "a", rule: .required, reason: "is required"),
            InvalidParameter(field: "b", rule: .minimumLength, bound: .minimum(1), reason: "r"),
            InvalidParameter(field: "c", rule: .maximum, bound: .maximum(9), reason: "r"),
            InvalidParameter(field: "d", rule: .choice, bound: .choices(["x"]), reason: "r"),
            InvalidParameter(
                field: "e", rule: .dependentFields, source: .query, bound: .dependents(["f"]), reason: "r"),
        ])
        problem.instance = "kong:trace:1"
        #expect(
            String(decoding: try EntityCoding.encode(problem), as: UTF8.self) == """
                {"detail":"Invalid request","instance":"kong:trace:1","invalid_parameters":[\
                {"field":"a","reason":"is required","rule":"required","source":"body"},\
                {"field":"b","minimum":1,"reason":"r","rule":"min_length","source":"body"},\
                {"field":"c","maximum":9,"reason":"r","rule":"max","source":"body"},\
                {"choices":["x"],"field":"d","reason":"r","rule":"enum","source":"body"},\
                {"dependents":["f"],"field":"e","reason":"r","rule":"dependent_fields","source":"query"}],\
                "status":400,"title":"Bad Request","type":"https://httpstatuses.com/400"}
                """)
    }

    @Test func `the list of faults is bounded, and says what is left out`() {
        let fault = { (number: Int) in InvalidParameter(field: "f\(number)", rule: .invalid, reason: "r") }
        let whole = Problem.badRequest((0..<100).map(fault))
        #expect(whole.invalidParameters.count == 100)
        #expect(whole.detail == "Invalid request")
        let cut = Problem.badRequest((0..<4000).map(fault), detail: "Listener [x] cannot bind its ports")
        #expect(cut.invalidParameters.map(\.field) == (0..<100).map { "f\($0)" })
        #expect(
            cut.detail == "Listener [x] cannot bind its ports; the first [100] of [4000] faults are listed")
    }

    @Test func `other problems have no parameters, and an instance of digits`() throws {
        let problem = Problem.notFound("gateway", id: "x")
        #expect(problem.instance.wholeMatch(of: /kong:trace:\d+/) != nil)
        let text = String(decoding: try EntityCoding.encode(problem), as: UTF8.self)
        #expect(!text.contains("invalid_parameters"))
        #expect(text.contains(#""detail":"No gateway [x]""#))
    }
}
