import JSON

extension Field {
    /// The fields of a policy: those that all have, and the configuration of its type.
    ///
    /// - Parameter hasCondition: listener policies have no condition.
    static func ofPolicy(_ types: [FieldVariant], hasCondition: Bool) -> [Field] {
        [
            Field(
                "type", .variantName(types), .required, access: .atCreation, "What the policy does.",
                example: types.first { $0.unsupported == nil }.map { .string($0.name) }),
            Field(
                "name", .string(.entityName), .optional, null: .resets, "Unique in its chain.",
                example: types.first { $0.unsupported == nil }.map {
                    .string("my-\($0.name.replacing("_", with: "-"))")
                },
                isInTemplate: true),
            .description,
            Field("enabled", .boolean, .defaults(.bool(true)), "Whether it is in force."),
        ] + (hasCondition ? [.condition] : []) + [
            Field("config", .variantFields(of: "type", types), .required, "The configuration of its type."),
            .labels,
            Field(
                "parent_policy_id", .string(.uuid), .optional, null: .resets, access: .readOnly,
                "The policy that it lies in."),
        ]
    }

    private static let condition = Field(
        "condition", .string(.length(0...1000)), .defaults(.string("")), null: .resets,
        "An expression that says when it applies; left out, always.",
        example: .string(#"context.auth.principal.name == "client-7""#),
        check: { value, field, around in
            guard case .string(let text) = value, !text.isEmpty,
                let fault = around.fault(inExpression: text, for: .condition)
            else { return }
            field.report(.invalid, fault)
        })
}
