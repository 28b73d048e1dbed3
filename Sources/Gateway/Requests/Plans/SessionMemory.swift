/// What requests of one session leave behind for later ones. Confined to the session's event loop.
final class SessionMemory {
    /// Whether rules were enforced on the requests that left it behind.
    let isEnforcing: Bool
    let fetchSessions = FetchSessionTracker()
    /// Share sessions (KIP-932).
    var shareSessions = MemberMemory<ShareSession>()
    /// Members that subscribe by a pattern (KIP-848).
    var patternSubscriptions = MemberMemory<PatternSubscription>()
    /// Members of streams groups (KIP-1071) that the backend knows nothing of.
    var waitingStreamsMembers = MemberMemory<StreamsTopicNeeds>()
    /// Topics whose records may go to the client.
    var readableTopics = ReadableTopics()

    init(isEnforcing: Bool) {
        self.isEnforcing = isEnforcing
    }

    /// The memory to go on with: the same one as long as the way of judging is the same.
    ///
    /// Where nothing is enforced, nothing is followed: what is remembered of before is not what the backend knows since.
    /// So a change of the mode ends all of it. A client that goes on with a fetch or share session of before is told that
    /// there is none, and begins another.
    static func kept(_ memory: SessionMemory?, isEnforcing: Bool) -> SessionMemory {
        guard let memory, memory.isEnforcing == isEnforcing else { return SessionMemory(isEnforcing: isEnforcing) }
        return memory
    }
}
