import assert from "node:assert/strict";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Rotation } from "../../src/core/rotation/rotation";
import type { CreateInspectorOptions } from "../../src/inspector";
import { append, header, inspect, message, sessions, stateDir, store, transcript, write } from "./inspectorSandbox";
import { scratch } from "./scratch";

const main = "agent:main:main";
const chat = "agent:main:telegram:direct:1";

describe("resets that the inspector saw", () => {
  it("a conversation that was deleted keeps its name", async () => {
    const directory = twoChats();
    const inspector = inspect(directory);
    await inspector.refresh();
    await inspector.whenExplained();
    const file = join(directory, sessions, "bbb.jsonl");
    renameSync(file, `${file}.deleted.2026-04-01T09-00-00.000Z`);
    write(directory, `${sessions}/sessions.json`, store({ [main]: "aaa" }));
    await inspector.refresh();
    const seen = await inspector.whenExplained();
    assert.deepEqual(seen.rotations.map(told), [`${chat}: bbb → -`]);
    assert.deepEqual((await look(directory)).map(told), ["-: bbb → -"]);
  });

  it("are remembered where they cannot be kept", async () => {
    const directory = twoChats();
    const storageDir = write(scratch(), "no-directory", "");
    const inspector = inspect(directory, { storageDir });
    await inspector.refresh();
    await inspector.whenExplained();
    const archive = resetMain(directory);
    await inspector.refresh();
    await inspector.whenExplained();
    rmSync(archive);
    await inspector.refresh();
    const { rotations } = await inspector.whenExplained();
    assert.deepEqual(rotations.map(told), [`${main}: aaa → ccc`]);
    assert.equal(rotations[0]?.from.kind, "missing");
  });

  it("and what followed is kept when its first message is there, however late", async () => {
    const [directory, storageDir] = [twoChats(), scratch()];
    const inspector = inspect(directory, { storageDir });
    await inspector.refresh();
    await inspector.whenExplained();
    const archive = resetMain(directory);
    await inspector.refresh();
    await inspector.whenExplained();
    append(directory, `${sessions}/ccc.jsonl`, message("c1", null, 61));
    await inspector.refresh();
    await inspector.whenExplained();
    // Both are gone: what is told of them then was kept.
    rmSync(archive);
    rmSync(join(directory, sessions, "ccc.jsonl"));
    const [rotation, ...others] = await look(directory, { storageDir });
    assert.deepEqual([rotation && told(rotation), others], [`${main}: aaa → ccc`, []]);
    const [evidence] = rotation?.causes[0]?.evidence ?? [];
    assert.match(evidence?.text ?? "", /stood alone until 2026-04-01T09:01:00\.000Z/);
    assert.equal(evidence?.place, undefined);
    assert.ok(evidence?.recordedAt !== undefined);
  });
});

function twoChats(): string {
  return stateDir({
    [`${sessions}/sessions.json`]: store({ [main]: "aaa", [chat]: "bbb" }),
    [`${sessions}/aaa.jsonl`]: transcript(header("aaa"), message("a1", null)),
    [`${sessions}/bbb.jsonl`]: transcript(header("bbb", 10), message("b1", null, 10)),
  });
}

/** The next transcript is a mere header. */
function resetMain(directory: string): string {
  const file = join(directory, sessions, "aaa.jsonl");
  const archive = `${file}.reset.2026-04-01T09-00-00.000Z`;
  renameSync(file, archive);
  write(directory, `${sessions}/ccc.jsonl`, transcript(header("ccc", 60)));
  write(directory, `${sessions}/sessions.json`, store({ [main]: "ccc", [chat]: "bbb" }));
  return archive;
}

async function look(directory: string, options: Partial<CreateInspectorOptions> = {}): Promise<readonly Rotation[]> {
  const inspector = inspect(directory, options);
  await inspector.refresh();
  const { rotations } = await inspector.whenExplained();
  return rotations;
}

function told({ conversation, from, to }: Rotation): string {
  return `${conversation?.key ?? "-"}: ${from.sessionId} → ${to?.sessionId ?? "-"}`;
}
