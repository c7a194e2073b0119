#!/usr/bin/env python3
"""The flow-run world in SimPy: a process a flow, every run an event.

usage: flow_runs_simpy.py HOURS [TENANTS FLOWS]

Prints a line of JSON: engine, runs, seconds (the simulation alone), peakKilobytes, checksum.
"""

import json
import resource
import sys
import time

import simpy

HOURS = int(sys.argv[1])
TENANTS, FLOWS = (int(a) for a in sys.argv[2:4]) if len(sys.argv) > 3 else (1000, 100_000)
CHANGES = 200
PERIODS = (60, 300, 900, 3600)
DELAY = 3600.0


def h32(x):
    for _ in range(2):
        x = ((x ^ (x >> 16)) * 0x45D9F3B) & 0xFFFFFFFF
    return x ^ (x >> 16)


def tenants_of(connection):
    creator = connection % TENANTS
    if (connection // TENANTS) % 4 == 0:
        return creator, (creator + 1 + h32(connection) % (TENANTS - 1)) % TENANTS
    return creator, creator


class Policy:
    """A tenant's policy in force."""

    def __init__(self, tenant):
        self.is_on = h32(tenant + 7777) % 100 < 60
        self.lets_all_out = h32(tenant + 2222) % 100 < 30
        self.lets_all_in = h32(tenant + 4444) % 100 < 30
        self.outbound = {
            tenants_of(tenant + 4 * TENANTS * (h32(tenant * 16 + j + 100_000) % 25))[1]
            for j in range(h32(tenant + 1111) % 6)}
        self.inbound = {
            h32(tenant * 16 + j + 200_000) % TENANTS for j in range(h32(tenant + 3333) % 6)}

    def lets_out(self, other):
        return not self.is_on or self.lets_all_out or other in self.outbound

    def lets_in(self, other):
        return not self.is_on or self.lets_all_in or other in self.inbound


class Flow:
    """What one flow's runs met."""

    def __init__(self):
        self.counts = [0, 0, 0]
        self.last = -1
        self.turns = 0
        self.turned_at = 0

    def record(self, verdict, now):
        self.counts[verdict] += 1
        if verdict != self.last:
            self.last, self.turned_at = verdict, now
            self.turns += 1

    def checksum(self, row):
        n0, n1, n2 = self.counts
        return (row + 1) * (n0 + 3 * n1 + 5 * n2 + 7 * self.turns) + int(self.turned_at)


def run_forever(env, row, flow, policies):
    creator, sign_in = tenants_of((row * 40503 + 17) % FLOWS)
    period = PERIODS[row & 3]
    yield env.timeout(h32(row) % period)
    while True:
        if creator == sign_in or policies[creator].lets_out(sign_in):
            verdict = 0 if creator == sign_in or policies[sign_in].lets_in(creator) else 2
        else:
            verdict = 1
        flow.record(verdict, env.now)
        yield env.timeout(period)


def change_policies(env, policies):
    for k in range(CHANGES):
        # In force an hour after it was saved, half a second off the runs.
        yield env.timeout((2 * k + 1) * 1512 + 0.5 + DELAY - env.now)
        tenant = h32(k + 5555) % TENANTS
        policy = policies[tenant]
        if k % 4 == 0:
            policy.is_on = not policy.is_on
        elif k % 4 == 1:
            policy.lets_all_out = not policy.lets_all_out
        elif k % 4 == 2:
            policy.lets_all_in = not policy.lets_all_in
        else:
            connection = tenant + 4 * TENANTS * (h32(k + 6666) % 25)
            policy.outbound.add(tenants_of(connection)[1])


def main():
    env = simpy.Environment()
    policies = [Policy(tenant) for tenant in range(TENANTS)]
    flows = [Flow() for _ in range(FLOWS)]
    for row, flow in enumerate(flows):
        env.process(run_forever(env, row, flow, policies))
    env.process(change_policies(env, policies))
    start = time.perf_counter()
    env.run(until=HOURS * 3600)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "engine": f"SimPy {simpy.__version__}",
        "runs": sum(sum(flow.counts) for flow in flows),
        "seconds": round(seconds, 6),
        "peakKilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "checksum": sum(flow.checksum(row) for row, flow in enumerate(flows)),
    }))


main()
