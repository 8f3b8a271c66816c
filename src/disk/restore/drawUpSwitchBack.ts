import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import type { Agent, SessionFile, StateDir, Window } from "../../core/conversation/model";
import type { RestorePlan } from "../../core/restore/restorePlan";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import { RestoreRefused } from "../../core/restore/restorer";
import { draftSwitchBack, formerOf } from "../../core/restore/switchBack";
import { shortened } from "../../core/text/shortened";
import { realPathOf } from "../regularFile";
import { drawUp } from "./drawUp";
import type { Drawn } from "./drawn";
import { receiptNamed } from "./drawUpUndo";
import { readVault, type RestoreContext } from "./restoreContext";
import { filesOf, stateDirOf } from "./restoreSubject";

/**
 * A plan of its own that brings back what a key pointed to before a restore, and keeps what was said since. Throws RestoreRefused when
 * there is no such restore, or nothing to be found of what was there before.
 */
export async function drawUpSwitchBack(
  stateDir: string,
  id: string,
  gatewayIsStopped: boolean,
  context: RestoreContext,
): Promise<Drawn> {
  const found = stateDirOf(await context.sources.live.refresh(), stateDir);
  const { vault, receipts } = await readVault(context, found);
  const receipt = receiptNamed(receipts, id, vault);
  const { window, file } = await windowToBringBack(found, receipt.plan);
  const request: RestoreRequest = {
    stateDir: found.path,
    agentId: receipt.plan.agentId,
    windowId: window.windowId,
    file: file?.path,
    target: { kind: "in-place", key: receipt.plan.key, keyIsNamed: true },
    displaced: { kind: "archive" },
    gatewayIsStopped,
  };
  return drawUp(request, context, { draftOf: (facts) => draftSwitchBack(facts, receipt) });
}

/** Where nothing comes back as a file, the window that is current now: of it only the place matters. */
async function windowToBringBack(
  stateDir: StateDir,
  plan: RestorePlan,
): Promise<{ readonly window: Window; readonly file: SessionFile | undefined }> {
  const agent = stateDir.agents.find(({ id }) => id === plan.agentId);
  const former = formerOf(plan);
  const found =
    agent === undefined
      ? undefined
      : former.kind === "archive" || former.kind === "registered"
        ? await windowOfFile(agent, former.path)
        : currentWindow(agent, plan);
  if (found !== undefined) return found;
  throw new RestoreRefused(
    former.kind === "archive" || former.kind === "registered"
      ? l10n.t("What {0} pointed to before, {1}, is no longer there.", shortened(plan.key), former.path)
      : l10n.t("{0} has no conversation any more; there is nothing to switch back.", shortened(plan.key)),
  );
}

async function windowOfFile(
  agent: Agent,
  wanted: string,
): Promise<{ readonly window: Window; readonly file: SessionFile } | undefined> {
  const candidates = [...agent.conversations.flatMap(({ windows }) => windows), ...agent.orphans].flatMap((window) =>
    filesOf(window)
      .filter(({ name }) => name.base === path.basename(wanted))
      .map((file) => ({ window, file })),
  );
  for (const candidate of candidates) {
    const { path: shown } = candidate.file;
    if (shown === wanted || (await realPathOf(shown).catch(() => shown)) === wanted) return candidate;
  }
  return undefined;
}

function currentWindow(
  agent: Agent,
  { key }: RestorePlan,
): { readonly window: Window; readonly file: SessionFile | undefined } | undefined {
  const window = agent.conversations.find((each) => each.key === key)?.windows[0];
  return window === undefined ? undefined : { window, file: window.primary };
}
