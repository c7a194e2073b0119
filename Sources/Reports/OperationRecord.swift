import SimulationTrace

extension ByteBuffer {
  /// An operation in JSON: its name, its id and how far it has come, as REST interfaces say it.
  mutating func appendOperation(of record: Record, in trace: Trace) {
    guard let mention = record.operation else { return }
    let operation = trace.adminOperations[mention.operation.row]
    if let name = operation.name {
      append(key: "operation", trace.cast.adminOperations[name.row].name)
    }
    append(key: "operationId", operation.identifier)
    append(key: "state", word: mention.status.wireName)
  }
}
