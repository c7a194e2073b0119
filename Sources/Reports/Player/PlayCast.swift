import SimulationTrace
import TenantIsolation

/// Writes who and what takes part in a play.
struct PlayCast {
  private let cast: Cast
  private let stage: Stage
  /// The connectors that are used, of all that the catalogue has.
  private let connectors: [ConnectorID]

  init(_ play: Play) {
    cast = play.trace.cast
    stage = play.stage
    connectors = Set(stage.definitions.map(\.connector)).sorted()
  }

  /// The cast as a JSON object.
  var json: [UInt8] {
    var buffer = ByteBuffer()
    buffer.append("{\"tenants\":")
    buffer.appendList(cast.tenants) { $0.append($1) }
    buffer.append(key: "people")
    buffer.appendList(cast.users) { append($1, to: &$0) }
    buffer.append(key: "connectors")
    buffer.appendList(connectors) { $0.append(cast.connectors[$1.row]) }
    buffer.append(key: "definitions")
    buffer.appendList(stage.definitions) { append($1, to: &$0) }
    buffer.append(key: "connections")
    buffer.appendList(cast.connections) { $0.append(titled: $1) }
    buffer.append(key: "apps")
    buffer.appendList(cast.apps) { $0.append(titled: $1) }
    buffer.append(key: "flows")
    buffer.appendList(cast.flows.indices) { append(flow: $1, to: &$0) }
    buffer.append(key: "dataPolicies")
    buffer.appendList(cast.dataPolicies) { $0.append(titled: $1) }
    buffer.append("}")
    return buffer.bytes
  }

  private func append(_ user: User, to buffer: inout ByteBuffer) {
    buffer.append("{\"name\":")
    buffer.append(json: user.name)
    buffer.append(key: "home", decimal: user.home.row)
    buffer.append(key: "setsIsolation", stage.isolationRoles.contains(user.role))
    buffer.append("}")
  }

  private func append(_ definition: Stage.Definition, to buffer: inout ByteBuffer) {
    let connector = connectors.firstIndex(of: definition.connector) ?? 0
    buffer.append("{\"connection\":\(definition.connection.row),\"connector\":\(connector)")
    buffer.append(key: "owner", decimal: definition.owner.row)
    buffer.append(key: "creator", decimal: definition.creator.row)
    buffer.append(key: "signIn", decimal: definition.signIn.row)
    buffer.append(key: "guest", cast.users[definition.owner.row].home != definition.creator)
    buffer.append("}")
  }

  private func append(flow row: Int, to buffer: inout ByteBuffer) {
    let start = row < stage.starts.count ? stage.starts[row] : Stage.Start(.manual)
    buffer.append("{\"name\":")
    buffer.append(json: cast.flows[row].name)
    buffer.append(key: "title", cast.flows[row].displayName)
    buffer.append(key: "trigger", word: start.trigger.name)
    buffer.append(key: "period", decimal: start.period)
    buffer.append("}")
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ tenant: Tenant) {
    append("{\"name\":")
    append(json: tenant.name)
    append(key: "title", tenant.displayName)
    append(key: "id", tenant.identifier)
    append(key: "domains", tenant.domains)
    append("}")
  }

  fileprivate mutating func append(_ connector: Connector) {
    append("{\"name\":")
    append(json: connector.name)
    append(key: "title", connector.displayName)
    append(key: "signIn", word: connector.signIn.name)
    append("}")
  }

  fileprivate mutating func append(titled title: Title) {
    append("{\"name\":")
    append(json: title.name)
    append(key: "title", title.displayName)
    append("}")
  }
}
