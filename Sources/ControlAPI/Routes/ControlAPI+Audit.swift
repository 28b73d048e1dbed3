internal import Hummingbird
internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `GET /v1/audit`: who changed what, newest first.
    var auditRoutes: RouteTable {
        var routes = RouteTable()
        let operation = APIOperation(
            "listAuditRecords", "Who changed what, newest first.", tag: "Audit",
            parameters: APIOperation.parameters(.audit), .ok(.numberedPage(.component("AuditRecord"))))
        routes.get("/v1/audit", operation) { request, _ in
            let query = try request.listQuery(.audit)
            let (offset, overflow) = (query.number - 1).multipliedReportingOverflow(by: query.size)
            let page = try await self.store.read { snapshot in
                try snapshot.auditRecords(limit: query.size, offset: overflow ? .max : offset) { record in
                    query.matches { record.text(of: $0) }
                }
            }
            return try .json(NumberedPage(data: page.records, query: query, total: page.total))
        }
        return routes
    }
}

extension ListQueryRules {
    fileprivate static let audit = ListQueryRules(
        paging: .number,
        filters: Dictionary(
            uniqueKeysWithValues: AuditRecord.fields.map { field in
                let isExact = ["method", "action", "entity_id", "gateway_id"].contains(field)
                return (field, isExact ? [.equals] : [.equals, .contains])
            }),
        types: [
            "method": .choice(["POST", "PUT", "PATCH", "DELETE"]),
            "action": .choice(AuditChange.Action.allCases.map(\.rawValue)), "entity_id": .id, "gateway_id": .uuid,
        ])
}
