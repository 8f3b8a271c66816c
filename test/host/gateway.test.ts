import { deepEqual, equal, ok } from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { gatewayTask, runTask } from "../../src/editor/gatewayTask";
import { mayWrite } from "../../src/editor/mayWrite";

describe("the gateway's program", () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-gateway-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is started with words and not with text for a shell, in a terminal that one sees", async function () {
    if (process.platform === "win32") this.skip(); // the stand-in is a script
    const stateDir = join(folder, ".openclaw-x$(touch PWNED);touch PWNED");
    mkdirSync(stateDir);
    const said = join(folder, "said.json");
    const program = join(folder, "open claw");
    const script = [
      `#!${process.execPath}`,
      `const { OPENCLAW_STATE_DIR: directory, OPENCLAW_PROFILE: profile } = process.env;`,
      `const said = { words: process.argv.slice(2), directory, profile };`,
      `require("node:fs").writeFileSync(${JSON.stringify(said)}, JSON.stringify(said));`,
      `process.exit(7);`,
    ];
    writeFileSync(program, script.join("\n"), { mode: 0o755 });
    const task = gatewayTask("stop", stateDir, program);
    ok(task.execution instanceof vscode.ProcessExecution);
    equal(task.presentationOptions.reveal, vscode.TaskRevealKind.Always);
    equal(await runTask(task), 7);
    deepEqual(JSON.parse(readFileSync(said, "utf8")), {
      words: ["gateway", "stop"],
      directory: stateDir,
      profile: "x$(touch PWNED);touch PWNED",
    });
    for (const place of [folder, stateDir, process.cwd()]) ok(!readdirSync(place).includes("PWNED"), place);
  });

  it("gives no code when it is not there", async () => {
    const program = join(folder, "absent");
    ok(!existsSync(program));
    ok((await runTask(gatewayTask("start", folder, program))) !== 0);
  });
});

describe("an untrusted workspace", () => {
  it("lets nothing be written, and leads to where trust is given", async () => {
    const told: string[] = [];
    let managed = 0;
    const window = (isTrusted: boolean, answer: string | undefined) => ({
      isTrusted,
      tell: (message: string) => {
        told.push(message);
        return Promise.resolve(answer);
      },
      manage: () => Promise.resolve(managed++),
    });
    equal(await mayWrite(window(true, undefined)), true);
    deepEqual(told, []);
    equal(await mayWrite(window(false, undefined)), false);
    equal(managed, 0);
    equal(await mayWrite(window(false, "Manage Workspace Trust")), false);
    deepEqual([told.length, managed], [2, 1]);
  });
});
