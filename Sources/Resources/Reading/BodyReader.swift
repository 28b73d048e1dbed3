package import JSON

/// Walks a request's JSON object and collects everything that is wrong with it.
///
/// Fields that the reading code did not ask for are unknown properties; ``read(_:_:)`` reports them when the walk is over.
///
///     let name = reader["name"].string(.entityName)                    // required
///     let text = reader["description"].ifPresent?.string(.length(0...512)) ?? ""
///     let tls = reader["tls"].object { inner in BackendTLS(reading: inner) }
///
/// A value that comes back nil has been reported. Not Sendable: one walk, one task.
package final class BodyReader {
    private let object: JSONObject
    private let path: String
    private let issues: ValidationIssues
    private var asked: Set<String> = []
    private var acceptsAnything = false

    init(object: JSONObject, path: String, issues: ValidationIssues) {
        self.object = object
        self.path = path
        self.issues = issues
    }

    /// Reads a whole body.
    ///
    /// - Throws: ``InvalidBody`` with all findings; whatever `build` throws.
    package static func read<Value>(_ body: JSONValue, _ build: (BodyReader) throws -> Value?) throws -> Value {
        let issues = ValidationIssues()
        guard case .object(let object) = body else {
            throw InvalidBody([
                InvalidParameter(field: "body", rule: .isObject, reason: "the body must be a JSON object")
            ])
        }
        let reader = BodyReader(object: object, path: "", issues: issues)
        let value = try build(reader)
        reader.finish()
        guard issues.found.isEmpty else { throw InvalidBody(issues.found) }
        guard let value else { throw UnreportedFault() }
        return value
    }

    /// The field named `key`, there or not.
    package subscript(key: String) -> FieldReader {
        self.asked.insert(key)
        return FieldReader(
            value: self.object[key], path: self.path.isEmpty ? key : "\(self.path).\(key)", issues: self.issues)
    }

    /// All names, in document order; for objects whose names are data (labels).
    package var keys: [String] { self.object.keys }

    /// Takes every other property as known: a part that is refused as a whole says so once.
    package func ignoreOtherProperties() { self.acceptsAnything = true }

    /// True when nothing wrong has been found so far in the whole body.
    package var isValidSoFar: Bool { self.issues.found.isEmpty }

    /// Reports a fault of a field by its path in the body.
    package func report(
        _ path: String, _ rule: InvalidParameter.Rule, _ reason: String, bound: InvalidParameter.Bound = .none
    ) {
        FieldReader(value: nil, path: path, issues: self.issues).report(rule, reason, bound: bound)
    }

    /// Reports unknown properties.
    func finish() {
        guard !self.acceptsAnything else { return }
        for key in self.object.keys where !self.asked.contains(key) {
            self[key].report(.unknownProperty, "no such property")
        }
    }
}

/// What has been found wrong in one body, each thing once, in the order found.
final class ValidationIssues {
    private(set) var found: [InvalidParameter] = []
    /// Faults that were reported, also those that are not kept.
    private(set) var reported = 0

    func add(_ parameter: InvalidParameter) {
        self.reported += 1
        guard self.found.count < InvalidBody.maximumInvalidParameters, !self.found.contains(parameter) else { return }
        self.found.append(parameter)
    }
}

/// A reading gave no value and reported nothing wrong: a mistake of the program, not of the body.
private struct UnreportedFault: Error {}
