import * as l10n from "@vscode/l10n";
import type { Conversation } from "../conversation/model";
import { type Evidence, evidence, type NonEmpty, type Place } from "../evidence/evidence";
import type { TraceContext } from "../rotation/rotationFacts";
import { formatCount } from "../text/formatCount";
import { isoTime } from "../text/formatTime";

/** The input of ticks that grows from one session to the next. */
export interface InputGrowth {
  readonly ticks: number;
  readonly fromTokens: number;
  readonly toTokens: number;
  /** Epoch ms of the first and the last of them. */
  readonly from: number;
  readonly to: number;
  /** The first and the last tick. */
  readonly evidence: NonEmpty<Evidence>;
}

interface Tick {
  readonly sessionId: string;
  readonly at: number;
  readonly tokens: number;
  readonly place: Place | undefined;
}

/** Only the newest are looked at: what was mended months ago is no finding. */
const NEWEST = 20;
const FEWEST_TICKS = 4;
/** A heartbeat whose instructions or memory grow a little is nothing. */
const FACTOR = 1.5;
const LEAST_TOKENS = 4000;

/** Undefined unless ticks in a row, each in a session of its own, took clearly more and more input. */
export function inputGrowth(conversation: Conversation, contexts: readonly TraceContext[]): InputGrowth | undefined {
  const traced = ticksOfTraces(contexts);
  const run = longestRise((traced.length >= FEWEST_TICKS ? traced : ticksOfWindows(conversation)).slice(-NEWEST));
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length < FEWEST_TICKS) return undefined;
  if (last.tokens < FACTOR * first.tokens || last.tokens - first.tokens < LEAST_TOKENS) return undefined;
  const said = ({ at, tokens, place }: Tick): Evidence =>
    evidence(
      place?.file.endsWith(".trajectory.jsonl") === true ? "trajectory" : "transcript",
      () => l10n.t("The tick of {0} took {1} of input.", isoTime(at) ?? "?", formatCount("token", tokens)),
      place,
    );
  return {
    ticks: run.length,
    fromTokens: first.tokens,
    toTokens: last.tokens,
    from: first.at,
    to: last.at,
    evidence: [said(first), said(last)],
  };
}

/** Oldest first, the first context of each session. */
function ticksOfTraces(contexts: readonly TraceContext[]): readonly Tick[] {
  const bySession = new Map<string, Tick>();
  for (const { sessionId, at, inputTokens, place } of contexts) {
    if (inputTokens === undefined || bySession.has(sessionId)) continue;
    bySession.set(sessionId, { sessionId, at, tokens: inputTokens, place });
  }
  return sorted([...bySession.values()]);
}

function ticksOfWindows({ windows }: Conversation): readonly Tick[] {
  return sorted(
    windows.flatMap(({ sessionId, primary, firstAt }): Tick[] => {
      const tokens = primary?.head?.ending?.inputTokens;
      if (primary === undefined || tokens === undefined || firstAt === undefined) return [];
      return [{ sessionId, at: firstAt, tokens, place: { file: primary.path } }];
    }),
  );
}

function sorted(ticks: readonly Tick[]): readonly Tick[] {
  return [...ticks].sort((one, other) => one.at - other.at);
}

function longestRise(ticks: readonly Tick[]): readonly Tick[] {
  let longest: readonly Tick[] = [];
  let begin = 0;
  ticks.forEach(({ tokens }, index) => {
    const before = ticks[index - 1];
    if (before === undefined || tokens <= before.tokens) begin = index;
    if (index + 1 - begin > longest.length) longest = ticks.slice(begin, index + 1);
  });
  return longest;
}
