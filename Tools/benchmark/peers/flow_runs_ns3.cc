// The flow-run world in ns-3: an event a run, rescheduled by its handler.
//
// usage: flow_runs_ns3 HOURS [TENANTS FLOWS]
//
// Built with -DNS3_VERSION='"3.37"'. Prints a line of JSON: engine, runs, seconds (the simulation alone), peakKilobytes, checksum.

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "ns3/core-module.h"

namespace {

int64_t tenantCount = 1000, flowCount = 100000;
constexpr int64_t changeCount = 200;
constexpr int64_t periods[] = {60, 300, 900, 3600};

uint32_t h32(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x45d9f3bu;
  x = (x ^ (x >> 16)) * 0x45d9f3bu;
  return x ^ (x >> 16);
}

struct Connection {
  int32_t creator, signIn;
};

Connection tenantsOf(int64_t connection) {
  const int64_t creator = connection % tenantCount;
  int64_t other = creator;
  if ((connection / tenantCount) % 4 == 0)
    other = (creator + 1 + h32(connection) % (tenantCount - 1)) % tenantCount;
  return {static_cast<int32_t>(creator), static_cast<int32_t>(other)};
}

/// A tenant's policy in force.
struct Policy {
  bool isOn, letsAllOut, letsAllIn;
  std::vector<int32_t> outbound, inbound;

  static bool lists(const std::vector<int32_t>& list, int32_t tenant) {
    for (int32_t other : list)
      if (other == tenant) return true;
    return false;
  }
  bool letsOut(int32_t other) const { return !isOn || letsAllOut || lists(outbound, other); }
  bool letsIn(int32_t other) const { return !isOn || letsAllIn || lists(inbound, other); }
};

/// A flow, and what its runs met.
struct Flow {
  Connection connection;
  int32_t period;
  int32_t last = -1;
  int64_t counts[3] = {0, 0, 0};
  int64_t turns = 0, turnedAt = 0;
};

std::vector<Policy> policies;
std::vector<Flow> flows;

void run(int64_t row) {
  Flow& flow = flows[row];
  const auto [creator, signIn] = flow.connection;
  int32_t verdict = 0;
  if (creator != signIn) {
    if (!policies[creator].letsOut(signIn)) verdict = 1;
    else if (!policies[signIn].letsIn(creator)) verdict = 2;
  }
  ++flow.counts[verdict];
  if (verdict != flow.last) {
    flow.last = verdict;
    ++flow.turns;
    flow.turnedAt = ns3::Simulator::Now().GetMilliSeconds() / 1000;
  }
  ns3::Simulator::Schedule(ns3::Seconds(flow.period), &run, row);
}

void change(int64_t k) {
  const int64_t tenant = h32(k + 5555) % tenantCount;
  Policy& policy = policies[tenant];
  switch (k % 4) {
    case 0: policy.isOn = !policy.isOn; break;
    case 1: policy.letsAllOut = !policy.letsAllOut; break;
    case 2: policy.letsAllIn = !policy.letsAllIn; break;
    default:
      policy.outbound.push_back(tenantsOf(tenant + 4 * tenantCount * (h32(k + 6666) % 25)).signIn);
  }
}

void prepare() {
  for (int64_t a = 0; a < tenantCount; ++a) {
    Policy policy{h32(a + 7777) % 100 < 60, h32(a + 2222) % 100 < 30, h32(a + 4444) % 100 < 30, {}, {}};
    for (uint32_t j = 0; j < h32(a + 1111) % 6; ++j)
      policy.outbound.push_back(
          tenantsOf(a + 4 * tenantCount * (h32(a * 16 + j + 100000) % 25)).signIn);
    for (uint32_t j = 0; j < h32(a + 3333) % 6; ++j)
      policy.inbound.push_back(h32(a * 16 + j + 200000) % tenantCount);
    policies.push_back(policy);
  }
  for (int64_t i = 0; i < flowCount; ++i) {
    Flow flow;
    flow.connection = tenantsOf((i * 40503 + 17) % flowCount);
    flow.period = periods[i & 3];
    flows.push_back(flow);
    ns3::Simulator::Schedule(ns3::Seconds(h32(i) % flow.period), &run, i);
  }
  for (int64_t k = 0; k < changeCount; ++k)
    ns3::Simulator::Schedule(ns3::MilliSeconds((2 * k + 1) * 1512000 + 500 + 3600000), &change, k);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) {
    std::fprintf(stderr, "usage: flow_runs_ns3 HOURS [TENANTS FLOWS]\n");
    return 64;
  }
  const int64_t hours = std::atoll(argv[1]);
  if (argc == 4) {
    tenantCount = std::atoll(argv[2]);
    flowCount = std::atoll(argv[3]);
  }
  // The fastest of its queues on this world.
  ns3::ObjectFactory queue;
  queue.SetTypeId("ns3::PriorityQueueScheduler");
  ns3::Simulator::SetScheduler(queue);
  prepare();
  // The end itself is not part of it.
  ns3::Simulator::Stop(ns3::Seconds(hours * 3600) - ns3::MilliSeconds(1));
  const auto start = std::chrono::steady_clock::now();
  ns3::Simulator::Run();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

  int64_t runs = 0, checksum = 0;
  for (int64_t i = 0; i < flowCount; ++i) {
    const Flow& flow = flows[i];
    const auto [n0, n1, n2] = flow.counts;
    runs += n0 + n1 + n2;
    checksum += (i + 1) * (n0 + 3 * n1 + 5 * n2 + 7 * flow.turns) + flow.turnedAt;
  }
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"engine\": \"ns-3 %s\", \"runs\": %ld, \"seconds\": %.6f, \"peakKilobytes\": %ld, \"checksum\": %ld}\n",
      NS3_VERSION, runs, seconds.count(), usage.ru_maxrss, checksum);
  ns3::Simulator::Destroy();
}
