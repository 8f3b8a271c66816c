import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { NoticeMemory } from "../../src/core/noticeMemory";
import { warnOfDeletion } from "../../src/editor/warnOfDeletion";
import { api, type OpenFixture, openFixture } from "./host";

const directory = "openclawSessions.keep.directory";

/** Archives of a version that deletes them after 30 days. */
describe("a copy out of OpenClaw's reach", () => {
  let fixture: OpenFixture;
  let folder: string;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-kept-")));
    await vscode.workspace.getConfiguration().update(directory, folder, true);
    fixture = await openFixture("2026.7.35/manual-resets");
  });
  afterEach(async () => {
    await fixture.dispose();
    await vscode.workspace.getConfiguration().update(directory, undefined, true);
    rmSync(folder, { recursive: true, force: true });
  });

  it("is offered once a day before the archive is deleted, and no more when there is one", async () => {
    const { inspector } = await api();
    const said: string[] = [];
    const claims = new Set<string>();
    const notices: Pick<NoticeMemory, "claim"> = {
      claim: (stateDir, id) => {
        const isFirst = !claims.has(`${stateDir}\n${id}`);
        claims.add(`${stateDir}\n${id}`);
        return Promise.resolve(isFirst);
      },
    };
    const warn = async (day: number, answer: string | undefined, warnDays = 7): Promise<void> => {
      await inspector.whenExplained();
      const { snapshot, explanations } = inspector;
      const only = { ...snapshot, stateDirs: [fixture.stateDir()] };
      const window = {
        show: (message: string, buttons: readonly string[]) => {
          said.push(`${message} [${buttons.join()}]`);
          return Promise.resolve(answer);
        },
        confirm: () => Promise.resolve(undefined),
      };
      const known = { snapshot: only, explanations, notices: { ...inspector.notices, ...notices } };
      await warnOfDeletion(known, { warnDays, now: Date.UTC(2026, 10, day), window });
    };
    await warn(20, undefined, 0);
    equal(said.length, 0);
    await warn(20, undefined);
    await warn(20, undefined);
    equal(said.length, 1);
    match(said[0] ?? "", /^OpenClaw deletes \d archives.* with the next message\. No copy is kept\. \[Keep,Show\]$/);
    await warn(21, "Keep");
    await warn(22, "Keep");
    equal(said.length, 2);
    const kept = await inspector.keeper.list(fixture.stateDir().path);
    for (const { copy, path } of kept) deepEqual(readFileSync(path), readFileSync(copy.originalPath));
    equal(kept.length, Number(/\d/.exec(said[1] ?? "")?.[0]));
  });
});
