import KafkaProtocol
import NIOCore
import Resources

/// ConsumerGroupDescribe (69), ShareGroupDescribe (77) and StreamsGroupDescribe (89): `DESCRIBE` on each group, and on
/// every topic that its description names. Authorized operations are the gateway's to compute.
enum GroupDescribeHandler<Request: GroupDescribeRequest> {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: Request = try request.decode()
        let showsOperations = message.includeAuthorizedOperations
        let refused = message.groupIds.takeRefused { group in
            request.authorizer.allows(.describe, .group, group)
                ? nil : Request.Answer.Row(refused: group, .groupAuthorizationFailed, nil)
        }
        func plan(_ refused: RefusedRows<Request.Answer>) -> ResponsePlan {
            Request.plan(GroupDescribeMerge(refused: refused, showsOperations: showsOperations))
        }
        return request.forward(
            message, isEmpty: message.groupIds.isEmpty, refused: refused,
            whenNothingIsRefused: plan(RefusedRows(rows: [])), then: plan)
    }
}

struct GroupDescribeMerge<Answer: GroupDescribeAnswer>: Equatable {
    /// The text of a broker that hides a group because of one topic.
    private static var refusalText: String {
        "The group has described topic(s) that the client is not authorized to describe."
    }

    var refused: RefusedRows<Answer>
    var showsOperations: Bool

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: Answer = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: Answer.apiKey)
        var groups = message.rows
        for index in groups.indices where groups[index].errorCode == KafkaErrorCode.none.rawValue {
            let group = groups[index].groupId
            var isVisible = true
            for topic in groups[index].namedTopics.wireNames where !authorizer.shows(.describe, .topic, topic.text) {
                isVisible = false
            }
            if !isVisible {
                groups[index] = Answer.Row(refused: group, .topicAuthorizationFailed, Self.refusalText)
            } else if self.showsOperations, let bits = authorizer.authorizedOperations(.group, group) {
                groups[index].authorizedOperations = bits
            }
        }
        message.rows = groups
        self.refused.add(to: &message)
        return context.encode(message)
    }
}

protocol GroupDescribeRequest: KafkaMessage {
    associatedtype Answer: GroupDescribeAnswer

    var groupIds: [String] { get set }
    var includeAuthorizedOperations: Bool { get }

    static func plan(_ merge: GroupDescribeMerge<Answer>) -> ResponsePlan
}

protocol GroupDescribeAnswer: RowAnswer where Row: GroupDescription {}

/// One group as an answer describes it.
protocol GroupDescription: KafkaStructure {
    var groupId: String { get set }
    var errorCode: Int16 { get set }
    var errorMessage: String? { get set }
    var authorizedOperations: Int32 { get set }
    /// The topics that the description names.
    var namedTopics: [String] { get }
}

extension GroupDescription {
    init(refused group: String, _ code: KafkaErrorCode, _ text: String?) {
        self.init()
        self.groupId = group
        self.errorCode = code.rawValue
        self.errorMessage = text
    }
}
