import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StateDir } from "../../../src/core/conversation/model";
import type { Rotation } from "../../../src/core/rotation/rotation";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { noEvidence } from "../../anEvidence";
import { inspect, recorded, sessions } from "../inspectorSandbox";
import { scratch } from "../scratch";
import { corpora } from "./loadScenario";

const old = "088df6be-ed5f-4da5-a8d5-4b676fc87705";
const first = "aaaaaaaa-0000-4000-8000-000000000000";
const second = "bbbbbbbb-0000-4000-8000-000000000000";
/** After the boundary of the next day: a daily reset would be due as well. */
const resetAt = Date.parse("2026-04-01T18:11:00.000Z");

describe("/new, and again a moment later", () => {
  for (const seconds of [1, 5, 30, 600]) {
    it(`${String(seconds)} s: both are the command`, async () => {
      const rotations = await explained(resetTwice(seconds * 1_000));
      assert.deepEqual(rotations.map(told), [
        "agent:main:main 088df6be → aaaaaaaa: command certain, by command",
        "agent:main:main aaaaaaaa → bbbbbbbb: command certain, by command",
      ]);
    });
  }

  it("the second one by a call of a client, 5 s later: what followed the first is not known, and nothing is likely", async () => {
    const [rotation, orphan] = await explained(resetTwice(5_000, called));
    assert.ok(rotation !== undefined && orphan !== undefined);
    assert.equal(told(rotation), "agent:main:main 088df6be → -: daily possible, by unknown");
    assert.equal(told(orphan), "- aaaaaaaa → -: unknown, by unknown");
    const between =
      "Session aaaaaaaa-0000-4000-8000-000000000000 began in between, and nothing on disk names its conversation: whether it followed, or session bbbbbbbb-0000-4000-8000-000000000000, is not known, and so the first message after the reset says nothing.";
    assert.equal(rotation.causes[0]?.missing[0], between);
    assert.ok(rotation.compared.some(({ text }) => text === between));
  });

  const seen = [
    "agent:main:main 088df6be → aaaaaaaa: command certain, by command",
    "agent:main:main aaaaaaaa → bbbbbbbb: rpc possible, by rpc",
  ];

  it("seen while it happened: both are known, and stay known when the files alone would not tell", async () => {
    const { directory, storageDir, rotations } = await seenTwice();
    assert.deepEqual(rotations.map(toldOf), seen);
    assert.deepEqual((await look(directory, storageDir)).map(toldOf), seen);
    assert.deepEqual((await look(directory, scratch())).map(toldOf), [
      "agent:main:main 088df6be → -: daily possible, by unknown",
      "- aaaaaaaa → -: unknown, by unknown",
    ]);
  });

  it("seen while it happened, and their archives deleted since: still told, from what was kept", async () => {
    const { directory, storageDir } = await seenTwice();
    for (const base of readdirSync(join(directory, sessions)))
      if (base.includes(".reset.")) rmSync(join(directory, sessions, base));
    const [one, other, ...others] = await look(directory, storageDir);
    assert.deepEqual([one, other].map(toldOf), seen);
    assert.deepEqual([one?.cost.messages, one?.from.kind], [22, "missing"]);
    assert.deepEqual(others, []);
    assert.match(
      one?.compared[1]?.text ?? "",
      /^The transcript of session 088df6be-\S+ is no longer on disk; it was there/,
    );
  });
});

/** The recorded conversation main, reset twice as OpenClaw 2026.3.13 does it. */
function resetTwice(apartMs: number, opening = command): string {
  const directory = recorded("2026.3.13/basic");
  newSession(directory, { from: old, to: first, at: resetAt, opening: command });
  newSession(directory, { from: first, to: second, at: resetAt + apartMs, opening });
  return directory;
}

function newSession(
  directory: string,
  { from, to, at, opening }: { from: string; to: string; at: number; opening: RecordedOpening },
): void {
  const place = (base: string): string => join(directory, ...sessions.split("/"), base);
  const stamp = new Date(at).toISOString().replaceAll(":", "-");
  renameSync(place(`${from}.jsonl`), place(`${from}.jsonl.reset.${stamp}`));
  writeFileSync(place(`${to}.jsonl`), openedLike(opening, to, at + 104));
  const store = JSON.parse(readFileSync(place("sessions.json"), "utf8")) as Record<string, Record<string, unknown>>;
  const row = store["agent:main:main"];
  if (row === undefined) throw new Error("No row of main.");
  row["sessionId"] = to;
  row["sessionFile"] = String(row["sessionFile"]).replace(from, to);
  row["updatedAt"] = at + 130;
  writeFileSync(place("sessions.json"), JSON.stringify(store));
}

/** With an inspector that looks after each of the two. */
async function seenTwice() {
  const [directory, storageDir] = [recorded("2026.3.13/basic"), scratch()];
  const inspector = inspect(directory, { storageDir });
  await inspector.refresh();
  await inspector.whenExplained();
  newSession(directory, { from: old, to: first, at: resetAt, opening: command });
  await inspector.refresh();
  await inspector.whenExplained();
  newSession(directory, { from: first, to: second, at: resetAt + 5_000, opening: called });
  await inspector.refresh();
  const { rotations } = await inspector.whenExplained();
  return { directory, storageDir, rotations: [...rotations].reverse() };
}

async function look(directory: string, storageDir: string): Promise<Rotation[]> {
  const inspector = inspect(directory, { storageDir });
  await inspector.refresh();
  const { rotations } = await inspector.whenExplained();
  return [...rotations].reverse();
}

function toldOf(rotation: Rotation | undefined): string {
  return told(rotation ?? assert.fail("no rotation"));
}

interface RecordedOpening {
  readonly id: string;
  readonly base: string;
}

/** What OpenClaw wrote after a bare /new. */
const command: RecordedOpening = {
  id: "08594bda-787f-4cda-a0cb-2d524c86f831",
  base: "08594bda-787f-4cda-a0cb-2d524c86f831.jsonl.reset.2026-03-30T09-25-10.092Z",
};

/** What it wrote with the first message after a call of `sessions.reset`. */
const called: RecordedOpening = {
  id: "6bb20a1a-3cde-4e24-813c-866de231c60d",
  base: "6bb20a1a-3cde-4e24-813c-866de231c60d.jsonl.reset.2026-03-30T09-35-17.554Z",
};

/** The first rows of a recorded transcript, at another time. */
function openedLike({ id: recordedId, base }: RecordedOpening, id: string, headerAt: number): string {
  const scenario = join(corpora, "2026.3.13/manual-resets/state", ...sessions.split("/"));
  const rows = readFileSync(join(scenario, base), "utf8").split("\n").slice(0, 6);
  const entries = rows.map((row) => JSON.parse(row) as Entry);
  const shift = headerAt - Date.parse(entries[0]?.timestamp ?? "");
  for (const entry of entries) {
    entry.timestamp = new Date(Date.parse(entry.timestamp) + shift).toISOString();
    if (entry.id === recordedId) entry.id = id;
    if (entry.message !== undefined) entry.message.timestamp += shift;
  }
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

interface Entry {
  timestamp: string;
  id: string;
  message?: { timestamp: number };
}

async function explained(directory: string): Promise<Rotation[]> {
  const inspector = inspect(directory);
  await inspector.refresh();
  const { stateDirs } = await inspector.whenIndexed();
  return stateDirs.flatMap(explain).sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
}

function explain(stateDir: StateDir): Rotation[] {
  const evidence = noEvidence();
  const explainer = new RotationExplainer(stateDir, evidence, surroundingsOf(stateDir, evidence));
  return stateDir.agents.flatMap((agent) => [
    ...agent.conversations.flatMap((conversation) => explainer.ofConversation(agent, conversation)),
    ...agent.orphans.flatMap((window) => explainer.ofOrphan(agent, window)),
  ]);
}

function told({ conversation, from, to, causes: [cause], executedBy }: Rotation): string {
  const verdict = cause === undefined ? "unknown" : `${cause.cause} ${cause.confidence}`;
  const [before, after] = [from.sessionId.slice(0, 8), to?.sessionId.slice(0, 8) ?? "-"];
  return `${conversation?.key ?? "-"} ${before} → ${after}: ${verdict}, by ${executedBy.kind}`;
}
