import Console
import EngineInterface
import Foundation
import Resources

/// Answers the console's questions: from the engine, the management API, or the machine.
struct ConsoleHost: Sendable {
    let engine: any EngineClient
    let management: any ManagementClient
    let files: ConsoleFiles
    /// Nil when the engine is elsewhere.
    let startSandbox: (@Sendable () async throws -> [String])?
    /// Nil when the engine is in this process.
    let reconnect: (@Sendable () async -> Void)?
    let deliver: @Sendable (ConsoleEvent) -> Void

    func answer(_ request: Request) async -> Answer {
        let result: Result<AnswerValue, EngineClientError>
        do {
            result = .success(try await self.answer(request.question))
        } catch let error as EngineClientError {
            result = .failure(error)
        } catch let error as CommandFailure {
            result = .failure(EngineClientError(error.message))
        } catch {
            result = .failure(EngineClientError("\(error)"))
        }
        return Answer(id: request.id, owner: request.owner, result: result)
    }

    private func answer(_ question: Question) async throws -> AnswerValue {
        switch question {
        case .checkToken(let token, let cluster):
            return .tokenReport(try await self.engine.checkToken(token, virtualCluster: cluster))
        case .accessMatrix(let question): return .accessMatrix(try await self.engine.accessMatrix(question))
        case .explain(let question): return .explanation(try await self.engine.explain(question))
        case .probe(let question): return .probe(try await self.engine.probe(question))
        case .topics(let cluster): return .topics(try await self.engine.topics(virtualCluster: cluster))
        case .groups(let cluster): return .groups(try await self.engine.groups(virtualCluster: cluster))
        case .check(let target): return .reachability(try await self.engine.check(target))
        case .createTopic(let name, let partitions, let cluster):
            try await self.engine.createTopic(name, partitions: partitions, virtualCluster: cluster)
            return .done
        case .closeConnection(let id): return .closed(try await self.engine.closeConnection(sessionID: id))
        case .keptDecisions: return .decisions(try await self.engine.keptDecisions(gateway: nil))
        case .manage(let calls):
            var answers: [ManagementAnswer] = []
            for call in calls {
                let answer = try await self.management.call(call)
                answers.append(answer)
                if !answer.isSuccess { break }
            }
            // The answer may hold the only copy of a secret: it does not wait for the reload.
            Task { await self.showConfiguration() }
            return .managed(answers)
        case .refreshConfiguration:
            await self.showConfiguration()
            return .done
        case .reconnect:
            await self.reconnect?()
            return .done
        case .fetchToken(let request):
            let answer = try await TokenEndpoint(issuer: request.issuer).fetch(
                clientID: request.clientID, clientSecret: request.clientSecret, scope: request.scope,
                warn: { self.deliver(.notice($0)) })
            return .token(answer.accessToken)
        case .startSandbox:
            guard let startSandbox = self.startSandbox else {
                throw EngineClientError(
                    "The sandbox starts only in the instance itself: run `sluice serve --sandbox` there.")
            }
            return .sandbox(try await startSandbox())
        case .readFile(let path): return .text(try self.files.read(path))
        case .writeFile(let path, let text):
            try self.files.write(text, to: path)
            return .done
        case .writePrivateFile(let path, let text, let replacing):
            return try self.files.writePrivate(text, to: path, replacing: replacing) ? .done : .exists
        case .loadDraft: return .draft(try self.files.draft())
        case .saveDraft(let text):
            try self.files.saveDraft(text)
            return .done
        // Themes belong to the screen.
        case .listThemes: return .themes([])
        }
    }

    private func showConfiguration() async {
        guard let tree = try? await ConfigurationLoader(management: self.management).load() else { return }
        self.deliver(.configuration(tree))
    }
}
