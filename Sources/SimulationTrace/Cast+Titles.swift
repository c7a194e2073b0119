extension Cast {
  /// The same cast, everything called as people see it instead of as the scenario does.
  public var titled: Cast {
    var cast = self
    for row in tenants.indices { cast.tenants[row].name = tenants[row].displayName }
    cast.connections = connections.map(\.titled)
    cast.apps = apps.map(\.titled)
    cast.flows = flows.map(\.titled)
    cast.dataPolicies = dataPolicies.map(\.titled)
    return cast
  }
}

extension Title {
  fileprivate var titled: Title { Title(name: displayName, displayName: displayName) }
}
