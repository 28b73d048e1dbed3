import Resources

extension ConsoleState {
    private static let productionReason = "the gateway is labelled prod (:readwrite allows changes)."

    /// Makes the session read-only for a gateway whose label `env` is `prod`, until `:readwrite` allows changes.
    mutating func guardProduction() {
        let isGuarded =
            self.environment == "prod" && self.data.gateway.map { !self.writableProduction.contains($0.id) } ?? false
        if isGuarded, self.options.readOnlyReason == nil {
            self.options.readOnlyReason = Self.productionReason
        } else if !isGuarded, self.options.readOnlyReason == Self.productionReason {
            self.options.readOnlyReason = nil
        }
    }

    mutating func allowChanges() {
        if let gateway = self.data.gateway { self.writableProduction.insert(gateway.id) }
        self.options.readOnlyReason = nil
    }
}
