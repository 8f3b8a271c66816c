import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { createNoticeMemory } from "../../../src/disk/evidence/noticeMemory";
import { withinTime } from "../../../src/disk/evidence/timeLimit";
import { scratch } from "../scratch";

const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();

describe("createNoticeMemory", () => {
  it("lets exactly one of many have a claim, for ever", async () => {
    const directory = join(scratch(), "notices");
    const memories = Array.from({ length: 8 }, () => createNoticeMemory(directory));
    const answers = await Promise.all(
      memories.flatMap((memory) => Array.from({ length: 25 }, () => memory.claim("/state", "rotation 1"))),
    );
    assert.equal(answers.filter((answer) => answer).length, 1);
    assert.equal(await createNoticeMemory(directory).claim("/state", "rotation 1"), false);
    assert.equal(await createNoticeMemory(directory).claim("/state", "rotation 2"), true);
    assert.equal(await createNoticeMemory(directory).claim("/other", "rotation 1"), true);
  });

  it("holds across processes", async () => {
    const directory = scratch();
    const script = join(directory, "claim.mjs");
    await build({
      stdin: {
        contents: `import { createNoticeMemory } from "./src/disk/evidence/noticeMemory";
          const memory = createNoticeMemory(process.argv[2]);
          const ids = Array.from({ length: 50 }, (_, id) => String(id));
          const answers = await Promise.all(ids.map((id) => memory.claim("/state", id)));
          console.log(JSON.stringify(ids.filter((_, at) => answers[at])));`,
        resolveDir: root,
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["@vscode/l10n"],
      alias: { "@vscode/l10n": join(root, "node_modules/@vscode/l10n/dist/main.js") },
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      outfile: script,
      logLevel: "error",
    });
    const run = promisify(execFile);
    const outputs = await Promise.all(
      Array.from({ length: 4 }, () => run(process.execPath, [script, join(directory, "notices")])),
    );
    const claimed = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    assert.deepEqual([claimed.length, new Set(claimed).size], [50, 50]);
  });

  it("remembers the latest look and never goes back", async () => {
    const directory = join(scratch(), "notices");
    const now = () => 1_000_000;
    const memory = createNoticeMemory(directory, { now });
    assert.equal(await memory.lastLook("/state"), undefined);
    await memory.looked("/state", 500);
    await memory.looked("/state", 400);
    assert.equal(await createNoticeMemory(directory).lastLook("/state"), 500);
    const others = Array.from({ length: 10 }, () => createNoticeMemory(directory, { now }));
    await Promise.all(others.map((other, at) => other.looked("/state", 600 + at)));
    assert.equal(await memory.lastLook("/state"), 609);
    await memory.looked("/state", NaN);
    await memory.looked("/state", 9_999_999);
    assert.equal(await createNoticeMemory(directory).lastLook("/state"), 1_000_000);
    const [folder = ""] = readdirSync(directory);
    assert.deepEqual(readdirSync(join(directory, folder, "looks")), ["1000000.look"]);
    assert.equal(await memory.lastLook("/other"), undefined);
  });

  it("works for as long as the process does where nothing can be stored", async () => {
    const blocked = join(scratch({ file: "" }), "file", "notices");
    const log: string[] = [];
    for (const directory of [undefined, blocked]) {
      const memory = createNoticeMemory(directory, { log: (message) => log.push(message) });
      assert.deepEqual(
        [await memory.claim("/s", "1"), await memory.claim("/s", "1"), await memory.claim("/s", "2")],
        [true, false, true],
      );
      await memory.looked("/s", 7);
      assert.equal(await memory.lastLook("/s"), 7);
    }
    assert.ok(log.length > 0);
  });

  it("gives up a file system that does not answer, and goes on without it", async () => {
    const told: string[] = [];
    const memory = createNoticeMemory(scratch(), {
      inTime: (what) => withinTime(what, () => new Promise(() => undefined), 1),
      log: (message) => told.push(message),
      now: () => 100,
    });
    assert.deepEqual([await memory.claim("/s", "r"), await memory.claim("/s", "r")], [true, false]);
    await memory.looked("/s", 50);
    assert.equal(await memory.lastLook("/s"), 50);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /takes longer/);
  });

  it("writes nothing into a state directory", async () => {
    const directory = scratch();
    const memory = createNoticeMemory(join(directory, "inside"));
    assert.deepEqual([await memory.claim(directory, "1"), await memory.claim(directory, "1")], [true, false]);
    await memory.looked(directory, 7);
    assert.deepEqual([await memory.lastLook(directory), readdirSync(directory)], [7, []]);
  });

  it("forgets claims of long ago", async () => {
    const directory = join(scratch(), "notices");
    await createNoticeMemory(directory).claim("/state", "1");
    const [folder = ""] = readdirSync(directory);
    const old = join(directory, folder, "claims", "0".repeat(32));
    writeFileSync(old, "");
    const longAgo = Date.now() / 1000 - 401 * 24 * 3600;
    utimesSync(old, longAgo, longAgo);
    await createNoticeMemory(directory).claim("/state", "2");
    assert.equal(existsSync(old), false);
    assert.equal(await createNoticeMemory(directory).claim("/state", "1"), false);
  });
});
