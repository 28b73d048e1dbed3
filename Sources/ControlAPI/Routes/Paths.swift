/// Paths of the management API; captures carry the resource model's names.
enum Paths {
    static let gateways = "/v1/event-gateways"
    static let gateway = gateways + "/:gatewayId"
    static let virtualCluster = gateway + "/virtual-clusters/:virtualClusterId"
    static let listener = gateway + "/listeners/:eventGatewayListenerId"
}
