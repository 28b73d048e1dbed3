import ArgumentParser
import Console
import EngineInterface
import Foundation
import Resources

extension ClientConfiguration.Client: ExpressibleByArgument {}

/// The closing page of the walkthrough without a screen: configurations for stock clients.
struct ClientPages {
    private let configurations: [ClientConfiguration]

    init(_ answers: SetupAnswers, _ outcome: SetupPlan.Outcome, _ configuration: ConfigurationTree) {
        self.configurations = ClientConfiguration.Client.allCases.map {
            ClientConfiguration($0, answers, outcome, in: configuration)
        }
    }

    /// The file for one client, with its secret.
    func text(_ client: ClientConfiguration.Client) -> String {
        self.configurations.first { $0.client == client }?.text(showsSecret: true) ?? ""
    }

    /// Shows all configurations. The secret is hidden in them, because it is printed once.
    func printAll() {
        for configuration in self.configurations {
            Output.line("")
            for line in configuration.page(showsSecret: false) { Output.line(line) }
        }
        if self.configurations.contains(where: \.holdsSecret) {
            Output.line("")
            Output.line(
                "Put the client secret from above in place of ********. With --client-config CLIENT, sluice setup prints the "
                    + "whole file instead.")
        }
    }

    /// Asks for a client, shows its configuration, and writes it after a yes.
    ///
    /// - Parameter answer: to a prompt; nil at the end of input.
    func offer(_ answer: (String) async -> String?) async {
        let names = self.configurations.enumerated().map { "\($0.offset + 1) \($0.element.client.title)" }
        while let choice = await answer(
            "\nConfiguration for a client (\(names.joined(separator: ", ")); Enter for none): "), !choice.isEmpty
        {
            guard let configuration = self.configuration(choice) else {
                Output.line("! '\(Self.shown(choice))' is none of: \(names.joined(separator: ", "))")
                continue
            }
            for line in configuration.page(showsSecret: false) { Output.line(line) }
            await self.write(configuration, answer)
        }
    }

    private func configuration(_ choice: String) -> ClientConfiguration? {
        let word = choice.lowercased()
        if let number = Int(word) {
            return self.configurations.indices.contains(number - 1) ? self.configurations[number - 1] : nil
        }
        return self.configurations.first { $0.client.rawValue.hasPrefix(word) }
    }

    private func write(_ configuration: ClientConfiguration, _ answer: (String) async -> String?) async {
        var path = configuration.client.fileName
        guard
            let first = await answer(
                "\nFile to write it to, with the secret, readable by you alone (Enter for \(path), - for none): "),
            first != "-"
        else { return }
        if !first.isEmpty { path = first }
        while true {
            do {
                if try ConsoleFiles().writePrivate(configuration.text(showsSecret: true, file: path), to: path) {
                    return Output.line("\(Self.shown(path)) is written.")
                }
                Output.line("! \(Self.shown(path)) is there already and stays as it is.")
            } catch {
                Output.line("! \((error as? EngineClientError)?.message ?? "\(error)")")
            }
            guard let next = await answer("Another name (Enter for none): "), !next.isEmpty else { return }
            path = next
        }
    }

    /// Typed text, with nothing in it that a terminal obeys.
    private static func shown(_ text: String) -> String { CellText.sanitised(String(text.prefix(200))) }
}
