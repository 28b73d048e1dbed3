import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import Resources

/// The requests that come before any other: ApiVersions and SASL. ``SASLStateMachine`` decides their answers.
extension Session {
    var principal: SessionPrincipal? { self.sasl.principal }

    // MARK: ApiVersions (KIP-511)

    func apiVersionsRequested(_ frame: ByteChain, head: FrameHead) {
        self.requests += 1
        let whole = frame.contiguous()
        if ApiVersionsRequest.versions.contains(head.version) {
            do {
                let header = try RequestHeaderBytes(whole, head: head)
                self.learnClientID(header)
                var body = header.body
                let request = try ApiVersionsRequest(
                    from: &body, version: head.version, maximumElements: self.context.limits.requestElements)
                if head.version >= ApiVersionsRequest.firstVersionWithClientSoftwareName {
                    guard request.namesSoftwareProperly else {
                        return self.answer(
                            ApiVersionsAnswer.invalidRequest(version: head.version), api: .apiVersions,
                            version: head.version, correlationID: head.correlationID)
                    }
                    self.clientSoftwareName = OutsideText.cut(request.clientSoftwareName)
                    self.clientSoftwareVersion = OutsideText.cut(request.clientSoftwareVersion)
                }
            } catch {
                return self.malformed(head, error: error)
            }
        }
        if let broker = self.broker { return self.answerApiVersions(head, broker.versions) }
        self.findBroker { _, _ in
            if let broker = self.broker { self.answerApiVersions(head, broker.versions) }
            self.resume()
        }
    }

    private func answerApiVersions(_ head: FrameHead, _ versions: BrokerVersions) {
        self.answer(
            versions.answer(
                requestVersion: head.version, enforcesACLs: self.virtualCluster.acl != nil,
                correlationID: head.correlationID))
    }

    // MARK: SASL

    /// Lets a request that is neither ApiVersions nor SASL through, or closes the connection.
    func admit() -> Bool {
        if self.isAdmittedForGood { return true }
        switch self.sasl.requestReceived(now: Date()) {
        case .forward:
            return true
        case .becomeAuthenticatedAndForward:
            return self.becameAuthenticated(by: .anonymous)
        case .close(let reason):
            self.log(.info, "connection closed", ["error": "\(reason)"])
            self.endAfterAnswers(reason: "\(reason)")
            return false
        case .drop:
            // Without an end the request would be inspected again and again.
            self.endAfterAnswers(reason: "the session has ended")
            return false
        }
    }

    func saslHandshakeRequested(_ frame: ByteChain, head: FrameHead) {
        self.requests += 1
        do {
            let header = try RequestHeaderBytes(frame.contiguous(), head: head)
            self.learnClientID(header)
            var body = header.body
            let version = min(max(head.version, 0), SaslHandshakeRequest.versions.upperBound)
            let request = try SaslHandshakeRequest(
                from: &body, version: version, maximumElements: self.context.limits.requestElements)
            switch self.sasl.handshakeReceived(mechanism: request.mechanism, version: head.version, now: Date()) {
            case .answer(let answer):
                // The machine decides about the next request, unless this handshake was refused.
                self.isAdmittedForGood = false
                if answer.errorCode == .none { self.authenticationBegins() }
                self.send(answer, head: head)
            case .answerAndAwaitBareToken(let answer):
                self.phase = .bareToken
                self.authenticationBegins()
                self.send(answer, head: head)
            case .close(let reason):
                self.log(.info, "connection closed", ["error": "\(reason)"])
                self.endAfterAnswers(reason: "\(reason)")
            case .answerAndClose(let answer, let reason):
                self.send(answer, head: head)
                self.authenticationFailed(reason)
            case .drop:
                break
            }
        } catch {
            self.malformed(head, error: error)
        }
    }

    private func send(_ answer: HandshakeAnswer, head: FrameHead) {
        var response = SaslHandshakeResponse()
        response.errorCode = answer.errorCode.rawValue
        response.mechanisms = answer.mechanisms
        var body = ByteBuffer()
        response.encode(into: &body, version: min(max(head.version, 0), SaslHandshakeResponse.versions.upperBound))
        self.answer(body, api: .saslHandshake, version: head.version, correlationID: head.correlationID)
    }

    func saslAuthenticateRequested(_ frame: ByteChain, head: FrameHead) {
        self.requests += 1
        do {
            let header = try RequestHeaderBytes(frame.contiguous(), head: head)
            var body = header.body
            let request = try SaslAuthenticateRequest(
                from: &body, version: head.version, maximumElements: self.context.limits.requestElements)
            switch self.sasl.authenticateReceived(Array(request.authBytes.readableBytesView)) {
            case .validate(let token, let rules):
                self.validate(token, rules: rules, answering: .request(head))
            case .answer(let answer):
                self.send(answer, to: .request(head))
            case .answerAndClose(let answer, let reason):
                self.send(answer, to: .request(head))
                self.authenticationFailed(reason)
            case .drop:
                break
            }
        } catch {
            self.malformed(head, error: error)
        }
    }

    /// The form in which a token came, and so the form of its answer.
    enum TokenCarrier {
        case request(FrameHead)
        /// The form after SaslHandshake version 0: bytes behind their length, both ways.
        case bare
    }

    func bareTokenReceived(_ frame: ByteChain) {
        self.requests += 1
        let token = frame.contiguous().readableBytesView.dropFirst(FrameError.sizeBytes)
        switch self.sasl.bareTokenReceived(Array(token)) {
        case .validate(let token, let rules):
            self.validate(token, rules: rules, answering: .bare)
        case .close(let reason):
            self.authenticationFailed(reason)
        case .drop:
            break
        }
    }

    /// Has the token judged outside the event loop. No more is read from the client until then.
    private func validate(_ token: BearerToken, rules: [Int], answering carrier: TokenCarrier) {
        let runtime = self.virtualCluster
        guard let rulesInForce = self.inForce(rules) else {
            self.log(.info, "connection closed", ["error": "the rules that would judge its token were changed"])
            return self.close(reason: "its authentication rules were removed or changed")
        }
        self.wait = .authentication
        let loop = self.context.loop
        let session = NIOLoopBound(self, eventLoop: loop)
        let reviews = self.context.tokenReviews
        Task {
            let judgement = await runtime.authenticator.validate(token, rules: rulesInForce)
            let rule = judgement.rule.map { runtime.virtualCluster.authentication[$0] }
            loop.execute {
                let session = session.value
                // A review in the meantime has missed this session, which had no token yet.
                if case .accepted(let accepted) = judgement.verdict, let issued = accepted.issued,
                    session.context.hasReviewed(issued, after: reviews), !session.isClosing
                {
                    return session.validate(token, rules: rules, answering: carrier)
                }
                session.tokenJudged(judgement.verdict, by: rule, answering: carrier)
            }
        }
    }

    /// The indexes of the rules in force that succeed the given rules, under which the client connected; nil when one
    /// of them has no successor. The client then has to connect again to use the new ones.
    private func inForce(_ rules: [Int]) -> [Int]? {
        let then = self.authenticating.virtualCluster.authentication
        let now = self.virtualCluster.virtualCluster.authentication
        let successors = rules.compactMap { rule in now.firstIndex { $0.admitsAll(of: then[rule]) } }
        return successors.count == rules.count ? successors : nil
    }

    private func tokenJudged(_ verdict: TokenVerdict, by rule: AuthenticationRule?, answering carrier: TokenCarrier) {
        switch self.sasl.tokenValidated(verdict, now: Date()) {
        case .becomeAuthenticated(_, let answer):
            guard let rule, self.becameAuthenticated(by: rule) else { return }
            if case .accepted(let token) = verdict { self.issuedToken = token.issued }
            self.scheduleExpiry()
            self.send(answer, to: carrier)
            self.log(.info, "client authenticated")
        case .answer(let answer):
            if case .rejected(let reason) = verdict {
                self.log(.info, "client's token refused", ["error": "\(reason)"])
            }
            self.send(answer, to: carrier)
        case .answerAndClose(let answer, let reason):
            self.send(answer, to: carrier)
            self.authenticationFailed(reason)
        case .drop:
            return
        }
        self.resume()
    }

    private func send(_ answer: AuthenticateAnswer, to carrier: TokenCarrier) {
        switch carrier {
        case .request(let head): self.send(answer, head: head)
        // An error has no bare form, so the client learns it from the end of the connection.
        case .bare where answer.errorCode != .none: break
        case .bare:
            var frame = ByteBuffer()
            frame.writeInteger(Int32(answer.authBytes.count))
            frame.writeBytes(answer.authBytes)
            self.answer(frame)
        }
    }

    private func send(_ answer: AuthenticateAnswer, head: FrameHead) {
        var response = SaslAuthenticateResponse()
        response.errorCode = answer.errorCode.rawValue
        response.errorMessage = answer.errorMessage
        response.authBytes = ByteBuffer(bytes: answer.authBytes)
        response.sessionLifetimeMs = answer.sessionLifetimeMs
        var body = ByteBuffer()
        response.encode(into: &body, version: head.version)
        self.answer(body, api: .saslAuthenticate, version: head.version, correlationID: head.correlationID)
    }

    /// Stops reading, and closes a little later, as a broker does (`connection.failed.authentication.delay.ms`): some
    /// clients see the end of a connection before they read the answer that came with it.
    private func authenticationFailed(_ reason: SASLCloseReason) {
        self.log(.info, "authentication failed; connection closed", ["error": "\(reason)"])
        self.isDraining = true
        self.context.loop.assumeIsolated().scheduleTask(in: Self.failedAuthenticationDelay) { [weak self] in
            // The answers to earlier requests are sent before the answer to the token.
            self?.closeIfDrained()
        }
    }

    /// - Returns: False when the rule was removed since the client connected; the connection is then closed.
    private func becameAuthenticated(by rule: AuthenticationRule) -> Bool {
        guard self.virtualCluster.virtualCluster.authentication.contains(where: { $0.admitsAll(of: rule) }) else {
            self.log(.info, "connection closed", ["error": "the rule that would let the client in was removed"])
            self.close(reason: "its authentication rule was removed")
            return false
        }
        self.authenticationRule = rule
        self.signedInAs = self.principal
        self.isAuthenticated = true
        self.isAdmittedForGood = self.sasl.expiresAt == nil
        self.authenticationEndsAt = nil
        self.installRules()
        return true
    }

    // MARK: Expiry (KIP-368)

    private func scheduleExpiry() {
        self.expiry?.cancel()
        guard let expiresAt = self.sasl.expiresAt else { return }
        let seconds = max(0, min(expiresAt.timeIntervalSinceNow, 365 * 86_400))
        self.expiry = self.context.loop.assumeIsolated().scheduleTask(
            in: .nanoseconds(Int64(seconds * 1e9) + 1_000_000)
        ) { [weak self] in
            self?.expiryReached()
        }
    }

    func expiryReached() {
        let isSilent = self.context.tick - self.activeAt >= Self.secondsToRenew
        let isBusy = !self.inFlight.isEmpty || self.wait != nil || !isSilent
        switch self.sasl.expiryReached(now: Date(), isBusy: isBusy) {
        case .close(let reason):
            self.log(.info, "session ends", ["reason": "\(reason)"])
            self.endAfterAnswers(reason: "\(reason)")
        case .waitUntil:
            self.scheduleExpiry()
        case .lookAgain:
            self.expiry = self.context.loop.assumeIsolated().scheduleTask(
                in: .seconds(Int64(Self.secondsToRenew))
            ) { [weak self] in
                self?.expiryReached()
            }
        case .none:
            break
        }
    }
}
