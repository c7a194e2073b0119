"use strict";
// What the data element holds; the program writes it (format: Sources/PlayerPage/Format.md).
// "Row" is an index into a table of the same file, -1 none. Times are whole milliseconds after `start`.

/** @typedef {Object<string, number[]>} Columns  equally long arrays; one that would be -1 everywhere is absent */
/** @typedef {{text: number, depth: number, weight: string, ground?: string, basis?: string, section?: string,
 *   ahead?: boolean}} Step */
/** @typedef {{outcome: ?string, grounds: number, steps: Step[], flip?: ?{edit: string, outcome: string}}} Decision */
/** @typedef {{tenant: number, on: boolean, rules: {tenant: number, title: string, id: string, direction: string}[],
 *   savedAt: ?number, inForceAt: ?number, earliest: number, latest: number, line: number}} Policy */
/** @typedef {{dataPolicy: number, tenant: number, on: boolean, text: string, savedAt: number, inForceAt: ?number, line: number}} DataPolicy */
/** @typedef {{kind: string, outcome: string, grounds: number, error: number, steps: string[],
 *   failedStep: number, duration: number}} Verdict */
/** @typedef {{time: number, last: number, count: number, flow: ?string, kind: string, a: ?string, b: ?string,
 *   eventA: number, eventB: number, outcomeA: ?string, outcomeB: ?string}} Difference */
/** @typedef {{name: ?string, title: string, cast: number, policies: Policy[], dataPolicies: DataPolicy[], initial: any[],
 *   pathsOf: [string, number, string][], events: Columns & {patch: [number, any, any][][]},
 *   runs: Columns & {parts: number[][]}, verdicts: Verdict[], errors: Object[], decisions: Decision[],
 *   seen: Columns, expectations: Object[], settings: string[], assumptions: string[], fingerprint: string, differences: Difference[]}} Play */
/** @typedef {{time: number, text: string, until: number, options: string[], answer: number, because: ?string, hint: string}} Question */
/** @typedef {{format: number, title: string, about: string, seed: string, edition: string, start: number,
 *   until: number, propagation: Object, documentation: Object[], surfaces: Object[], systems: string[],
 *   strings: string[], groundLists: string[][], grounds: Object<string, string>, casts: Object[], plays: Play[],
 *   script: {chapters: Object[], notes: Object[], questions: Question[]}}} Data */

const { min, max } = Math;
const minute = 60_000, hour = 60 * minute, day = 24 * hour;
