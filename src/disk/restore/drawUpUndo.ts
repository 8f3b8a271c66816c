import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import type { Agent, SessionRoot, StateDir } from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import { checkPlace } from "../../core/restore/checkRestore";
import { changedSince } from "../../core/restore/engine/changedSince";
import { isStored, neededContents } from "../../core/restore/engine/storeContents";
import { vaultPaths } from "../../core/restore/engine/vaultPaths";
import type { RestoreCheck } from "../../core/restore/restoreCheck";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import type { RestorePlan } from "../../core/restore/restorePlan";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import { RestoreRefused } from "../../core/restore/restorer";
import { shortened } from "../../core/text/shortened";
import { sealDraft } from "../../core/restore/sealDraft";
import { draftUndo } from "../../core/restore/undoPlan";
import type { Surroundings } from "../../core/surroundings/surroundings";
import { readableDirectories } from "../evidence/filesOf";
import { realPathOf } from "../regularFile";
import { noContents, type Drawn } from "./drawn";
import { gatherPlace } from "./gatherFacts";
import { newPlanId } from "./planId";
import { readVault, type RestoreContext } from "./restoreContext";
import { stateDirOf } from "./restoreSubject";
import { sessionDirectories } from "./sessionDirectories";

/** Undoing what is still as it was left. Throws RestoreRefused when there is no such restore. */
export async function drawUpUndo(
  stateDir: string,
  id: string,
  gatewayIsStopped: boolean,
  context: RestoreContext,
): Promise<Drawn> {
  const first = await look(stateDir, id, gatewayIsStopped, context);
  const now = context.host.now();
  const draft = draftUndo(first.receipt, now, newPlanId(now));
  const refused = "refused" in draft ? draft.refused : [];
  return {
    checked: {
      plan: "refused" in draft ? undefined : sealDraft(draft, new Map()),
      checks: [...refused, ...(refused.length === 0 ? first.checks : [])],
    },
    vault: first.vault,
    within: readableDirectories(first.found),
    directories: await sessionDirectories(first.found),
    contents: noContents,
    source: undefined,
    restore: undefined,
    lookAgain: async () => {
      const { checks, surroundings } = await look(stateDir, id, gatewayIsStopped, context);
      return { checks, surroundings, changed: undefined };
    },
  };
}

interface Look {
  readonly found: StateDir;
  readonly vault: string;
  readonly receipt: RestoreReceipt;
  readonly checks: readonly RestoreCheck[];
  readonly surroundings: Surroundings;
}

async function look(directory: string, id: string, gatewayIsStopped: boolean, context: RestoreContext): Promise<Look> {
  const snapshot = await context.sources.live.refresh();
  const stateDir = stateDirOf(snapshot, directory);
  const { vault, receipts, unfinished } = await readVault(context, stateDir);
  const receipt = receiptNamed(receipts, id, vault);
  const { plan } = receipt;
  const { agent, root } = await placeOfPlan(stateDir, plan);
  const conversation = agent.conversations.find(({ key }) => key === plan.key);
  const facts = await gatherPlace(
    requestOf(plan, stateDir, gatewayIsStopped),
    { stateDir, agent, root, conversation, snapshot },
    context.sources,
    { now: context.host.now(), vault, unfinished, signal: undefined },
  );
  const checks = [
    ...(await checkChanged(plan, context)),
    ...(await checkVaultHolds(plan, vault, context)),
    ...checkPlace(facts),
  ];
  return { found: stateDir, vault, receipt, checks, surroundings: facts.surroundings };
}

export function receiptNamed(receipts: readonly RestoreReceipt[], id: string, vault: string): RestoreReceipt {
  const receipt = receipts.find(({ plan }) => plan.id === id);
  if (receipt !== undefined) return receipt;
  throw new RestoreRefused(
    l10n.t("There is no restore {0} in {1}. The list of restores names those that there are.", shortened(id), vault),
  );
}

/** The agent and the directory that a plan was for. Throws ReadError. */
export async function placeOfPlan(
  stateDir: StateDir,
  plan: Pick<RestorePlan, "agentId" | "changes">,
): Promise<{ readonly agent: Agent; readonly root: SessionRoot }> {
  const agent = stateDir.agents.find(({ id }) => id === plan.agentId);
  const read = agent?.roots.filter((root) => root.read) ?? [];
  const index = plan.changes.find(({ role }) => role === "index");
  const wanted = index && (await realDirectoryOf(index.path));
  const real = await Promise.all(read.map(({ storePath }) => realDirectoryOf(storePath)));
  const root = read[wanted === undefined ? 0 : real.indexOf(wanted)];
  if (agent !== undefined && root !== undefined) return { agent, root };
  throw new ReadError(
    "vanished",
    stateDir.path,
    l10n.t(
      "The sessions directory of the agent {0} in {1} is not where it was when this was restored.",
      shortened(plan.agentId),
      stateDir.path,
    ),
  );
}

function realDirectoryOf(file: string): Promise<string> {
  const directory = path.dirname(file);
  return realPathOf(directory).catch(() => directory);
}

function requestOf(
  { agentId, key }: RestorePlan,
  { path: stateDir }: StateDir,
  gatewayIsStopped: boolean,
): RestoreRequest {
  return {
    stateDir,
    agentId,
    windowId: "",
    target: { kind: "in-place", key },
    displaced: { kind: "archive" },
    gatewayIsStopped,
  };
}

async function checkChanged(plan: RestorePlan, { files, host }: RestoreContext): Promise<readonly RestoreCheck[]> {
  const changed = await changedSince(files, plan, host);
  if (changed.length === 0) {
    return [
      { code: "changed-since", level: "ok", text: l10n.t("Everything is as {0} left it.", plan.id), remedy: undefined },
    ];
  }
  return changed.map(({ text }) => ({
    code: "changed-since" as const,
    level: "blocker" as const,
    text,
    remedy: l10n.t("Undoing would lose that. Switch back instead: what was said since is kept as a window of its own."),
  }));
}

async function checkVaultHolds(
  plan: RestorePlan,
  vault: string,
  { files, host }: RestoreContext,
): Promise<readonly RestoreCheck[]> {
  const run = { files, host, paths: vaultPaths(vault) };
  const found: RestoreCheck[] = [];
  for (const content of neededContents(plan)) {
    const isNeeded = plan.changes.some(({ before }) => before.kind === "file" && before.sha256 === content.sha256);
    if (!isNeeded || (await isStored(run, content))) continue;
    found.push({
      code: "changed-since",
      level: "blocker",
      text: l10n.t("What {0} held before is no longer in the backup folder, {1}.", content.path, vault),
      remedy: l10n.t(
        "Put {0} back from a backup, or restore another copy of the conversation.",
        run.paths.object(content.sha256),
      ),
    });
  }
  return found;
}
