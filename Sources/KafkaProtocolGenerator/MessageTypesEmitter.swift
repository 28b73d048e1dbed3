/// Writes the list of all message types, for tests that go through every API and version.
struct MessageTypesEmitter {
    var specifications: [Specification]

    func emit() -> String {
        var out = SwiftEmitter.header
        out += "import KafkaProtocol\n\n"
        out += "/// Every generated message and structure that stands alone, by its name in the specification.\n"
        out += "let messageTypes: [String: any KafkaData.Type] = [\n"
        for specification in self.specifications {
            for message in specification.messages { out += "    \"\(message.name)\": \(message.name).self,\n" }
        }
        return out + "]\n"
    }
}
