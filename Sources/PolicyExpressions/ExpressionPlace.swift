/// Where an expression stands: what it may read and what it must give.
package struct ExpressionPlace: Equatable, Sendable {
    /// The variables that are offered or refused together.
    package struct Variables: OptionSet, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// `context.auth.type`, `context.auth.principal.name`
        package static let identity = Variables(rawValue: 1 << 0)
        /// `context.auth.principal.id`, `context.auth.principal.metadata`
        package static let principalDetails = Variables(rawValue: 1 << 1)
        /// `context.auth.token.claims`
        package static let claims = Variables(rawValue: 1 << 2)
        /// `context.topic.name`
        package static let topicName = Variables(rawValue: 1 << 3)
        /// `record.headers`
        package static let headers = Variables(rawValue: 1 << 4)
        /// `record.value`, `record.key`
        package static let recordContent = Variables(rawValue: 1 << 5)
        /// `context.certificate`
        package static let certificate = Variables(rawValue: 1 << 6)
        /// `vault.env`
        package static let vault = Variables(rawValue: 1 << 7)

        package static let authentication: Variables = [.identity, .principalDetails, .claims]
    }

    package enum Result: Equatable, Sendable {
        case boolean
        /// At most ``ExpressionPlace/maximumElements`` strings.
        case strings
        case string
        /// Text; what a template gives.
        case text
    }

    package enum Form: Equatable, Sendable {
        /// The whole text is one expression.
        case expression
        /// As above, or one `${...}`.
        case expressionOrTemplate
        /// Literal text with `${...}` parts.
        case template
    }

    /// As messages name it: `the condition of an acls policy`.
    package var name: String
    package var variables: Variables
    package var result: Result
    package var form: Form

    package init(name: String, variables: Variables, result: Result, form: Form = .expression) {
        self.name = name
        self.variables = variables
        self.result = result
        self.form = form
    }

    /// Unicode scalars in a text.
    package static let maximumLength = 1000
    /// Levels of brackets, calls, conditionals and selections in each other.
    package static let maximumNesting = 64
    /// Strings in an array result.
    package static let maximumElements = 50
}

extension ExpressionPlace {
    package static let aclCondition = ExpressionPlace(
        name: "the condition of an acls policy", variables: .authentication, result: .boolean)
    package static let resourceNames = ExpressionPlace(
        name: "resource_names of an acls rule", variables: .authentication, result: .strings)
    package static let aliasCondition = ExpressionPlace(
        name: "the condition of a topic alias", variables: .authentication, result: .boolean)
    /// `encrypt`, `decrypt`, `schema_validation`, and `modify_headers` and `skip_record` at top level.
    package static let recordCondition = ExpressionPlace(
        name: "the condition of a record policy", variables: [.authentication, .topicName, .headers], result: .boolean)
    /// `encrypt_fields`, `decrypt_fields`, and what is a child of `schema_validation`.
    package static let parsedRecordCondition = ExpressionPlace(
        name: "the condition of a policy on parsed records",
        variables: [.authentication, .topicName, .headers, .recordContent], result: .boolean)
    package static let fieldPaths = ExpressionPlace(
        name: "the paths of a field policy", variables: [.authentication, .topicName, .headers], result: .strings,
        form: .expressionOrTemplate)
    package static let principalMapping = ExpressionPlace(
        name: "a principal mapping", variables: .certificate, result: .string, form: .expressionOrTemplate)
    package static let secret = ExpressionPlace(
        name: "a secret", variables: .vault, result: .text, form: .template)
}
