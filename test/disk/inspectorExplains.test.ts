import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { firstCause } from "../../src/core/rotation/rotation";
import { inspect, recorded, sessions, write } from "./inspectorSandbox";

const main = "agent:main:main";

describe("explanations that follow the disk", () => {
  it("of a conversation that did not change, when a record of it arrives", async () => {
    const directory = recorded("2026.3.13/daily-reset");
    const inspector = inspect(directory);
    await inspector.refresh();
    const causes = async (): Promise<readonly string[]> =>
      (await inspector.whenExplained()).rotations.map(
        (each) => `${firstCause(each)} ${each.causes[0]?.confidence ?? ""}`,
      );
    assert.deepEqual(await causes(), ["daily likely", "daily likely"]);

    write(directory, "logs/commands.log", {
      timestamp: "2026-03-31T08:05:03.400Z",
      action: "new",
      sessionKey: main,
      source: "webchat",
    });
    // Another conversation grows; the two resets are those of `main`, whose files are as they were.
    const phone = readdirSync(join(directory, sessions)).find((name) => name.startsWith("604bd7c8"));
    assert.ok(phone);
    appendFileSync(
      join(directory, sessions, phone),
      `${JSON.stringify({ type: "label", id: "f0000001", parentId: null, timestamp: "2026-04-01T10:00:00.000Z", targetId: "x" })}\n`,
    );
    await inspector.refresh();
    assert.deepEqual(await causes(), ["daily likely", "command certain"]);
  });

  it("by log lines around the moments at which a row moved on without its transcript, in the middle of a long log", async () => {
    const directory = recorded("2026.3.13/basic");
    const store = join(directory, sessions, "sessions.json");
    const rows = JSON.parse(readFileSync(store, "utf8")) as Record<string, object>;
    const spoken = Date.parse("2026-03-30T15:00:00.000Z");
    write(directory, `${sessions}/sessions.json`, {
      ...rows,
      [main]: { ...rows[main], updatedAt: spoken, lastInteractionAt: spoken },
    });
    const line = (at: number, text: string): string => `${new Date(at).toISOString().replace("Z", "+00:00")} ${text}\n`;
    const filler = (from: number): string =>
      Array.from({ length: 8_000 }, (_, n) =>
        line(from + n * 1_000, "[diagnostic] lane dequeue: lane=main waitMs=3"),
      ).join("");
    const lost = line(
      spoken + 500,
      "[ws] ⇄ res ✓ chat.send 115ms runId=c5662580-1515-4453-938b-e1c6a2bfb4ce conn=8ba46b4c…fcf5 id=3",
    );
    write(directory, "logs/gateway.log", filler(spoken - 8_000_000) + lost + filler(spoken + 1_000));
    const inspector = inspect(directory);
    await inspector.refresh();
    const { findings } = await inspector.whenExplained();
    const told = findings.flatMap(({ evidence }) => evidence.map(({ text }) => text));
    assert.ok(
      told.some((text) => text.startsWith("The gateway accepted a message at 2026-03-30T15:00:00.500Z")),
      told.join("\n"),
    );
  });
});
