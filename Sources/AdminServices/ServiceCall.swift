import DiscreteEvents
import TenantIsolation

/// A call whose sender is known.
struct ServiceCall {
  var request: ServiceRequest
  var address: ServiceAddress
  var caller: ServiceCaller
  /// The caller's home.
  var tenant: TenantID
  var time: Instant
}
