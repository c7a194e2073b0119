/// What a program can be permitted to do for somebody, as tokens say it.
///
/// The services of the policy and of the Activity API have none here: at the first, roles alone count,
/// and the other has permissions that registrations declare.
enum Scope: String, CaseIterable {
  case readPackages = "AppManagement.ApplicationPackages.Read"
  case installPackages = "AppManagement.ApplicationPackages.Install"
  case readReports = "Governance.CrossTenantConnectionReports.Read"
  case writeReports = "Governance.CrossTenantConnectionReports.ReadWrite"
}
