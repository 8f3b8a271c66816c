import type { Conversation, StateDir, Window } from "../../../src/core/conversation/model";
import { evidence } from "../../../src/core/evidence/evidence";
import type { Finding, FindingCode } from "../../../src/core/findings/finding";
import type { FindingInput, FindingRule } from "../../../src/core/findings/findingInput";
import type { LogEvent, LogRecord } from "../../../src/core/log/logRecord";
import type { Rotation } from "../../../src/core/rotation/rotation";
import type { CollectedEvidence } from "../../../src/core/rotation/rotationFacts";
import type { StoreRow } from "../../../src/core/store/storeRow";
import { noEvidence } from "../../anEvidence";
import { aConversation, aStateDir, someSurroundings } from "../../anExplanation";
import { storeRow } from "../conversation/builders";

/** `at("08:05")` is on 1 April 2026, `at("2T08:05:10")` on the second; UTC, epoch ms. */
export { time as at } from "../conversation/builders";

export interface InputFacts {
  readonly orphans?: readonly Window[];
  readonly agent?: Partial<StateDir["agents"][number]>;
  readonly stateDir?: Partial<StateDir>;
  readonly evidence?: Partial<CollectedEvidence>;
  readonly rotations?: readonly Rotation[];
  /** `2026.4.21` */
  readonly version?: string;
}

/** One agent `main` with these conversations. It is noon of 20 April 2026. */
export function anInput(conversations: readonly Conversation[], facts: InputFacts = {}): FindingInput {
  const base = aStateDir(conversations, facts.stateDir);
  const agents = base.agents.map((each) => ({ ...each, orphans: facts.orphans ?? [], ...facts.agent }));
  const version = facts.version === undefined ? ({ kind: "unknown" } as const) : exactly(facts.version);
  const rotationsFrom = new Map<string, Rotation[]>();
  for (const rotation of facts.rotations ?? []) {
    const { windowId } = rotation.from;
    rotationsFrom.set(windowId, [...(rotationsFrom.get(windowId) ?? []), rotation]);
  }
  return {
    stateDir: { ...base, agents },
    evidence: noEvidence({ now: Date.parse("2026-04-20T12:00Z"), ...facts.evidence }),
    rotations: facts.rotations ?? [],
    rotationsFrom,
    surroundings: () => someSurroundings({ version }),
  };
}

/** A conversation with a row that means the first window. */
export function withRow(rest: string, row: Partial<StoreRow>, ...windows: readonly Window[]): Conversation {
  const conversation = aConversation(`agent:main:${rest}`, ...windows);
  return { ...conversation, row: storeRow(rest, windows[0]?.sessionId, row) };
}

export function aLine(at: number, event: LogEvent): LogRecord {
  return { at, offsetMinutes: 0, event, text: "", place: { file: "/tmp/gateway.log", line: 7 }, recordedAt: undefined };
}

/** `["error hole: main has a hole: …"]` */
export function told(rule: FindingRule, input: FindingInput): string[] {
  return [...rule(input)].map(({ severity, code, title }) => `${severity} ${code}: ${title}`);
}

export function only(rule: FindingRule, input: FindingInput, code?: FindingCode): Finding {
  const found = [...rule(input)].filter((finding) => code === undefined || finding.code === code);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${String(found.length)} findings`);
  return first;
}

export function texts({ evidence: found }: Finding): string[] {
  return found.map(({ text }) => text);
}

export function exactly(version: string): {
  kind: "exact";
  version: string;
  evidence: readonly [ReturnType<typeof evidence>];
} {
  return { kind: "exact", version, evidence: [evidence("log", () => `The gateway logged its version ${version}.`)] };
}
