"use strict";
// What the data element holds; the program writes it (Sources/PlayerPage/README of the format: PlayData.swift).
// "Row" is an index into a table of the same file, -1 none. Times are whole milliseconds after `start`.

/** @typedef {Object<string, number[]>} Columns  equally long arrays; one that would be -1 everywhere is absent */
/** @typedef {{text: number, depth: number, weight: string, ground?: string, basis?: string, section?: string,
 *   ahead?: boolean}} Step */
/** @typedef {{outcome: ?string, grounds: number, steps: Step[], flip?: ?{edit: string, outcome: string},
 *   pending: Object[], next: ?{time: number, outcome: string, grounds: number}}} Decision */
/** @typedef {{tenant: number, on: boolean, rules: {tenant: number, title: string, id: string, direction: string}[],
 *   savedAt: ?number, inForceAt: ?number, earliest: number, latest: number, by: number, line: number}} Policy */
/** @typedef {{dataPolicy: number, tenant: number, on: boolean, text: string, savedAt: number, inForceAt: ?number, line: number}} DataPolicy */
/** @typedef {{kind: string, outcome: string, word: string, grounds: number, error: number, steps: string[],
 *   failedStep: number, duration: number, connection: number, creator: number, signIn: number}} Verdict */
/** @typedef {{time: number, last: number, count: number, flow: ?string, kind: string, a: ?string, b: ?string,
 *   eventA: number, eventB: number, outcomeA: ?string, outcomeB: ?string}} Difference */
/** @typedef {{name: ?string, title: string, cast: number, policies: Policy[], dataPolicies: DataPolicy[], initial: any[], paths: string[],
 *   pathsOf: [string, number, string][], events: Columns & {patch: [number, any, any][][]},
 *   runs: Columns & {parts: number[][]}, verdicts: Verdict[], errors: Object[], decisions: Decision[],
 *   seen: Columns & {surface: string[]}, expectations: Object[], settings: string[], assumptions: string[],
 *   counts: Object, summary: string, fingerprint: string, differences: Difference[]}} Play */
/** @typedef {{time: number, text: string, until: number, options: string[], answer: number, because: ?string, hint: string}} Question */
/** @typedef {{format: number, title: string, about: string, seed: string, edition: string, start: number,
 *   until: number, propagation: Object, documentation: Object[], surfaces: Object[], systems: string[], flowPageWarning: string,
 *   strings: string[], groundLists: string[][], grounds: Object<string, string>, casts: Object[], plays: Play[],
 *   script: {chapters: Object[], notes: Object[], questions: Question[]}, limits: Object}} Data */
/** @typedef {{play: Play, cast: Object, state: any[], n: number, time: number}} Moment  a play at an instant */

const { min, max } = Math;
const minute = 60_000, hour = 60 * minute, day = 24 * hour;
