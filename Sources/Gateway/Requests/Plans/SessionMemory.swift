/// The facts that requests of one session keep for later ones. Confined to the session's event loop.
final class SessionMemory {
    /// Whether rules were enforced on the requests that the facts come from.
    let isEnforcing: Bool
    let fetchSessions = FetchSessionTracker()
    /// Share sessions (KIP-932).
    var shareSessions = MemberMemory<ShareSession>()
    /// Members that subscribe by a pattern (KIP-848).
    var patternSubscriptions = MemberMemory<PatternSubscription>()
    /// Members of streams groups (KIP-1071) that the backend does not have.
    var waitingStreamsMembers = MemberMemory<StreamsTopicNeeds>()
    /// Topics whose records may go to the client.
    var readableTopics = ReadableTopics()

    init(isEnforcing: Bool) {
        self.isEnforcing = isEnforcing
    }

    /// The memory to use from now on: the same one as long as the mode of judging is the same.
    ///
    /// Where nothing is enforced, sessions are not followed, so an older memory would differ from the backend's state.
    /// A change of the mode therefore ends all of it. A client that continues an older fetch or share session gets the
    /// error that there is none, and begins another.
    static func kept(_ memory: SessionMemory?, isEnforcing: Bool) -> SessionMemory {
        guard let memory, memory.isEnforcing == isEnforcing else { return SessionMemory(isEnforcing: isEnforcing) }
        return memory
    }
}
