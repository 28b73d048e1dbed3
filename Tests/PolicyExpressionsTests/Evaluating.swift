import PolicyExpressions

/// A place that offers everything and takes any result that is not array-shaped by rule.
let condition = ExpressionPlace.parsedRecordCondition

/// Evaluates a condition of a record policy.
func evaluate(
    _ text: String, _ variables: ExpressionVariables = ExpressionVariables()
) throws -> Bool {
    try Expression(parsing: text, for: condition).evaluateCondition(variables)
}

/// The error of a text that does not compile, or nil.
func fault(_ text: String, for place: ExpressionPlace = condition) -> ExpressionError? {
    do {
        _ = try Expression(parsing: text, for: place)
        return nil
    } catch {
        return error
    }
}

/// Whether evaluation fails at run time.
func fails(_ text: String, _ variables: ExpressionVariables = ExpressionVariables()) throws -> String? {
    let expression = try Expression(parsing: text, for: condition)
    do {
        _ = try expression.evaluate(variables)
        return nil
    } catch {
        return error.description
    }
}

func content(_ value: ExpressionValue) -> ExpressionVariables {
    var variables = ExpressionVariables()
    variables.set(["record", "value", "content"], value)
    return variables
}

func headers(_ value: ExpressionValue) -> ExpressionVariables {
    var variables = ExpressionVariables()
    variables.set(["record", "headers"], value)
    return variables
}

func topic(_ name: String) -> ExpressionVariables {
    var variables = ExpressionVariables()
    variables.set(["context", "topic", "name"], .string(name))
    return variables
}

func identity(
    _ name: String, type: String = "sasl_oauth_bearer", metadata: ExpressionValue? = nil, claims: ExpressionValue? = nil
) -> ExpressionVariables {
    var variables = ExpressionVariables()
    variables.setAuthentication(type: type, principalName: name, metadata: metadata, claims: claims)
    return variables
}

/// A seeded generator, so that a failing input comes back.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
