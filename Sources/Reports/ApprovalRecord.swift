import SimulationTrace

/// What flows ask people, and what these answer, in JSON.
extension ByteBuffer {
  mutating func appendApproval(of record: Record, in trace: Trace) {
    guard let approval = record.approval.map({ trace.approvals[$0.row] }) else { return }
    guard record.kind != .shareChanged else {
      return append(key: "byFlow", trace.cast.flows[approval.flow.row].name)
    }
    append(key: "recipient", trace.cast.name(of: approval.recipient))
    append(key: "approvers", approval.approvers.lazy.map { trace.cast.users[$0.row].name })
    guard record.kind == .approvalAnswered, let answer = approval.answer else { return }
    append(key: "answer", answer.isApproved ? "approved" : "rejected")
  }
}
