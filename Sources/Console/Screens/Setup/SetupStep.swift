/// The steps of the walkthrough, in order.
package enum SetupStep: Int, CaseIterable, Hashable, Sendable {
    case signIn = 1
    case client, backend, virtualCluster, listener, forward, acl, proof, review
    /// The closing page, there once everything is applied.
    case connect

    package var title: String {
        switch self {
        case .signIn: "Sign-in server"
        case .client: "Scope and client"
        case .backend: "Backend cluster"
        case .virtualCluster: "Virtual cluster"
        case .listener: "Listener"
        case .forward: "Forward policy"
        case .acl: "ACL policy"
        case .proof: "Prove it works"
        case .review: "Review and apply"
        case .connect: "Connect a client"
        }
    }

    /// What the step is about, behind its title.
    var subtitle: String {
        switch self {
        case .signIn: "who vouches for clients"
        case .client: "what a token says"
        case .backend: "the real Kafka behind"
        case .virtualCluster: "what clients will see"
        case .listener: "where clients connect"
        case .forward: "which ports lead where"
        case .acl: "who may do what"
        case .proof: "with real connections"
        case .review: "nothing has changed yet"
        case .connect: "ready configurations"
        }
    }

    /// What the step is for, in a few sentences.
    var purpose: String {
        switch self {
        case .signIn:
            "Clients prove who they are with a token. The sign-in server issues tokens and publishes the keys that the gateway checks them with. Sluice has one built in; any issuer with a JWKS URL works as well."
        case .client:
            "A client is a program with an id and a secret. Its tokens carry a scope and, if you like, a claim: a fact about the client that rules can use. The secret is shown once, after Apply."
        case .backend:
            "The brokers that hold the data. The gateway connects to them; clients never do and never see their addresses."
        case .virtualCluster:
            "A Kafka cluster as clients see it: how they sign in, and whether rules decide what they may do."
        case .listener:
            "Addresses and ports that clients connect to: one port to start from, and one for each broker."
        case .forward:
            "Sends the listener's connections to the virtual cluster. The first port is for bootstrap, each next one stands for a broker, under the host that clients are told."
        case .acl:
            "With ACLs on, a client may do nothing until a rule allows it. A matching deny rule wins over any allow."
        case .proof:
            "After Apply: a topic on the backend, a token for the new client, and the list of topics through the listener, with the token and without. What is seen is compared with what the rules foretell."
        case .review:
            "Every object is created in this order. If one fails the walkthrough stops, shows why, and offers to undo what was created."
        case .connect:
            "What a stock Kafka client needs to go through the gateway, ready to copy or to write to a file."
        }
    }

    /// What is asked, in order.
    var fields: [SetupField] { SetupField.allCases.filter { $0.step == self } }

    var next: SetupStep { SetupStep(rawValue: self.rawValue + 1) ?? .connect }
    var previous: SetupStep { SetupStep(rawValue: self.rawValue - 1) ?? .signIn }
}
