// How instants, durations, outcomes and names are written.

const two = number => String(number).padStart(2, "0");
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "09:05", with seconds only where there are some. @param {number} time */
function clockText(time) {
  const date = new Date(app.full.start + time);
  const seconds = date.getUTCSeconds(), rest = date.getUTCMilliseconds();
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` +
    (seconds || rest ? `:${two(seconds)}` : "") + (rest ? `.${String(rest).padStart(3, "0")}` : "");
}
const dayOf = time => Math.floor((app.full.start + time) / day) - Math.floor(app.full.start / day) + 1;
/** As the terminal has it: the first day goes without saying. */
const dayText = time => dayOf(time) > 1 ? `day ${dayOf(time)} ` : "";
const timeText = time => dayText(time) + clockText(time);
const timeNode = time => h("time", { dateTime: new Date(app.full.start + time).toISOString() }, timeText(time));
function dateText(time) {
  const date = new Date(app.full.start + time);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
/** "1 h 30 min", "51 ms" @param {number} span */
function spanText(span) {
  if (span < 1000) return `${span} ms`;
  const parts = [[day, "d"], [hour, "h"], [minute, "min"], [1000, "s"]];
  const words = [];
  for (const [unit, word] of /** @type {[number, string][]} */ (parts)) {
    const count = Math.floor(span / unit);
    span -= count * unit;
    if (count) words.push(`${count} ${word}`);
  }
  return words.slice(0, 2).join(" ");
}
/** ISO 8601, as in the address: PT1H42M. @param {number} time */
function isoText(time) {
  const [hours, minutes, rest] = [Math.floor(time / hour), Math.floor(time % hour / minute), time % minute];
  return "PT" + (hours ? `${hours}H` : "") + (minutes ? `${minutes}M` : "") +
    (rest || !(hours || minutes) ? `${rest / 1000}S` : "");
}
/** @returns {?number} milliseconds of PT1H42M, null where it is no such text */
function isoTime(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!found || text === "P" || text === "PT") return null;
  const [days, hours, minutes, seconds] = found.slice(1).map(part => Number(part ?? 0));
  return days * day + hours * hour + minutes * minute + Math.round(seconds * 1000);
}
const countText = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;
const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

/** What an outcome looks like: class and glyph; the word comes with it always. */
const looks = {
  allowed: ["allowed", "✓"], succeeded: ["allowed", "✓"], saved: ["neutral", "✓"], added: ["allowed", "✓"],
  on: ["allowed", "✓"], connected: ["allowed", "✓"], present: ["allowed", "✓"],
  blocked: ["blocked", "✕"], failed: ["blocked", "✕"], notAdded: ["blocked", "✕"], refused: ["blocked", "✕"],
  suspended: ["suspended", "‖"], disabled: ["suspended", "‖"],
  propagating: ["propagating", "◔"], unenforced: ["unenforced", "≠"], unevaluated: ["unevaluated", "○"],
  off: ["neutral", "○"], absent: ["unevaluated", "○"], remark: ["neutral", "!"],
};
const outcomeWords = { notAdded: "not added", unenforced: "not enforced", unevaluated: "not evaluated" };
const outcomeWord = outcome => outcomeWords[outcome] ?? outcome;
const lookOf = outcome => looks[outcome] ?? ["neutral", "·"];

/** Glyph and word in the outcome's border or fill. */
function chip(outcome, word = sentence(outcomeWord(outcome))) {
  const [kind, glyph] = lookOf(outcome);
  return h(`span.chip.${kind}`, sign("glyph", glyph), " ", word);
}
/** The glyph alone, for lanes that are hidden from assistive technology. */
const glyphOf = outcome => lookOf(outcome)[1];

/** Allowed over a token of somebody else's is allowed all the same, but no policy was enforced. */
function shownOutcome(data, outcome, grounds) {
  return (outcome === "allowed" || outcome === "succeeded") && restsOn(data, grounds, elsewhere) ? "unenforced" : outcome;
}
/** As `shownOutcome`, for the use of a connection: within one tenant nobody asks a policy. */
const useOutcome = (data, outcome, grounds) => outcome === "allowed" && restsOn(data, grounds, within) ? "unevaluated" : shownOutcome(data, outcome, grounds);
const elsewhere = ["own-token-service", "not-entra-id"], within = ["same-tenant", "guest-in-host-tenant"];
/** Whether all grounds are of these. */
function restsOn(data, grounds, some) {
  const list = data.groundLists[grounds] ?? [];
  return list.length > 0 && list.every(ground => some.includes(ground));
}
const directionWord = { inbound: "Inbound", outbound: "Outbound", both: "Inbound and outbound" };
/** @param {Policy | DataPolicy | null} policy */
const policyWord = policy => !policy ? "Unknown" : policy.text ? sentence(policy.text) :
  (policy.on ? "On" : "Off") + (policy.rules.length ? `, ${countText(policy.rules.length, "rule")}` : "");
